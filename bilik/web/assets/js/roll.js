// A roll call that survives a lost line. Every tap is kept on this device at once, under a key of its own, and sent until
// the academy has acknowledged exactly this key. Without this script the same page is a plain form.
//
// What is kept belongs to the person who tapped (body[data-person]), because phones and computers are shared.
import { announce, word } from "./words.js"

const SPACE = "bilik-roll:"
const PATIENCE = 45000
const SHORTEST = 2000
const LONGEST = 60000
const BATCH = 200
const KEY = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const owner = document.body.dataset.person || "visitor"
const page = document.querySelector("form[data-roll]")
const board = document.querySelector("[data-roll-kept]")
const memory = {} // What a full or closed storage could not take, by address.

let pause = SHORTEST
let timer = 0
let busy = false
let again = false
let latest = 0

const spot = (address) => `${SPACE}${owner}:${address}`

function read(address) {
  try {
    const taps = JSON.parse(localStorage.getItem(spot(address)))
    // What is no tap of ours would make the academy turn the whole batch away.
    return Array.isArray(taps) ? taps.filter((one) => one && KEY.test(one.key)) : []
  } catch {
    return []
  }
}

function write(address, taps) {
  try {
    if (taps.length) localStorage.setItem(spot(address), JSON.stringify(taps))
    else localStorage.removeItem(spot(address))
    return true
  } catch {
    return false
  }
}

const pending = (address) => read(address).concat(memory[address] || [])

/** Addresses of all roll calls of this person that have taps on this device, this page's first. */
function addresses() {
  const found = new Set(page ? [page.dataset.roll] : [])
  try {
    const start = spot("")
    for (const key of Object.keys(localStorage)) if (key.startsWith(start)) found.add(key.slice(start.length))
  } catch {
    // No storage: what this page has in memory is all there is.
  }
  return Array.from(found).filter((address) => pending(address).length)
}

/** A version 7 UUID of a moment: of two taps in one millisecond the later one has the greater key. */
let beat = 0
let beatAt = 0
function newKey(at) {
  beat = at === beatAt ? Math.min(beat + 1, 0xfff) : 0
  beatAt = at
  const random = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("")
  const time = at.toString(16).padStart(12, "0")
  const variant = ((parseInt(random[0], 16) & 3) | 8).toString(16)
  const counted = beat.toString(16).padStart(3, "0")
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counted}-${variant}${random.slice(1, 4)}-${random.slice(4)}`
}

function tap(row) {
  const checked = row.querySelector("input[type=radio]:checked")
  if (!checked) return
  const typed = row.querySelector("input[type=number]")
  const minutes = checked.value === "late" && typed.value !== "" ? Math.max(0, Math.round(Number(typed.value))) : null
  // A clock that was put back between two taps must not make the second one the older.
  latest = Math.max(Date.now(), latest + 1)
  const made = {
    key: newKey(latest),
    person: row.dataset.person,
    mark: checked.value,
    minutes: Number.isFinite(minutes) ? minutes : null,
    at: new Date(latest).toISOString(),
  }
  const address = page.dataset.roll
  const safe = write(address, read(address).concat(made))
  if (!safe) memory[address] = (memory[address] || []).concat(made)
  show(row, safe ? "kept" : "notKept")
  tell()
  pause = SHORTEST
  soon(0)
}

function show(row, state, sentence) {
  row.classList.toggle("kept", state === "kept" || state === "notKept")
  row.classList.toggle("refused", state === "refused")
  row.querySelector(".roll-state").textContent = sentence || word(state)
}

/** The line above everything: how many marks are only here. */
function tell(more) {
  if (!board) return
  const count = addresses().reduce((sum, address) => sum + pending(address).length, 0)
  board.hidden = !count && !more
  const waiting = count ? `${word("waiting")} ${count}` : ""
  board.textContent = [waiting, more || ""].filter(Boolean).join(" · ")
}

function soon(wait) {
  clearTimeout(timer)
  timer = setTimeout(send, wait)
}

function later() {
  soon(pause)
  pause = Math.min(pause * 2, LONGEST)
}

async function send() {
  if (busy) {
    again = true
    return
  }
  busy = true
  again = false
  let trouble = ""
  let sent = 0
  for (const address of addresses()) {
    const answer = await post(address, pending(address).slice(0, BATCH))
    if (answer.trouble) trouble = answer.trouble
    else sent += settle(address, answer)
  }
  busy = false
  tell(trouble)
  if (trouble) later()
  else if (addresses().length) soon(sent ? 0 : pause)
  else if (sent) announce(word("allStored"))
  if (again && !trouble) soon(0)
}

async function post(address, taps) {
  const patience = new AbortController()
  const bell = setTimeout(() => patience.abort(), PATIENCE)
  try {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
      body: JSON.stringify({ taps }),
      credentials: "same-origin",
      redirect: "manual",
      signal: patience.signal,
    })
    const json = (answer.headers.get("Content-Type") || "").startsWith("application/json")
    // A redirect leads to the sign-in page; a page in place of data is an error of the server or the line.
    if (answer.type === "opaqueredirect") return { trouble: word("signIn") }
    if (!json) return { trouble: word(answer.status === 403 || answer.status === 404 ? "notTaken" : "offline") }
    const said = await answer.json()
    return answer.ok ? said : { trouble: said.error || word("offline") }
  } catch {
    return { trouble: word("offline") }
  } finally {
    clearTimeout(bell)
  }
}

function token() {
  const field = document.querySelector("[data-roll-token] input[name=csrfmiddlewaretoken]")
  return field ? field.value : ""
}

/** Forgets what was acknowledged, and nothing else. Returns how many taps that were. */
function settle(address, answer) {
  const stored = new Set(answer.stored)
  const gone = pending(address).filter((one) => stored.has(one.key) || answer.refused[one.key])
  const left = (taps) => taps.filter((one) => !gone.includes(one) && !gone.some((other) => other.key === one.key))
  write(address, left(read(address)))
  if (memory[address]) memory[address] = left(memory[address])
  if (page && page.dataset.roll === address) draw(answer, gone)
  return gone.length
}

/** The rows as they are now: what is still only here, what was refused, and what the academy has. */
function draw(answer, gone) {
  const waiting = new Set(pending(page.dataset.roll).map((one) => one.person))
  for (const row of Array.from(page.querySelectorAll(".roll-row"))) {
    const person = row.dataset.person
    if (waiting.has(person)) continue
    const refused = gone.find((one) => one.person === person && answer.refused[one.key])
    const held = answer.marks[person]
    if (held) choose(row, held)
    if (refused) show(row, "refused", answer.refused[refused.key])
    else if (held) show(row, "stored")
  }
}

function choose(row, held) {
  for (const radio of Array.from(row.querySelectorAll("input[type=radio]"))) radio.checked = radio.value === held.mark
  const minutes = row.querySelector("input[type=number]")
  if (document.activeElement !== minutes) minutes.value = held.minutes === null ? "" : held.minutes
}

/** After the page was closed: what was tapped before stands in the rows again, and is sent. */
function restore() {
  for (const one of pending(page.dataset.roll)) {
    latest = Math.max(latest, Date.parse(one.at) || 0)
    const row = page.querySelector(`.roll-row[data-person="${one.person}"]`)
    if (!row) continue
    choose(row, one)
    show(row, "kept")
  }
}

function restPresent() {
  for (const row of Array.from(page.querySelectorAll(".roll-row"))) {
    if (row.querySelector("input[type=radio]:checked")) continue
    row.querySelector("[value=present]").checked = true
    tap(row)
  }
}

if (page) {
  restore()
  page.addEventListener("change", (event) => tap(event.target.closest(".roll-row")))
  page.addEventListener("submit", (event) => {
    event.preventDefault()
    pause = SHORTEST
    soon(0)
    if (!addresses().length) announce(word("allStored"))
  })
  const rest = page.querySelector("[data-roll-rest]")
  rest.hidden = false
  rest.addEventListener("click", restPresent)
}

addEventListener("online", () => soon(0))
addEventListener("pageshow", () => soon(0))
document.addEventListener("visibilitychange", () => document.hidden || soon(0))
tell()
soon(0)
