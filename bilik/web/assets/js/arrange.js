// Lists that are put in order: `fieldset[data-arrange]`. Each item keeps its place number (and its indentation) in the
// selects that the page came with; here they are hidden and follow where the item is moved, by button, key or finger.
import { announce, make, word } from "./words.js"

const DEEPEST = 8
const STEP_PIXELS = 28
const KEYS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }

const fill = (name, facts) => word(name).replace(/\{(\w+)\}/g, (all, key) => (key in facts ? facts[key] : all))
const wordsOf = (item) => item.querySelector(".arrange-words").textContent.trim()
const selects = (item) => item.querySelectorAll("select")
const placeOf = (item) => Number(selects(item)[0].value) || 0
const indentOf = (item) => (selects(item)[1] ? Number(selects(item)[1].value) : 0)

class Arranged {
  constructor(box) {
    this.box = box
    this.list = box.querySelector("ol")
    this.indents = "indents" in box.dataset
    this.items = Array.from(this.list.children)
    this.list.before(make("p", "help", word(this.indents ? "arrangeLinesHelp" : "arrangeHelp")))
    if ("spare" in box.dataset) {
      this.titled(this.list, "usedLines", this.list.before.bind(this.list))
      this.spare = make("ol", "arrange-spare")
      this.spare.translate = false
      this.list.after(this.spare)
      this.titled(this.spare, "spareLines", this.spare.before.bind(this.spare))
    }
    for (const item of this.items) this.furnish(item)
    for (const line of box.querySelectorAll("[data-without]")) line.hidden = true
    box.classList.add("live")
    box.addEventListener("bilik:value", () => this.readLater())
    box.addEventListener("keydown", (event) => this.key(event))
    this.read()
  }

  titled(list, name, put) {
    const title = make("p", "arrange-title", word(name))
    title.id = `${selects(this.items[0])[0].id}-${name}`
    list.classList.add("arrange-titled")
    list.setAttribute("aria-labelledby", title.id)
    put(title)
  }

  furnish(item) {
    const grip = make("span", "arrange-grip")
    grip.setAttribute("aria-hidden", "true")
    const tools = make("span", "arrange-tools")
    tools.append(this.button(item, "up", "↑", "moveUp"), this.button(item, "down", "↓", "moveDown"))
    if (this.indents) {
      tools.append(this.button(item, "outdent", "⇤", "outdentLine"), this.button(item, "indent", "⇥", "indentLine"))
    }
    if (this.spare) tools.append(this.button(item, "use", "+", "useLine"), this.button(item, "leave", "×", "leaveLine"))
    item.prepend(grip)
    item.append(tools)
    grip.addEventListener("pointerdown", (event) => this.drag(event, item, grip))
  }

  button(item, act, sign, label) {
    const button = make("button", `arrange-${act}`, sign)
    button.type = "button"
    button.setAttribute("aria-label", fill(label, { line: wordsOf(item) }))
    button.addEventListener("click", () => this.act(item, act, button))
    return button
  }

  act(item, act, button) {
    const used = item.parentNode === this.list
    if (act === "up") this.move(item, -1)
    else if (act === "down") this.move(item, 1)
    else if (act === "indent") this.indent(item, 1)
    else if (act === "outdent") this.indent(item, -1)
    else if (act === "use" && !used) this.list.append(item)
    else if (act === "leave" && used) this.spare.append(item)
    this.write(item)
    // A button that has just become useless gives the focus to its neighbour.
    const next = button.hidden || button.disabled ? item.querySelector("button:not([hidden]):not([disabled])") : button
    if (next) next.focus()
  }

  key(event) {
    const item = event.target.closest("li")
    if (!KEYS[event.key] || !item || event.target.tagName !== "BUTTON" || event.ctrlKey || event.altKey) return
    const [down, right] = KEYS[event.key]
    if (right && !this.indents) return
    event.preventDefault()
    if (down) this.move(item, down)
    if (right) this.indent(item, right)
    this.write(item)
    if (event.target.disabled || event.target.hidden) item.querySelector("button:not([hidden]):not([disabled])").focus()
    else event.target.focus()
  }

  move(item, by) {
    const other = by < 0 ? item.previousElementSibling : item.nextElementSibling
    if (other) by < 0 ? other.before(item) : other.after(item)
  }

  indent(item, by) {
    if (this.indents) this.setIndent(item, indentOf(item) + by)
  }

  setIndent(item, steps) {
    selects(item)[1].value = String(Math.max(0, Math.min(DEEPEST, steps)))
  }

  /** Puts the items where their selects say. Nothing said yet: in the list as they came, or all of them spare. */
  read() {
    const placed = this.items.filter(placeOf).sort((one, other) => placeOf(one) - placeOf(other))
    const others = this.items.filter((item) => !placeOf(item))
    this.list.append(...placed)
    ;(this.spare || this.list).append(...others)
    this.show()
  }

  readLater() {
    clearTimeout(this.soon)
    this.soon = setTimeout(() => this.read(), 0)
  }

  /** Writes places into the selects, shows what changed and says it. */
  write(item) {
    this.show()
    const used = item.parentNode === this.list
    const place = Array.from(item.parentNode.children).indexOf(item) + 1
    const facts = { line: wordsOf(item), place, count: this.list.children.length, steps: indentOf(item) }
    announce(fill(used ? (this.indents ? "movedWithSteps" : "moved") : "leftOut", facts))
    selects(item)[0].dispatchEvent(new Event("change", { bubbles: true }))
  }

  show() {
    Array.from(this.list.children).forEach((item, at) => (selects(item)[0].value = String(at + 1)))
    if (this.spare) for (const item of Array.from(this.spare.children)) selects(item)[0].value = ""
    for (const item of this.items) {
      const used = item.parentNode === this.list
      if (this.indents) item.dataset.indent = used ? indentOf(item) : 0
      this.able(item, "up", used && item.previousElementSibling)
      this.able(item, "down", used && item.nextElementSibling)
      this.able(item, "outdent", used && indentOf(item) > 0)
      this.able(item, "indent", used && indentOf(item) < DEEPEST)
      for (const [act, shown] of [["use", !used], ["leave", used]]) {
        const button = item.querySelector(`.arrange-${act}`)
        if (button) button.hidden = !shown
      }
    }
  }

  able(item, act, can) {
    const button = item.querySelector(`.arrange-${act}`)
    if (button) button.disabled = !can
  }

  drag(event, item, grip) {
    if (event.button) return
    event.preventDefault()
    const { pointerId, clientX } = event
    const startIndent = indentOf(item)
    const over = (moved) => moved.pointerId === pointerId && this.over(moved, item, clientX, startIndent)
    const done = (ended) => {
      if (ended.pointerId !== pointerId) return
      document.removeEventListener("pointermove", over)
      document.removeEventListener("pointerup", done)
      document.removeEventListener("pointercancel", done)
      item.classList.remove("dragged")
      this.write(item)
    }
    // On the document: an element that is moved to another list loses the pointer that it had captured.
    document.addEventListener("pointermove", over)
    document.addEventListener("pointerup", done)
    document.addEventListener("pointercancel", done)
    grip.setPointerCapture(pointerId)
    item.classList.add("dragged")
  }

  over(event, item, startX, startIndent) {
    const list = this.spare && event.clientY > this.spare.getBoundingClientRect().top ? this.spare : this.list
    const below = Array.from(list.children).find((other) => {
      const box = other.getBoundingClientRect()
      return other !== item && event.clientY < box.top + box.height / 2
    })
    putBefore(list, item, below || null)
    if (this.indents) this.setIndent(item, startIndent + Math.round((event.clientX - startX) / STEP_PIXELS))
    this.show()
  }
}

/** Puts an item before another (or last), within its own list by moving the others around it: it is being held. */
function putBefore(list, item, below) {
  if (item.parentNode !== list) {
    list.insertBefore(item, below)
  } else if (!below || item.compareDocumentPosition(below) & Node.DOCUMENT_POSITION_FOLLOWING) {
    while (item.nextElementSibling !== below) item.before(item.nextElementSibling)
  } else {
    let moved = null
    while (moved !== below) {
      moved = item.previousElementSibling
      item.after(moved)
    }
  }
}

export function arranging(root) {
  for (const box of root.querySelectorAll("[data-arrange]:not(.live)")) new Arranged(box)
}
