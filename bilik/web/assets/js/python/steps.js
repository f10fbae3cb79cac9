// A recorded run, step by step: the line, the variables, the output so far. By buttons, a slider, and the arrow keys.
import { make, paragraph } from "./drawing.js"

const CUTS = { steps: "cutSteps", size: "cutSize", output: "cutOutput" }

export function drawSteps(record, task, settings) {
  const box = make("div", "stepper")
  box.setAttribute("role", "group")
  box.setAttribute("aria-label", task.say("steps"))
  for (const item of record.said || []) box.append(paragraph(item.sentence))
  if (!record.steps.length) {
    box.append(paragraph(record.error || task.say("noSteps"), "meta"))
    return box
  }
  new Stepper(box, record, task, settings).show(0)
  return box
}

class Stepper {
  constructor(box, record, task, settings) {
    Object.assign(this, { box, record, task, settings, say: task.say, at: 0 })
    this.where = paragraph("", "step-where")
    this.where.setAttribute("role", "status")
    this.slider = make("input")
    Object.assign(this.slider, { type: "range", min: 1, max: record.steps.length, value: 1 })
    this.slider.setAttribute("aria-label", this.say("steps"))
    this.slider.addEventListener("input", () => this.show(Number(this.slider.value) - 1))
    this.lines = this.listing()
    this.variables = make("div", "step-variables")
    this.output = make("pre", "screen")
    this.output.tabIndex = 0
    this.output.setAttribute("translate", "no")
    this.output.setAttribute("role", "region")
    this.output.setAttribute("aria-label", this.say("output"))
    const panes = make("div", "step-panes")
    const right = make("div")
    right.append(this.variables, make("p", "meta", this.say("output")), this.output)
    panes.append(this.lines, right)
    this.note = paragraph("", "meta")
    box.append(this.buttons(), this.slider, this.where, panes, this.note)
    box.addEventListener("keydown", (event) => this.key(event))
  }

  buttons() {
    const row = make("div", "row")
    const last = this.record.steps.length - 1
    const all = { first: () => 0, back: () => this.at - 1, forward: () => this.at + 1, last: () => last }
    const signs = { first: "|◀", back: "◀", forward: "▶", last: "▶|" }
    this.ends = {}
    for (const [name, place] of Object.entries(all)) {
      const button = make("button", "button quiet")
      button.type = "button"
      const sign = make("span", "", signs[name])
      sign.setAttribute("aria-hidden", "true")
      const words = make("span", name === "first" || name === "last" ? "hidden-label" : "", this.say(name))
      button.append(sign, words)
      button.addEventListener("click", () => this.show(place()))
      this.ends[name] = button
      row.append(button)
    }
    return row
  }

  listing() {
    const list = make("ol", "step-code")
    list.setAttribute("translate", "no")
    list.setAttribute("aria-label", this.say("program"))
    list.tabIndex = 0
    for (const line of this.record.code.replace(/\n$/, "").split("\n")) {
      const item = make("li")
      item.append(make("code", "", line || " "))
      list.append(item)
    }
    return list
  }

  key(event) {
    if (event.target === this.slider || event.altKey || event.ctrlKey || event.metaKey) return
    const way = { ArrowLeft: this.at - 1, ArrowRight: this.at + 1, Home: 0, End: this.record.steps.length - 1 }[event.key]
    if (way === undefined) return
    event.preventDefault()
    this.show(way)
  }

  show(at) {
    const { steps } = this.record
    this.at = Math.max(0, Math.min(at, steps.length - 1))
    const step = steps[this.at]
    this.slider.value = this.at + 1
    const words = [this.say("step", { step: this.at + 1, steps: steps.length, line: step.line })]
    this.slider.setAttribute("aria-valuetext", words[0])
    const inside = step.frames[step.frames.length - 1]
    if (step.event === "return" && inside && inside.name !== "<module>") {
      words.push(this.say("calls", { name: `${inside.name}()`, value: this.brief(step.gives, step) }))
    }
    if (step.error) words.push(this.say("stops", { error: step.error }))
    this.where.textContent = words.join(". ")
    Array.from(this.lines.children).forEach((item, number) => {
      if (number + 1 === step.line) item.setAttribute("aria-current", "step")
      else item.removeAttribute("aria-current")
    })
    this.reveal()
    this.variables.replaceChildren(...this.frames(step))
    this.output.textContent = this.record.output.slice(0, step.printed)
    this.note.textContent = this.at === steps.length - 1 ? this.ending() : ""
    this.off("first", this.at === 0)
    this.off("back", this.at === 0)
    this.off("forward", this.at === steps.length - 1)
    this.off("last", this.at === steps.length - 1)
  }

  /** Keeps the current line in sight without moving the page. */
  reveal() {
    const line = this.lines.querySelector("[aria-current]")
    if (!line) return
    const top = line.offsetTop - this.lines.offsetTop
    if (top < this.lines.scrollTop || top + line.offsetHeight > this.lines.scrollTop + this.lines.clientHeight) {
      this.lines.scrollTop = top - this.lines.clientHeight / 2
    }
  }

  /** A button that is off stays in the order of Tab, so that the focus is not lost at the last step. */
  off(name, is) {
    if (is) this.ends[name].setAttribute("aria-disabled", "true")
    else this.ends[name].removeAttribute("aria-disabled")
  }

  ending() {
    const { cut, error, caps, steps } = this.record
    if (CUTS[cut]) return this.say(CUTS[cut], { count: caps ? caps.steps : steps.length })
    return error ? this.say("stops", { error }) : ""
  }

  frames(step) {
    const drawn = new Set()
    const pieces = step.frames.map((frame) => this.frame(frame, step, drawn))
    return pieces.flat()
  }

  frame(frame, step, drawn) {
    const title = frame.name === "<module>" ? this.say("main") : this.say("inside", { name: `${frame.name}()` })
    if (!frame.variables.length) return [paragraph(`${title}: ${this.say("none")}`, "meta")]
    const rows = frame.variables.map(([name, value]) => [name, value])
    const pieces = [this.table(title, [this.say("name"), this.say("value")], rows, step)]
    for (const [, value] of rows) pieces.push(...this.objects(value, step, drawn))
    return pieces
  }

  /** The objects behind a value, each once in a step, however many names it has. */
  objects(value, step, drawn) {
    if (!value.ref || drawn.has(value.ref)) return []
    drawn.add(value.ref)
    const object = step.objects[value.ref]
    const inner = object.items ? object.items.map((item, at) => [at, item]) : object.pairs || []
    if (object.text) return []
    const names = this.namesOf(value.ref, step)
    const title = `${this.title(value.ref, step)}${names.length > 1 ? ` (${this.say("same", { names: names.join(", ") })})` : ""}`
    const ordered = object.items && !/set/.test(object.type)
    const rows = inner.map(([key, item]) => [object.items ? (ordered ? String(key) : "·") : key, item])
    const table = this.table(title, [this.say(object.items ? "place" : "key"), this.say("value")], rows, step)
    if (object.more) table.tFoot || table.createTFoot().insertRow().append(spanning(this.say("more", { count: object.more })))
    const deeper = inner.flatMap(([key, item]) => [...(key.ref ? this.objects(key, step, drawn) : []), ...this.objects(item, step, drawn)])
    return [table, ...deeper]
  }

  namesOf(ref, step) {
    return step.frames.flatMap((frame) => frame.variables.filter(([, value]) => value.ref === ref).map(([name]) => name))
  }

  title(ref, step) {
    return `${step.objects[ref].type} ${ref}`
  }

  brief(value, step) {
    if (!value) return ""
    if (!value.ref) return value.text
    const object = step.objects[value.ref]
    return object.text || this.title(value.ref, step)
  }

  table(title, heads, rows, step) {
    const table = make("table", "step-table")
    table.setAttribute("translate", "no")
    table.append(make("caption", "", title))
    const head = table.createTHead().insertRow()
    for (const text of heads) {
      const cell = make("th", "", text)
      cell.scope = "col"
      head.append(cell)
    }
    const body = table.createTBody()
    for (const [name, value] of rows) {
      const row = body.insertRow()
      const key = make("th", "", typeof name === "object" ? this.brief(name, step) : name)
      key.scope = "row"
      const cell = make("td")
      const reference = value.ref && !step.objects[value.ref].text
      cell.append(make(reference ? "span" : "code", reference ? "step-ref" : "", `${reference ? "→ " : ""}${this.brief(value, step)}`))
      row.append(key, cell)
    }
    return table
  }
}

function spanning(text) {
  const cell = make("td", "meta", text)
  cell.colSpan = 2
  return cell
}
