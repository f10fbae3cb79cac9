// One press of Run, Try the tests or Step through: on this device where that is possible, else on the server.
import { drawRun, drawTests, make, paragraph } from "./drawing.js"
import { Device, whyNotHere } from "./device.js"
import { drawSteps } from "./steps.js"

const MOST_SHOWN = 65536
const MB = 1000000

let device = null
const tasks = new Map()

const fill = (sentence, facts) => sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? facts[name] : whole))

/** What the server says of a task: the visible spec, the author's feedback, words and icons. */
async function taskOf(tryout) {
  const address = tryout.dataset.try
  if (!tasks.has(address)) {
    const response = await fetch(`${address}seen`, { headers: { accept: "application/json" } })
    if (!response.ok) throw new Error(String(response.status))
    const task = await response.json()
    tasks.set(address, { ...task, say: (name, facts = {}) => fill(task.words[name] || "", facts) })
  }
  return tasks.get(address)
}

export async function tryOut(button, settings) {
  const tryout = button.closest(".tryout")
  const press = new Press(button, tryout, await taskOf(tryout), settings)
  await press.go()
}

class Press {
  constructor(button, tryout, task, settings) {
    Object.assign(this, { button, tryout, task, settings, say: task.say, what: button.value })
    this.form = tryout.closest("form")
    this.ran = tryout.querySelector(".ran")
    this.programs = Array.from(this.form.querySelectorAll("textarea.code"))
    this.stopButton = tryout.querySelector("[data-stop]")
  }

  async go() {
    const why = whyNotHere()
    if (why) return this.server(why)
    device = device || new Device(this.settings)
    let packages
    try {
      packages = await device.packages(this.task.spec.libraries)
      if (!packages) return this.server("elsewhereLibrary")
      if (!device.has(packages) && !(await this.agrees(packages))) return
    } catch {
      return this.server("failed")
    }
    this.busy(true)
    try {
      await this.start(packages)
      await this.perform()
    } catch {
      this.server("failed")
    } finally {
      this.busy(false)
    }
  }

  /** Asks before megabytes are fetched. */
  async agrees(packages) {
    const size = ((await device.weight(packages)) / MB).toFixed(1)
    const box = make("div", "notice info")
    const inside = make("div")
    const here = make("button", "button", this.say("fetch"))
    const there = make("button", "button quiet", this.say("onServer"))
    here.type = there.type = "button"
    const row = make("div", "row")
    row.append(here)
    if (this.button.type === "submit") row.append(there)
    inside.append(paragraph(this.say("offer", { size })), row)
    box.append(inside)
    this.show(box)
    here.focus()
    const agreed = await new Promise((settle) => {
      here.addEventListener("click", () => settle(true))
      there.addEventListener("click", () => settle(false))
    })
    if (!agreed) this.server("")
    return agreed
  }

  async start(packages) {
    const box = make("div", "fetching")
    const words = paragraph(this.say("fetching"), "meta")
    const bar = make("progress")
    bar.max = 1
    bar.setAttribute("aria-label", this.say("fetching"))
    box.append(words, bar)
    this.show(box)
    this.settings.announce(this.say("fetching"))
    await device.start(packages, (part) => {
      bar.value = part
      if (part >= 1) words.textContent = this.say("starting")
    })
  }

  async perform() {
    const screen = make("pre", "screen")
    screen.setAttribute("translate", "no")
    this.show(paragraph(this.say("running"), "meta"), screen)
    const stop = () => device.stop()
    this.stopButton.addEventListener("click", stop)
    this.mark(0)
    try {
      const request = {
        what: this.what,
        spec: this.task.spec,
        code: this.code(),
        typed: (this.form.querySelector("[name=typed]") || {}).value || "",
      }
      const printed = (text) => {
        if (screen.textContent.length < MOST_SHOWN) screen.append(text.slice(0, MOST_SHOWN))
      }
      const answer = await device.perform(request, printed)
      if (answer.stopped) {
        this.show(screen, paragraph(this.say("stopped"), "meta"))
        this.settings.announce(this.say("stopped"))
      } else if (answer.elsewhere) this.elsewhere(answer.elsewhere)
      else this.draw(answer.told, request)
    } finally {
      this.stopButton.removeEventListener("click", stop)
    }
  }

  /** The program; of a notebook its cells by their ids, up to the one whose button was pressed. */
  code() {
    const text = (program) => program.value.replace(/\r\n?/g, "\n")
    if (!this.task.spec.cells) return text(this.programs[0])
    const code = {}
    for (const program of this.programs) {
      const cell = program.name.replace(/^answer-/, "")
      code[cell] = text(program)
      if (cell === this.tryout.dataset.cell) break
    }
    return code
  }

  draw(told, request) {
    if (this.what === "steps") return this.show(drawSteps({ ...told, code: request.code }, this.task, this.settings))
    const drawn = this.what === "tests" ? drawTests(told, this.task) : drawRun(told, this.task)
    this.show(drawn)
    const placed = told.said.find((item) => item.line)
    if (placed) this.mark(placed.line, placed.cell || 1)
    this.settings.announce(drawn.textContent.trim().replace(/\s+/g, " ").slice(0, 300))
  }

  /** The program wants what a browser's Python lacks. */
  elsewhere(name) {
    const box = make("div")
    box.append(paragraph(this.say("elsewhere", { name }), "meta"))
    if (this.button.type === "submit") {
      const there = make("button", "button quiet", this.say("onServer"))
      there.type = "button"
      there.addEventListener("click", () => this.server(""))
      box.append(there)
    }
    this.show(box)
    this.settings.announce(this.say("elsewhere", { name }))
  }

  /** Gives the press to the server, and says why. Only it has no tests to try. */
  server(why) {
    this.busy(false)
    if (this.button.type !== "submit") return this.show(paragraph(this.say("testsHere"), "meta"))
    this.show(paragraph(this.say(why) || this.say("running"), "meta"))
    this.button.dataset.server = ""
    this.button.click()
  }

  /** Marks a line in an editor, that of a cell by its number, and none in the others. */
  mark(line, cell = 1) {
    this.programs.forEach((program, at) => {
      program.dispatchEvent(new CustomEvent("bilik:line", { detail: at === cell - 1 ? line : 0 }))
    })
  }

  busy(is) {
    for (const button of this.tryout.querySelectorAll("button[name=what]")) button.disabled = is
    const stopHadFocus = document.activeElement === this.stopButton
    this.stopButton.hidden = !is
    if (stopHadFocus && !is) this.button.focus()
  }

  show(...pieces) {
    this.ran.replaceChildren(...pieces)
  }
}

/** Draws steps that the server recorded over the plain list of them. */
export async function showRecorded(element, settings) {
  const record = JSON.parse(element.dataset.record)
  const task = await taskOf(element.closest(".tryout"))
  element.replaceWith(drawSteps(record, task, settings))
}
