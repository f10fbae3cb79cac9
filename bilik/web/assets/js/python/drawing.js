// What a run or the visible tests show, in the look that the server gives a verdict (bilik/cards/templates).

const LOOKS = {
  accepted: ["accepted", "check"],
  partial: ["partial", "partial"],
  wrong: ["wrong", "cross"],
  time_limit: ["limit", "clock"],
  memory_limit: ["limit", "warning"],
  output_limit: ["limit", "warning"],
  runtime_error: ["error", "warning"],
}

export function make(tag, className, text) {
  const made = document.createElement(tag)
  if (className) made.className = className
  if (text) made.textContent = text
  return made
}

export const paragraph = (text, className = "") => make("p", className, text)

/** One of our own drawings: it came from the server with the words, never from a program. */
function icon(task, name) {
  const holder = make("template")
  holder.innerHTML = task.icons[name] || ""
  return holder.content
}

function withIcon(element, task, name, text) {
  element.append(icon(task, name), " ", text)
  return element
}

function code(text) {
  const made = make("code", "", text)
  made.setAttribute("translate", "no")
  return made
}

function pre(text, className) {
  const made = make("pre", className, text)
  if (className) made.tabIndex = 0
  return made
}

/** Feedback: the author's own words by name, or ours with their place in the program. */
function said(item, task) {
  const pieces = []
  if (item.author) {
    const words = make("div", "prose")
    words.innerHTML = task.feedback[item.author] || "" // The server's own, sanitised when the course was published.
    return [words]
  }
  const line = make("p")
  const place = item.cell ? task.say("lineOfCell", item) : task.say("line", item)
  if (item.line) line.append(make("strong", "", place), " ")
  line.append([item.sentence, ...item.more].join(" "))
  pieces.push(line)
  if (item.source) pieces.push(pre(item.source, "code"))
  if (item.original) {
    const original = paragraph(`${task.say("says")} `, "meta")
    original.append(code(item.original))
    pieces.push(original)
  }
  return pieces
}

export function drawRun(told, task) {
  const box = make("div", "screen-box")
  if (told.shown) {
    const screen = pre(told.shown, "screen")
    screen.setAttribute("translate", "no")
    screen.setAttribute("role", "group")
    screen.setAttribute("aria-label", task.say("printed"))
    box.append(screen)
  } else if (!told.said.length) box.append(paragraph(task.say("nothing"), "meta"))
  for (const item of told.said) box.append(...said(item, task))
  box.append(withIcon(make("p", "meta"), task, "info", task.say("noVerdict")))
  return box
}

export function drawTests(told, task) {
  const [look, sign] = LOOKS[told.outcome] || LOOKS.wrong
  const box = make("div", `verdict ${look} on-device`)
  box.append(withIcon(make("p", "verdict-title"), task, sign, task.say(told.outcome)))
  for (const item of told.said) box.append(...said(item, task))
  const passed = told.tests.filter((test) => test.passed).length
  if (told.tests.length) {
    const details = make("details")
    details.open = passed < told.tests.length
    const list = make("ul", "tests")
    list.append(...told.tests.map((test) => oneTest(test, task)))
    details.append(make("summary", "", task.say("tests", { passed, tests: told.tests.length })), list)
    box.append(details)
  }
  box.append(withIcon(make("p", "meta"), task, "info", task.say("yourDevice")))
  return box
}

function oneTest(test, task) {
  const item = make("li", test.passed ? "pass" : "fail")
  const label = make("span", "hidden-label", task.say(test.passed ? "passed" : "failedTest"))
  item.append(icon(task, test.passed ? "check" : "cross"), label, " ")
  if (test.call) item.append(code(test.call))
  else if (test.input) item.append(`${task.say("withInput")} `, code(test.input.trimEnd()))
  else item.append(task.say("prints"))
  if (test.passed) return item
  if (!test.ran) item.append(" ", make("span", "meta", task.say("notReached")))
  else if (!test.error) {
    const both = make("dl")
    both.setAttribute("translate", "no")
    both.append(oneSide(task.say("expected"), test.expected, test.prints), oneSide(task.say("gave"), test.got, test.printed))
    item.append(both)
  }
  return item
}

function oneSide(name, value, printed) {
  const side = make("div")
  const shown = make("dd")
  shown.append(pre(printed ? `${value}\n${printed}` : String(value)))
  side.append(make("dt", "", name), shown)
  return side
}
