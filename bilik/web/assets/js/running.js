// The buttons Run, Try the tests and Step through: taken over where Python can run on this device. What does that is
// fetched at the first press; if it never arrives, the buttons ask the server, as they do without any script.
import { announce, word } from "./words.js"

let arriving = null

function fetchPython() {
  arriving = arriving || import(word("python"))
  arriving.catch(() => (arriving = null)) // The next press tries again.
  return arriving
}

const settings = () => ({
  home: word("pythonHome"),
  script: word("pythonWorker"),
  language: document.documentElement.lang,
  announce,
})

async function press(button) {
  try {
    const { tryOut } = await fetchPython()
    await tryOut(button, settings())
  } catch {
    onServer(button)
  }
}

/** Presses the button once more, this time for the server. */
function onServer(button) {
  if (button.type !== "submit") return
  button.dataset.server = ""
  button.click()
}

export function watchRunning() {
  if (!word("python")) return
  const pressed = (event) => {
    const button = event.target.closest && event.target.closest(".tryout button[name=what]")
    if (!button) return
    if ("server" in button.dataset) {
      delete button.dataset.server
      return
    }
    event.preventDefault()
    event.stopImmediatePropagation()
    press(button)
  }
  document.addEventListener("click", pressed, true)
}

/** Shows what only a script can do, and steps that the server recorded. */
export function tryouts(root) {
  if (!word("python")) return
  for (const button of root.querySelectorAll(".tryout button[value=tests]")) button.hidden = false
  const recorded = root.matches && root.matches("[data-record]") ? [root] : root.querySelectorAll("[data-record]")
  for (const element of recorded) {
    fetchPython().then(({ showRecorded }) => showRecorded(element, settings()), () => {})
  }
}
