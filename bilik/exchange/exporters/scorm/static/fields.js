// Fields that need more than HTML has: things to put in order, lines with their indentation, points on a picture.
;(function (Bilik) {
  "use strict"
  const SVG = "http://www.w3.org/2000/svg"
  const KEYS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }
  const DEEPEST = 8
  const word = (name, facts = {}) =>
    (Bilik.words[name] || name).replace(/\{(\w+)\}/g, (all, key) => (key in facts ? facts[key] : all))

  function make(tag, look, text) {
    const made = document.createElement(tag)
    if (look) made.className = look
    if (text) made.textContent = text
    return made
  }

  function button(sign, label, work) {
    const made = make("button", "tool", sign)
    made.type = "button"
    made.setAttribute("aria-label", label)
    made.addEventListener("click", work)
    return made
  }

  /** A list whose things are moved by buttons. */
  class Arranged {
    constructor(list) {
      this.list = list
      this.spare = list.hasAttribute("data-spare")
      for (const row of this.rows) this.furnish(row, list.hasAttribute("data-indents"))
      this.draw()
    }

    get rows() {
      return Array.from(this.list.children)
    }

    furnish(row, hasIndents) {
      const words = row.querySelector(".words").textContent.trim()
      const tools = make("span", "tools")
      const move = (by) => (event) => this.move(row, by, event.currentTarget)
      tools.append(button("↑", `${word("up")}: ${words}`, move(-1)), button("↓", `${word("down")}: ${words}`, move(1)))
      if (hasIndents) {
        const shift = (by) => () => {
          row.dataset.indent = Math.min(DEEPEST, Math.max(0, Number(row.dataset.indent) + by))
          this.draw()
        }
        tools.append(button("←", `${word("indent_less")}: ${words}`, shift(-1)))
        tools.append(button("→", `${word("indent_more")}: ${words}`, shift(1)))
      }
      if (this.spare) {
        const label = make("label", "choice", word("in_program"))
        const box = make("input")
        box.type = "checkbox"
        box.setAttribute("aria-label", `${word("in_program")}: ${words}`)
        label.prepend(box)
        tools.append(label)
      }
      row.append(tools)
    }

    move(row, by, from) {
      const other = by < 0 ? row.previousElementSibling : row.nextElementSibling
      if (!other) return
      by < 0 ? other.before(row) : other.after(row)
      this.draw()
      from.focus()
    }

    draw() {
      for (const row of this.rows) row.style.setProperty("--indent", row.dataset.indent || 0)
    }

    get values() {
      const used = this.spare ? this.rows.filter((row) => row.querySelector("input").checked) : this.rows
      return used.map((row) => (row.dataset.indent === undefined ? row.dataset.value : `${row.dataset.value},${row.dataset.indent}`))
    }

    set values(values) {
      const known = {}
      for (const row of this.rows) known[row.dataset.value] = row
      const names = values.map((value) => value.split(",")[0])
      names.filter((name) => known[name]).reverse().forEach((name) => this.list.prepend(known[name]))
      values.forEach((value) => {
        const [name, indent] = value.split(",")
        if (known[name] && indent !== undefined) known[name].dataset.indent = indent
        if (known[name] && this.spare) known[name].querySelector("input").checked = true
      })
      this.draw()
    }
  }

  /** Points on a picture, set by finger, mouse or a cross that the arrow keys move; or cells that are ticked. */
  class Spots {
    constructor(box) {
      this.box = box
      this.stage = box.querySelector(".stage")
      this.cells = Array.from(box.querySelectorAll(".grid input"))
      this.size = box.dataset.size.split(",").map(Number)
      this.pick = Number(box.dataset.pick)
      this.points = []
      this.cross = this.size.map((length) => Math.round(length / 2))
      this.picture = this.stage.querySelector("img")
      this.drawing = document.createElementNS(SVG, "svg")
      this.drawing.setAttribute("viewBox", `0 0 ${this.size[0]} ${this.size[1]}`)
      this.drawing.setAttribute("aria-hidden", "true")
      this.stage.append(this.drawing)
      this.grid = box.querySelector(".grid")
      this.grid.style.gridTemplateColumns = `repeat(${this.grid.dataset.columns}, 1fr)`
      this.furnish()
      this.useGrid(false)
    }

    furnish() {
      const label = `${this.picture.alt} ${word("spots_help")}`
      this.stage.setAttribute("aria-label", label)
      this.stage.addEventListener("click", (event) => this.click(event))
      this.stage.addEventListener("keydown", (event) => this.key(event))
      this.live = make("p", "hidden-label")
      this.live.setAttribute("role", "status")
      const clear = make("button", "button quiet", word("spots_clear"))
      const cells = make("button", "button quiet", word("spots_cells"))
      clear.type = cells.type = "button"
      clear.addEventListener("click", () => this.set([]))
      cells.addEventListener("click", () => this.useGrid(this.grid.hidden))
      this.toggle = cells
      const row = make("p", "row")
      row.append(clear, cells)
      this.stage.after(make("p", "meta", word("spots_help")), row, this.live)
    }

    useGrid(isOn) {
      this.grid.hidden = !isOn
      this.toggle.setAttribute("aria-expanded", String(isOn))
      if (isOn) for (const name of ["role", "tabindex"]) this.stage.removeAttribute(name)
      else {
        this.stage.setAttribute("role", "application")
        this.stage.tabIndex = 0
      }
      this.draw()
    }

    click(event) {
      if (!this.grid.hidden) return
      const box = this.picture.getBoundingClientRect()
      const at = (where, start, length, size) => Math.min(size, Math.max(0, Math.round(((where - start) / length) * size)))
      this.add([
        at(event.clientX, box.left, box.width, this.size[0]), at(event.clientY, box.top, box.height, this.size[1]),
      ])
    }

    key(event) {
      if (!this.grid.hidden || event.target !== this.stage) return
      if (KEYS[event.key]) {
        const step = Math.max(1, Math.round(this.size[0] / 100)) * (event.shiftKey ? 10 : 1)
        this.cross = this.cross.map((here, axis) => Math.min(this.size[axis], Math.max(0, here + KEYS[event.key][axis] * step)))
        this.say("spots_at", this.cross)
      } else if (event.key === "Enter" || event.key === " ") this.add(this.cross)
      else if (event.key === "Delete" || event.key === "Backspace") this.set(this.points.slice(0, -1))
      else return
      event.preventDefault()
      this.draw()
    }

    say(name, [across, down]) {
      this.live.textContent = word(name, { across, down })
    }

    /** One more point; where there are as many as may be set, the oldest gives way. */
    add(point) {
      this.set([...this.points, [...point]].slice(-this.pick))
      this.say("point_set", point)
    }

    set(points) {
      this.points = points
      this.draw()
    }

    draw() {
      this.drawing.replaceChildren()
      if (!this.grid.hidden) return
      const unit = this.size[0] / (this.picture.clientWidth || this.size[0])
      this.points.forEach(([x, y], at) => {
        const circle = this.shape("circle", { cx: x, cy: y, r: 14 * unit, class: "mark" })
        const number = this.shape("text", { x, y: y + 5 * unit, "font-size": 15 * unit, "text-anchor": "middle" })
        number.textContent = at + 1
        this.drawing.append(circle, number)
      })
      const [x, y] = this.cross
      const arm = 14 * unit
      const d = `M${x - arm} ${y}H${x + arm}M${x} ${y - arm}V${y + arm}`
      this.drawing.append(this.shape("path", { d, "stroke-width": 2 * unit, class: "cross" }))
    }

    shape(tag, facts) {
      const made = document.createElementNS(SVG, tag)
      for (const name of Object.keys(facts)) made.setAttribute(name, facts[name])
      return made
    }

    get values() {
      if (!this.grid.hidden) return this.cells.filter((cell) => cell.checked).map((cell) => cell.value)
      return this.points.map((point) => point.join(","))
    }

    set values(values) {
      const known = this.cells.map((cell) => cell.value)
      this.set(values.filter((value) => /^\d+,\d+$/.test(value)).map((value) => value.split(",").map(Number)))
      this.cells.forEach((cell, at) => (cell.checked = values.includes(known[at])))
    }
  }

  /** All fields of a form by name, as lists of texts, read and filled alike. */
  Bilik.Fields = class {
    constructor(form) {
      this.form = form
      const arranged = form.querySelector("[data-arrange]")
      const spots = form.querySelector("[data-spots]")
      this.own = arranged ? new Arranged(arranged) : spots ? new Spots(spots) : null
      for (const box of form.querySelectorAll("[data-shuffle]")) this.shuffle(box)
    }

    /** Choices in another order for each visit. */
    shuffle(box) {
      const rows = Array.from(box.querySelectorAll("label"))
      for (let at = rows.length - 1; at > 0; at -= 1) {
        const other = Math.floor(Math.random() * (at + 1))
        ;[rows[at], rows[other]] = [rows[other], rows[at]]
      }
      box.append(...rows)
    }

    read() {
      if (this.own) return { answer: this.own.values }
      const fields = {}
      for (const field of this.form.querySelectorAll("[name]")) {
        if (["radio", "checkbox"].includes(field.type) && !field.checked) continue
        fields[field.name] = [...(fields[field.name] || []), field.value]
      }
      return fields
    }

    fill(fields) {
      if (this.own) {
        this.own.values = fields.answer || []
        return
      }
      for (const field of this.form.querySelectorAll("[name]")) {
        const values = fields[field.name] || []
        if (["radio", "checkbox"].includes(field.type)) field.checked = values.includes(field.value)
        else if (values.length) field.value = values[0]
      }
    }
  }

  Bilik.word = word
})(window.Bilik)
