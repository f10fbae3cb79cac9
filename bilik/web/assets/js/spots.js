// Points on a picture: `fieldset[data-spots]`. They stand in the fields that the page came with, as "x,y"; here they are
// set by finger, mouse or a cross that the arrow keys move. The grid stays for whoever would rather choose a cell.
import { announce, make, word } from "./words.js"

const SVG = "http://www.w3.org/2000/svg"
const KEYS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }
const NEAR_PIXELS = 22

const fill = (name, facts) => word(name).replace(/\{(\w+)\}/g, (all, key) => (key in facts ? facts[key] : all))

function drawn(tag, facts) {
  const made = document.createElementNS(SVG, tag)
  for (const name of Object.keys(facts)) made.setAttribute(name, facts[name])
  return made
}

class Spots {
  constructor(box) {
    this.box = box
    this.picture = box.querySelector(".spots-shown")
    this.stage = box.querySelector(".spots-stage")
    this.numbers = Array.from(box.querySelectorAll(".spots-numbers input"))
    this.cells = Array.from(box.querySelectorAll(".spots-grid input"))
    const size = this.picture.viewBox.baseVal
    this.width = size.width
    this.height = size.height
    this.cross = [Math.round(this.width / 2), Math.round(this.height / 2)]
    this.marks = drawn("g", {})
    this.aim = drawn("g", { class: "spots-cross" })
    this.picture.append(this.marks, this.aim)
    this.furnish()
    box.classList.add("live")
    box.addEventListener("bilik:value", () => this.adoptLater())
    box.addEventListener("input", () => this.show())
    this.adopt()
  }

  furnish() {
    const { stage } = this
    stage.tabIndex = 0
    stage.setAttribute("role", "application")
    stage.setAttribute("aria-label", `${this.picture.getAttribute("aria-label")} ${word("spotsHelp")}`)
    stage.addEventListener("keydown", (event) => this.key(event))
    stage.addEventListener("click", (event) => this.click(event))
    const grid = this.button(word("spotsGrid"), () => {
      const open = this.box.classList.toggle("by-grid")
      grid.setAttribute("aria-expanded", String(open))
      if (open) stage.removeAttribute("tabindex")
      else stage.tabIndex = 0
      open ? stage.removeAttribute("role") : stage.setAttribute("role", "application")
      this.adopt()
    })
    grid.setAttribute("aria-expanded", "false")
    const clear = this.button(word("spotsClear"), () => this.takeBack())
    const row = make("p", "row")
    row.append(clear, grid)
    stage.after(make("p", "help", word("spotsHelp")), row)
  }

  button(text, work) {
    const button = make("button", "button quiet small", text)
    button.type = "button"
    button.addEventListener("click", work)
    return button
  }

  get points() {
    return this.numbers.map((field) => field.value.trim()).filter(Boolean)
  }

  /** Points that stand in cells move into the fields of numbers, while the grid is not what is used. */
  adopt() {
    if (!this.box.classList.contains("by-grid")) {
      for (const cell of this.cells.filter((cell) => cell.checked)) {
        const free = this.numbers.find((field) => !field.value.trim())
        if (free && !this.points.includes(cell.value)) free.value = cell.value
        cell.checked = false
      }
    }
    this.show()
  }

  adoptLater() {
    clearTimeout(this.soon)
    this.soon = setTimeout(() => this.adopt(), 0)
  }

  show() {
    this.marks.replaceChildren()
    const scale = this.width / (this.picture.getBoundingClientRect().width || this.width)
    const cells = this.cells.filter((cell) => cell.checked).map((cell) => cell.value)
    ;[...this.points, ...cells].forEach((text, at) => {
      const [x, y] = text.split(",").map(Number)
      if (Number.isNaN(x) || Number.isNaN(y)) return
      const mark = drawn("g", { transform: `translate(${x} ${y}) scale(${scale})` })
      const number = drawn("text", { class: "mark-number", y: 6, "text-anchor": "middle" })
      number.textContent = String(at + 1)
      mark.append(drawn("circle", { class: "mark-edge", r: 17 }), drawn("circle", { class: "mark", r: 15 }), number)
      this.marks.append(mark)
    })
    const [x, y] = this.cross
    this.aim.setAttribute("transform", `translate(${x} ${y}) scale(${scale})`)
    this.aim.replaceChildren(
      ...["edge", "line"].map((name) => drawn("path", { class: `cross-${name}`, d: "M-16 0H-4M4 0H16M0-16V-4M0 4V16" })),
    )
  }

  key(event) {
    if (event.target !== this.stage || this.box.classList.contains("by-grid")) return
    if (KEYS[event.key]) {
      const step = Math.max(1, Math.round(this.width / 100)) * (event.shiftKey ? 10 : 1)
      const [right, down] = KEYS[event.key]
      this.cross = this.inside(this.cross[0] + right * step, this.cross[1] + down * step)
      announce(fill("spotsAt", { across: this.cross[0], down: this.cross[1] }))
      this.show()
    } else if (event.key === "Enter" || event.key === " ") this.set(this.cross)
    else if (event.key === "Delete" || event.key === "Backspace") this.takeBack()
    else return
    event.preventDefault()
  }

  inside(x, y) {
    return [Math.max(0, Math.min(this.width, Math.round(x))), Math.max(0, Math.min(this.height, Math.round(y)))]
  }

  click(event) {
    if (this.box.classList.contains("by-grid")) return
    const box = this.picture.getBoundingClientRect()
    const scale = this.width / box.width
    const point = this.inside((event.clientX - box.left) * scale, (event.clientY - box.top) * scale)
    this.cross = point
    const touched = this.points.find((text) => this.distance(text, point) < NEAR_PIXELS * scale)
    if (touched) this.take(touched)
    else this.set(point)
  }

  distance(text, point) {
    const [x, y] = text.split(",").map(Number)
    return Math.hypot(x - point[0], y - point[1])
  }

  /** Sets a point in a free field; where none is free the nearest point moves there. */
  set(point) {
    const text = point.join(",")
    const free = this.numbers.find((field) => !field.value.trim())
    const nearest = [...this.numbers].sort((one, other) => this.distance(one.value, point) - this.distance(other.value, point))
    this.change(free || nearest[0], text)
    announce(fill("spotsSet", { across: point[0], down: point[1], set: this.points.length, pick: this.numbers.length }))
  }

  take(text) {
    this.change(this.numbers.find((field) => field.value.trim() === text), "")
    announce(word("spotsTaken"))
  }

  takeBack() {
    for (const cell of this.cells) cell.checked = false
    const last = this.points.pop()
    if (last) this.take(last)
    else this.show()
  }

  change(field, text) {
    field.value = text
    this.show()
    field.dispatchEvent(new Event("change", { bubbles: true }))
  }
}

export function spots(root) {
  for (const box of root.querySelectorAll("[data-spots]:not(.live)")) new Spots(box)
}
