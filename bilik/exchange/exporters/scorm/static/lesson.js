// A lesson at work: answers are checked here, shown, counted, kept, and told to the learning system.
;(function (Bilik) {
  "use strict"
  const { word } = Bilik
  const SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789"
  const TYPES = {
    single_choice: "choice", multiple_choice: "choice", numeric: "numeric", matching: "matching", ordering: "sequencing",
    hot_spot: "performance",
  }
  const data = JSON.parse(document.getElementById("lesson").textContent)
  const system = new Bilik.System()
  const kept = system.kept()
  const isSame = kept.lesson === data.lesson && Array.isArray(kept.tasks) && kept.tasks.length === data.tasks.length
  // For each task: the best score in thousandths of a point (-1: not answered), how many answers, the last answer.
  const state = { lesson: data.lesson, tasks: isSame ? kept.tasks : data.tasks.map(() => [-1, 0]) }

  function sentence(item, task) {
    if (item.code === "author") return { html: task.said[item.name] || "" }
    return { text: word(item.code, item) }
  }

  function show(task, verdict) {
    const box = document.querySelector(`form[data-task="${task.id}"] + .verdict`)
    const title = { accepted: "accepted", partial: "partial", wrong: "wrong" }[verdict.outcome]
    box.className = `verdict ${verdict.outcome}`
    box.replaceChildren()
    if (title) add(box, "p", word(title)).className = "verdict-title"
    if (verdict.outcome === "partial") add(box, "p", word("score", { score: verdict.score / 1000, of: verdict.of }))
    for (const item of verdict.feedback) {
      const said = sentence(item, task)
      if (said.html) add(box, "div").innerHTML = said.html
      else if (said.text) add(box, "p", said.text)
    }
    mark(box.previousElementSibling, verdict)
    if (verdict.outcome === "accepted" && task.explanation) add(box, "div").innerHTML = task.explanation
  }

  /** Fields that are not right yet, where each counts for itself, say so to everybody. */
  function mark(form, verdict) {
    const counted = verdict.feedback.find((item) => item.wrong)
    for (const field of form.querySelectorAll("[name^=answer-]")) {
      const isWrong = Boolean(counted) && counted.wrong.includes(field.name.replace("answer-", ""))
      isWrong ? field.setAttribute("aria-invalid", "true") : field.removeAttribute("aria-invalid")
    }
  }

  function add(box, tag, text = "") {
    const made = document.createElement(tag)
    made.textContent = text
    box.append(made)
    return made
  }

  const place = (rows, name) => SIGNS[rows.findIndex((row) => (row.id || row) === name)] || ""

  /** The answer in the notation of cmi.interactions. */
  function response(key, fields) {
    const answer = fields.answer || []
    const inAll = Object.keys(fields).map((name) => `${name.replace("answer-", "")}=${fields[name][0]}`)
    const point = (text) => text.replace(",", "-")
    const made = {
      single_choice: () => place(key.choices, answer[0]),
      multiple_choice: () => key.choices.filter((choice) => answer.includes(choice.id)).map((choice) => place(key.choices, choice.id)).join(","),
      numeric: () => decimal(answer[0]),
      matching: () =>
        key.prompts
          .map((prompt, at) => [SIGNS[at], place(key.choices, (fields[`answer-${prompt.id}`] || [])[0])])
          .filter(([, other]) => other)
          .map((pair) => pair.join("."))
          .join(","),
      ordering: () => answer.map((name) => place(key.items, name)).join(","),
      hot_spot: () => answer.map(point).join(" "),
      fill_blanks: () => inAll.join("; "),
      parsons: () => answer.map((text) => lineOf(key, text)).join("\n"),
    }[key.kind]
    return (made ? made() : answer.join("\n")) || ""
  }

  function decimal(text) {
    try {
      const [above, below] = Bilik.readNumber(text)
      return String(Number(above) / Number(below))
    } catch {
      // A number with a unit: the digits in front of it.
      return (/-?\d+(\.\d+)?/.exec(text.replace(",", ".")) || ["0"])[0]
    }
  }

  function lineOf(key, text) {
    const [name, indent] = text.split(",")
    const line = [...key.lines, ...key.distractors].find((each) => each.id === name)
    return "    ".repeat(Number(indent || 0)) + (line ? line.text : "")
  }

  function result(verdict) {
    if (verdict.outcome === "accepted") return "correct"
    return verdict.score ? String(Math.round(verdict.score / verdict.of / 10) / 100) : "wrong"
  }

  function record(at, verdict, fields, latency) {
    const task = data.tasks[at]
    state.tasks[at] = [Math.max(state.tasks[at][0], verdict.score), state.tasks[at][1] + 1, fields]
    system.interaction({
      id: task.id,
      type: TYPES[task.key.kind] || "fill-in",
      pattern: task.pattern,
      weighting: task.key.points,
      response: response(task.key, fields),
      result: result(verdict),
      latency,
    })
    report()
  }

  function report() {
    const earned = state.tasks.reduce((sum, [score]) => sum + Math.max(0, score), 0)
    const of = data.tasks.reduce((sum, task) => sum + task.key.points, 0)
    document.getElementById("sum").textContent = of ? word("score", { score: earned / 1000, of }) : ""
    if (state.tasks.some(([, count]) => count)) {
      system.score(Math.round((earned / 10 / of) * 100) / 100)
      system.keep(state)
    }
    if (data.tasks.length && state.tasks.every(([, count]) => count)) complete()
    system.commit()
  }

  function complete() {
    if (!["completed", "passed", "failed"].includes(system.status)) system.setStatus("completed")
  }

  function start(task, at) {
    const form = document.querySelector(`form[data-task="${task.id}"]`)
    const fields = new Bilik.Fields(form)
    let since = Date.now()
    if (state.tasks[at][2]) {
      fields.fill(state.tasks[at][2])
      show(task, Bilik.judge(task.key, state.tasks[at][2]))
    }
    form.addEventListener("submit", (event) => {
      event.preventDefault()
      const given = fields.read()
      const verdict = Bilik.judge(task.key, given)
      show(task, verdict)
      if (verdict.outcome === "invalid") return
      record(at, verdict, given, Date.now() - since)
      since = Date.now()
    })
  }

  data.tasks.forEach(start)
  report()
  if (!system.isOpen) {
    const note = document.getElementById("system")
    note.textContent = word("no_system")
    note.hidden = false
  }
  if (!data.tasks.length) {
    // A lesson to read is done when its end was seen.
    new IntersectionObserver((seen) => {
      if (!seen.some((entry) => entry.isIntersecting)) return
      complete()
      system.commit()
    }).observe(document.getElementById("end"))
  }
})(window.Bilik)
