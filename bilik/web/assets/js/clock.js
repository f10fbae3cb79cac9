// The time that is left of an exam, counted by this device from what the server said when it made the page.
import { announce } from "./words.js"

const SPOKEN = [600, 300, 60]

function shown(seconds) {
  const minutes = Math.floor(seconds / 60)
  return `${minutes}:${String(seconds % 60).padStart(2, "0")}`
}

function start(clock) {
  const ends = Date.now() + Number(clock.dataset.seconds) * 1000
  const line = clock.querySelector("span")
  let before = Infinity
  const tick = () => {
    const left = Math.max(0, Math.round((ends - Date.now()) / 1000))
    line.textContent = `${clock.dataset.left} ${shown(left)}`
    clock.classList.toggle("near", left <= 300)
    if (SPOKEN.some((mark) => before > mark && left <= mark && before !== Infinity)) announce(line.textContent)
    before = left
    if (left === 0) clearInterval(timer)
  }
  const timer = setInterval(tick, 1000)
  tick()
}

export function watchClocks() {
  for (const clock of Array.from(document.querySelectorAll("[data-seconds]"))) start(clock)
}
