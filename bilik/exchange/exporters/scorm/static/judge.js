// One judge for each kind of exercise: bilik/grading/checkers once more, for packages without a server. A judge is given
// the key and the fields of a form, and returns the outcome, the score in thousandths of a point, and feedback as codes.
;(function (Bilik) {
  "use strict"
  const { IGNORABLE, LONGEST_NUMBER, SPACE, compare, distance, form, fraction, letters, readNumber, same, strip, times } = Bilik
  const LONGEST_LINE = 1000
  const LONGEST_TEXT = 64000
  const LONGEST_BLANK = 200
  const PLACE = /^[1-9][0-9]{0,2}$/
  const UNIT_BEFORE = new RegExp(`[\\p{Nd}.,${SPACE}]`, "u")
  const UNIT_START = new RegExp(`[^\\p{Nd}${SPACE}.,+\\-/]`, "u")

  class Invalid extends Error {
    constructor(code, facts) {
      super(code)
      this.feedback = { code, ...facts }
    }
  }

  const author = (name) => ({ code: "author", name })
  const cut = (text, length) => letters(text).slice(0, length).join("")
  const sent = (fields, name = "answer") => fields[name] || []
  const bySign = (a, b) => {
    const [left, right] = [letters(a), letters(b)]
    const at = left.findIndex((letter, place) => letter !== right[place])
    if (at < 0) return left.length - right.length
    return right[at] === undefined ? 1 : left[at].codePointAt(0) - right[at].codePointAt(0)
  }
  const isBroken = (text) => /[\ud800-\udbff](?![\udc00-\udfff])|(?:[^\ud800-\udbff]|^)[\udc00-\udfff]/.test(text)

  function textOrNothing(fields, longest, name = "answer") {
    const text = (sent(fields, name)[0] || "").replace(/^\ufeff/, "")
    if (letters(text).length > longest) throw new Invalid("invalid.too_long", { longest })
    if (text.includes("\0") || isBroken(text)) throw new Invalid("invalid.control")
    return text.replace(/\r\n/g, "\n").replace(/\r/g, "\n")
  }

  function oneText(fields, longest) {
    const text = textOrNothing(fields, longest)
    if (!strip(text)) throw new Invalid("invalid.empty")
    return text
  }

  // Verdicts. Scores are whole thousandths of a point.
  const accepted = (of, ...said) => ({ outcome: "accepted", score: of * 1000, of, feedback: said })
  const wrong = (of, ...said) => ({ outcome: "wrong", score: 0, of, feedback: said })

  /** `of` points times earned / whole in thousandths, half to even; a part never becomes the whole. */
  function partOf(earned, whole, of) {
    const above = BigInt(earned) * BigInt(of) * 1000n
    const below = BigInt(whole)
    const floor = above / below
    const twice = (above % below) * 2n
    const up = twice > below || (twice === below && floor % 2n === 1n)
    return Math.min(Number(floor + (up ? 1n : 0n)), of * 1000 - 1)
  }

  function verdictOn(earned, whole, of, said) {
    if (earned === whole) return accepted(of)
    if (!earned) return wrong(of, ...said)
    return { outcome: "partial", score: partOf(earned, whole, of), of, feedback: said }
  }

  const noSuch = (choice) => new Invalid("invalid.no_such_choice", { choice })

  function singleChoice(key, fields) {
    const name = strip(oneText(fields, 100))
    const chosen = key.choices.find((choice) => choice.id === name)
    if (!chosen) throw noSuch(name)
    const said = chosen.feedback ? [author(chosen.feedback)] : []
    return chosen.correct ? accepted(key.points, ...said) : wrong(key.points, ...said)
  }

  function multipleChoice(key, fields) {
    const ticked = new Set(sent(fields).slice(0, 40))
    const strange = [...ticked].filter((name) => !key.choices.some((choice) => choice.id === name)).sort(bySign)
    if (strange.length) throw noSuch(cut(strange[0], 100))
    if (!ticked.size) throw new Invalid("invalid.nothing_ticked")
    const mistakes = key.choices.filter((choice) => ticked.has(choice.id) !== choice.correct)
    if (!mistakes.length) return accepted(key.points)
    let said = mistakes.filter((choice) => choice.feedback).map((choice) => author(choice.feedback))
    if (!said.length) said = [{ code: "choices.mistakes", count: mistakes.length }]
    const right = key.choices.filter((choice) => choice.correct).length
    const hits = key.choices.filter((choice) => choice.correct && ticked.has(choice.id)).length
    const all = key.choices.length
    if (key.credit === "each") return verdictOn(all - mistakes.length, all, key.points, said)
    if (key.credit === "minus") return verdictOn(Math.max(0, 2 * hits - ticked.size), right, key.points, said)
    return wrong(key.points, ...said)
  }

  function near(key, value, target) {
    const relative = times(readFraction(key.relative), Bilik.size(target))
    const absolute = readFraction(key.absolute)
    return compare(distance(value, target), compare(absolute, relative) < 0 ? relative : absolute) <= 0
  }

  const readFraction = (text) => {
    const [above, below] = text.split("/")
    return fraction(BigInt(above), BigInt(below || 1))
  }

  function numberAt(text) {
    try {
      return readNumber(text)
    } catch (error) {
      if (error instanceof Bilik.NotANumber) return null
      throw error
    }
  }

  function valueOf(key, text) {
    const found = numberAt(text)
    if (found) return found
    const all = letters(text)
    const at = all.findIndex((letter, place) => place && UNIT_BEFORE.test(all[place - 1]) && UNIT_START.test(letter))
    const value = numberAt(at < 0 ? text : all.slice(0, at).join(""))
    if (!value) throw new Invalid("invalid.not_a_number", { text: cut(text, 40) })
    return times(value, readFraction(key.units[knownUnit(key, strip(all.slice(at).join("")))]))
  }

  function knownUnit(key, written) {
    const known = Object.keys(key.units)
    for (const unit of [written, written.replace(/\.+$/, "")]) {
      if (known.includes(unit)) return unit
      const alike = known.filter((name) => Bilik.fold(name) === Bilik.fold(unit))
      if (alike.length === 1) return alike[0]
    }
    throw new Invalid("invalid.unit", { unit: cut(written, 20), known: known.sort(bySign).join(", ") })
  }

  function numeric(key, fields) {
    const value = valueOf(key, strip(oneText(fields, LONGEST_NUMBER)))
    const target = readFraction(key.answer)
    if (near(key, value, target)) return accepted(key.points)
    const rule = key.feedback.find((each) => near(key, value, readFraction(each.answer)))
    if (rule) return wrong(key.points, author(rule.say))
    if (target[0] && !compare(value, [-target[0], target[1]])) return wrong(key.points, { code: "numeric.sign" })
    for (const power of [10n, 100n, 1000n]) {
      const moved = [times(target, [power, 1n]), times(target, [1n, power])]
      if (target[0] && moved.some((each) => !compare(value, each))) return wrong(key.points, { code: "numeric.decimal_point" })
    }
    return wrong(key.points, { code: compare(value, target) < 0 ? "numeric.larger" : "numeric.smaller" })
  }

  const nearly = (answers, text) => form(text, IGNORABLE) && answers.some((right) => same(text, right, IGNORABLE))

  function shortText(key, fields) {
    const answer = strip(oneText(fields, LONGEST_LINE))
    if (key.answers.some((right) => same(answer, right, key.ignore))) return accepted(key.points)
    const rule = key.feedback.find((each) => same(answer, each.answer, key.ignore))
    if (rule) return wrong(key.points, author(rule.say))
    return nearly(key.answers, answer) ? wrong(key.points, { code: "text.nearly" }) : wrong(key.points)
  }

  function predictOutput(key, fields) {
    const answer = oneText(fields, LONGEST_TEXT)
    if (Bilik.sameLines(answer, key.output)) return accepted(key.points)
    const rule = key.feedback.find((each) => Bilik.sameLines(answer, each.answer))
    if (rule) return wrong(key.points, author(rule.say))
    const given = Bilik.countLines(answer)
    if (given !== Bilik.countLines(key.output)) return wrong(key.points, { code: "predict.lines", given })
    const alike = same(answer, key.output, ["case", "spaces", "punctuation"])
    return alike ? wrong(key.points, { code: "predict.exactly" }) : wrong(key.points)
  }

  function blankNumber(text) {
    const found = numberAt(text)
    if (!found) throw new Invalid("invalid.not_a_number", { text: cut(strip(text), 40) })
    return found
  }

  function filledIn(blank, fields) {
    const text = textOrNothing(fields, blank.as === "number" ? LONGEST_NUMBER : LONGEST_BLANK, `answer-${blank.id}`)
    if (blank.as === "choices") {
      if (text && !blank.choices.includes(text)) throw noSuch(cut(text, 100))
      return text
    }
    if (blank.as === "number" && strip(text)) blankNumber(text)
    return strip(text)
  }

  function sameInBlank(blank, filled, other) {
    if (blank.as === "choices") return filled === other
    if (blank.as === "text") return same(filled, other, blank.ignore)
    const target = numberAt(other)
    return Boolean(target) && near(blank, blankNumber(filled), target)
  }

  function fillBlanks(key, fields) {
    const filled = {}
    for (const blank of key.blanks) filled[blank.id] = filledIn(blank, fields)
    if (!Object.values(filled).some(Boolean)) throw new Invalid("invalid.empty")
    const answers = (blank) => (blank.as === "number" ? [blank.number] : blank.answers)
    const isRight = (blank, text) => Boolean(text) && answers(blank).some((each) => sameInBlank(blank, text, each))
    const mistakes = key.blanks.filter((blank) => !isRight(blank, filled[blank.id]))
    const sum = (blanks) => blanks.reduce((total, blank) => total + blank.weight, 0)
    const whole = sum(key.blanks)
    const earned = mistakes.length && key.credit === "all" ? 0 : whole - sum(mistakes)
    const said = []
    for (const blank of mistakes) {
      const text = filled[blank.id]
      const rule = key.feedback.find((each) => each.blank === blank.id && text && sameInBlank(blank, text, each.answer))
      if (rule) addOnce(said, rule.say)
    }
    if (key.blanks.length > 1) said.push(countRight("blanks.right", key.blanks.length, mistakes.map((blank) => blank.id), key))
    if (mistakes.some((blank) => blank.as === "text" && nearly(blank.answers, filled[blank.id]))) said.push({ code: "text.nearly" })
    return verdictOn(earned, whole, key.points, said)
  }

  function addOnce(said, name) {
    if (!said.some((each) => each.code === "author" && each.name === name)) said.push(author(name))
  }

  /** How many parts are right and, where each counts for itself, which are not. */
  function countRight(code, of, mistakes, key) {
    const counted = { code, right: of - mistakes.length, of }
    return key.credit === "each" ? { ...counted, wrong: mistakes } : counted
  }

  function matching(key, fields) {
    const answer = {}
    for (const prompt of key.prompts) {
      const name = strip(textOrNothing(fields, 100, `answer-${prompt.id}`))
      if (name && !key.choices.some((choice) => choice.id === name)) throw noSuch(name)
      answer[prompt.id] = name
    }
    if (!Object.values(answer).some(Boolean)) throw new Invalid("invalid.nothing_chosen")
    const whole = key.prompts.length
    const mistakes = key.prompts.filter((prompt) => answer[prompt.id] !== prompt.match).map((prompt) => prompt.id)
    const right = whole - mistakes.length
    const said = []
    for (const rule of key.feedback) {
      const isWrong = key.prompts.some((prompt) => prompt.id === rule.prompt && prompt.match !== rule.answer)
      if (isWrong && answer[rule.prompt] === rule.answer) addOnce(said, rule.say)
    }
    said.push(countRight("matching.right", whole, mistakes, key))
    return verdictOn(right === whole || key.credit === "each" ? right : 0, whole, key.points, said)
  }

  function orderIn(key, fields) {
    const order = sent(fields).slice(0, 40).map((name) => cut(name, 100))
    if (order.length) return order
    const places = []
    for (const name of key.items) {
      const text = strip(textOrNothing(fields, 20, `answer-${name}`))
      if (!PLACE.test(text)) throw new Invalid("invalid.no_place")
      if (places[Number(text)] !== undefined) throw new Invalid("invalid.same_place", { place: Number(text) })
      places[Number(text)] = name
    }
    return places.filter((name) => name !== undefined)
  }

  function ordering(key, fields) {
    const order = orderIn(key, fields)
    const strange = order.filter((name) => !key.items.includes(name)).sort(bySign)
    if (strange.length) throw noSuch(strange[0])
    if (order.length !== key.items.length || new Set(order).size !== order.length) throw new Invalid("invalid.each_once")
    const place = {}
    order.forEach((name, at) => (place[name] = at))
    const broken = key.pairs.filter(([earlier, later]) => place[later] < place[earlier])
    const whole = key.pairs.length
    const kept = whole - broken.length
    const earned = kept < whole && key.credit === "all" ? 0 : Math.max(0, 2 * kept - whole)
    const said = []
    for (const rule of key.feedback) {
      if ("first" in rule ? order[0] === rule.first : place[rule.item] < place[rule.before]) addOnce(said, rule.say)
    }
    const misplaced = new Set(broken.flat())
    const first = order.findIndex((name) => misplaced.has(name))
    const count = first < 0 ? order.length : first
    said.push(count ? { code: "order.first_right", count } : { code: "order.start" })
    return verdictOn(earned, whole, key.points, said)
  }

  function linesIn(key, fields) {
    const known = {}
    for (const line of [...key.lines, ...key.distractors]) known[line.id] = line
    let pairs = sent(fields).slice(0, 80).map((text) => {
      const at = text.indexOf(",")
      return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)]
    })
    if (!pairs.length) pairs = placedLines(known, fields)
    const answer = pairs.map(([name, indent]) => {
      if (!known[name]) throw new Invalid("invalid.no_such_line")
      if (!/^[0-8]$/.test(indent || "0")) throw new Invalid("invalid.indent", { most: 8 })
      return [name, key.given_indent ? known[name].indent : Number(indent || "0")]
    })
    if (!answer.length) throw new Invalid("invalid.no_lines")
    if (new Set(answer.map(([name]) => name)).size !== answer.length) throw new Invalid("invalid.each_once")
    return answer
  }

  function placedLines(known, fields) {
    const places = []
    for (const name of Object.keys(known)) {
      const [place, indent] = [...sent(fields, `answer-${name}`), "", ""].map((text) => cut(strip(text), 10))
      if (!place) continue
      if (!PLACE.test(place)) throw new Invalid("invalid.no_place")
      if (places[Number(place)]) throw new Invalid("invalid.same_place", { place: Number(place) })
      places[Number(place)] = [name, indent]
    }
    return places.filter(Boolean)
  }

  function longestCommon(one, other) {
    const row = new Array(other.length + 1).fill(0)
    for (const item of one) {
      let diagonal = 0
      other.forEach((against, at) => {
        const above = row[at + 1]
        row[at + 1] = item === against ? diagonal + 1 : Math.max(above, row[at])
        diagonal = above
      })
    }
    return row[other.length]
  }

  function parsons(key, fields) {
    const answer = linesIn(key, fields)
    const texts = {}
    for (const line of [...key.lines, ...key.distractors]) texts[line.id] = line.text
    // Lines that may change places are the same token.
    const groups = {}
    const whole = (text, indent) => `${indent} ${text}`
    key.free.forEach((group, number) => {
      for (const place of group) groups[whole(key.lines[place - 1].text, key.lines[place - 1].indent)] = `\n${number}`
    })
    const token = (text, indent) => groups[whole(text, indent)] || whole(text, indent)
    const wanted = key.lines.map((line) => token(line.text, line.indent))
    const given = answer.map(([name, indent]) => token(texts[name], indent))
    const isSame = given.length === wanted.length && given.every((each, at) => each === wanted[at])
    const extra = answer.filter(([name]) => key.distractors.some((line) => line.id === name)).length
    let earned = Math.max(0, longestCommon(given, wanted) - extra)
    if (!isSame && key.credit === "all") earned = 0
    const said = []
    for (const name of rulesMet(key, answer)) addOnce(said, name)
    return verdictOn(earned, wanted.length, key.points, [...said, ...lineAdvice(answer, given, wanted, key, texts)])
  }

  function rulesMet(key, answer) {
    const places = {}
    const indents = {}
    answer.forEach(([name, indent], at) => {
      places[name] = at
      indents[name] = indent
    })
    const at = (name, otherwise) => (name in places ? places[name] : otherwise)
    const fits = (rule) => {
      if ("distractor" in rule) return rule.distractor in places
      if ("indent" in rule) return indents[rule.line] === rule.indent
      return at(rule.line, answer.length) < at(rule.before, -1)
    }
    return key.feedback.filter(fits).map((rule) => rule.say)
  }

  function lineAdvice(answer, given, wanted, key, texts) {
    const shorter = Math.min(given.length, wanted.length)
    let right = 0
    while (right < shorter && given[right] === wanted[right]) right += 1
    const said = [right ? { code: "order.first_lines_right", count: right } : { code: "order.start_lines" }]
    if (answer.length < wanted.length) said.push({ code: "parsons.missing", count: wanted.length - answer.length })
    if (right < shorter) {
      const fitting = key.lines.filter((_, at) => wanted[at] === wanted[right]).map((line) => line.text)
      if (fitting.includes(texts[answer[right][0]])) said.push({ code: "parsons.indent", line: right + 1 })
    }
    return said
  }

  // Whether a point lies in a shape or at most `margin` beside it; whole numbers, so exact.
  function hits(area, [x, y], margin) {
    const at = area.at
    if (area.shape === "circle") return (x - at[0]) ** 2 + (y - at[1]) ** 2 <= (at[2] + margin) ** 2
    if (area.shape === "rect") {
      const aside = Math.max(at[0] - x, 0, x - at[0] - at[2])
      const above = Math.max(at[1] - y, 0, y - at[1] - at[3])
      return aside ** 2 + above ** 2 <= margin ** 2
    }
    const edges = []
    for (let place = 0; place < at.length; place += 2) {
      const before = (place || at.length) - 2
      edges.push([at[before], at[before + 1], at[place], at[place + 1]])
    }
    return edges.some((edge) => isBeside(edge, x, y, margin)) || crossings(edges, x, y) % 2 === 1
  }

  function isBeside([x1, y1, x2, y2], x, y, margin) {
    const [dx, dy] = [x2 - x1, y2 - y1]
    const length = dx * dx + dy * dy
    const along = (x - x1) * dx + (y - y1) * dy
    if (along <= 0 || !length) return (x - x1) ** 2 + (y - y1) ** 2 <= margin ** 2
    if (along >= length) return (x - x2) ** 2 + (y - y2) ** 2 <= margin ** 2
    return ((x - x1) * dy - (y - y1) * dx) ** 2 <= margin ** 2 * length
  }

  function crossings(edges, x, y) {
    return edges.filter(([x1, y1, x2, y2]) => {
      const side = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1)
      return y1 > y !== y2 > y && side > 0 === y2 > y1
    }).length
  }

  function pointsIn(key, fields) {
    const points = []
    for (const text of sent(fields).filter((each) => strip(each))) {
      const match = /^([0-9]{1,4}),([0-9]{1,4})$/.exec(strip(cut(text, 40)).replace(new RegExp(`[${SPACE}]*,[${SPACE}]*`), ","))
      if (!match || Number(match[1]) > key.size[0] || Number(match[2]) > key.size[1]) throw new Invalid("invalid.not_a_point")
      const point = [Number(match[1]), Number(match[2])]
      if (!points.some((each) => each[0] === point[0] && each[1] === point[1])) points.push(point)
      if (points.length > key.pick) throw new Invalid("invalid.too_many_points", { most: key.pick })
    }
    if (!points.length) throw new Invalid("invalid.no_point")
    return points
  }

  function hotSpot(key, fields) {
    const points = pointsIn(key, fields)
    const right = key.areas.filter((area) => area.correct)
    const wanted = Math.min(key.pick, right.length)
    const hit = Math.min(wanted, right.filter((area) => points.some((point) => hits(area, point, key.margin))).length)
    const missed = points.filter((point) => !right.some((area) => hits(area, point, key.margin)))
    const said = []
    for (const point of missed) {
      const found = key.areas.find((area) => !area.correct && area.feedback && hits(area, point, 0))
      if (found) addOnce(said, found.feedback)
    }
    said.push({ code: "spots.right", right: hit, of: wanted })
    return verdictOn(Math.max(0, hit - missed.length), wanted, key.points, said)
  }

  const JUDGES = {
    single_choice: singleChoice, multiple_choice: multipleChoice, numeric, short_text: shortText,
    predict_output: predictOutput, fill_blanks: fillBlanks, matching, ordering, parsons, hot_spot: hotSpot,
  }

  /** The verdict on what a form holds: fields as lists of texts by name. */
  Bilik.judge = function (key, fields) {
    try {
      return JUDGES[key.kind](key, fields)
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      return { outcome: "invalid", score: 0, of: key.points, feedback: [error.feedback] }
    }
  }
})(window.Bilik)
