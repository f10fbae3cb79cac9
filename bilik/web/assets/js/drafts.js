// Nothing typed is lost: the fields of a form[data-draft] are kept on this device until the server has stored them.
//
// The server says so with an element [data-stored="key"], in a fragment or in the next whole page. What is kept
// belongs to the person who typed it (body[data-person]), because phones and computers in centres are shared.
import { make, word } from "./words.js"

const SPACE = "bilik-draft:"
const DAYS = 60
const PAUSE = 400
const NOT_KEPT = new Set(["hidden", "password", "file", "submit", "button", "reset", "image"])

const waiting = new Map()
const sent = new Map()

const owner = () => document.body.dataset.person || "visitor"
const keyOf = (form) => `${SPACE}${owner()}:${form.dataset.draft}`
const ticked = (field) => field.type === "checkbox" || field.type === "radio"

function fieldsOf(form) {
  return Array.from(form.elements).filter((field) => field.name && !NOT_KEPT.has(field.type) && "value" in field)
}

function valuesOf(form) {
  const values = {}
  for (const field of fieldsOf(form)) {
    const list = (values[field.name] = values[field.name] || [])
    if (!ticked(field) || field.checked) list.push(field.value)
  }
  return values
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key))
  } catch {
    return null
  }
}

function write(key, draft) {
  try {
    localStorage.setItem(key, JSON.stringify(draft))
    return true
  } catch {
    return false
  }
}

function forget(key) {
  try {
    localStorage.removeItem(key)
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

function hint(form, text, action) {
  let line = form.querySelector(".draft-hint")
  if (!line && !text) return
  if (!line) {
    line = make("p", "draft-hint")
    form.append(line)
  }
  line.textContent = text
  if (action) line.append(action)
}

function keep(form) {
  clearTimeout(waiting.get(form))
  waiting.delete(form)
  const kept = write(keyOf(form), { values: valuesOf(form), at: Date.now() })
  hint(form, word(kept ? "kept" : "noRoom"))
}

function keepSoon(form) {
  clearTimeout(waiting.get(form))
  waiting.set(form, setTimeout(keep, PAUSE, form))
}

function keepNow() {
  for (const form of Array.from(waiting.keys())) keep(form)
}

/** Puts values into the fields and tells whoever draws them (the editor) about it. */
function put(form, values) {
  const taken = {}
  for (const field of fieldsOf(form)) {
    const list = values[field.name]
    if (!list) continue
    if (ticked(field)) {
      field.checked = list.includes(field.value)
    } else {
      const position = (taken[field.name] = (taken[field.name] || 0) + 1)
      if (list[position - 1] !== undefined) field.value = list[position - 1]
    }
    field.dispatchEvent(new CustomEvent("bilik:value", { bubbles: true }))
  }
}

function restore(form) {
  const draft = read(keyOf(form))
  if (!draft || !draft.values) return
  const fromServer = valuesOf(form)
  if (JSON.stringify(fromServer) === JSON.stringify(draft.values)) return
  put(form, draft.values)
  const button = make("button", "button quiet small", word("discard"))
  button.type = "button"
  button.addEventListener("click", () => {
    put(form, fromServer)
    forget(keyOf(form))
    hint(form, "")
  })
  hint(form, word("restored"), button)
}

/** The server has stored what was sent. What was typed since then stays. */
function drop(stored) {
  const key = `${SPACE}${owner()}:${stored}`
  const before = sent.get(key)
  const now = keptText(key)
  sent.delete(key)
  if (before !== undefined && before !== now) return
  forget(key)
  for (const form of Array.from(document.querySelectorAll("form[data-draft]"))) {
    if (form.dataset.draft === stored) hint(form, "")
  }
}

function keptText(key) {
  const draft = read(key)
  return draft ? JSON.stringify(draft.values) : ""
}

function within(root, selector) {
  const found = Array.from(root.querySelectorAll(selector))
  return root.matches && root.matches(selector) ? [root, ...found] : found
}

function forgetOld() {
  try {
    const oldest = Date.now() - DAYS * 86400000
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(SPACE) && ((read(key) || {}).at || 0) < oldest) forget(key)
    }
  } catch {
    // No storage, no old drafts.
  }
}

/** Looks at a new piece of the page: first what was stored, then what is to be put back. */
export function drafts(root) {
  for (const element of within(root, "[data-stored]")) drop(element.dataset.stored)
  for (const form of within(root, "form[data-draft]")) restore(form)
}

/** Notes what is being sent, so that words typed while waiting for the answer are not forgotten with it. */
export function sending(form) {
  if (!form.dataset || !form.dataset.draft) return
  keep(form)
  sent.set(keyOf(form), JSON.stringify(valuesOf(form)))
}

export function watchDrafts() {
  forgetOld()
  const typed = (event) => {
    const form = event.target.form
    if (form && form.dataset.draft && !NOT_KEPT.has(event.target.type)) keepSoon(form)
  }
  document.addEventListener("input", typed)
  document.addEventListener("change", typed)
  document.addEventListener("submit", (event) => sending(event.target))
  addEventListener("pagehide", keepNow)
  document.addEventListener("visibilitychange", keepNow)
}
