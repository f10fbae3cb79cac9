// What people type, and when two such things are the same: the rules of bilik/grading (normal, numbers, outputs) once
// more. tests/journeys/test_exports.py gives the same answers to both and wants the same verdicts.
window.Bilik = window.Bilik || {}
;(function (Bilik) {
  "use strict"
  const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000"
  const SPACES = new RegExp(`[${SPACE}]+`, "g")
  const ENDS = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "g")
  const END = new RegExp(`[${SPACE}]+$`)
  const NUMBER_SPACES = new RegExp(`[${SPACE}']+`, "g")
  const APOSTROPHES = /[\u02bb\u02bc\u02bd\u02c8\u2018\u2019\u201b\u0060\u00b4\u2032\u02b9\uff07\uff40]/g
  const QUOTES = /[\u201c\u201d\u201e\u00ab\u00bb\u2033]/g
  const INVISIBLE = /[\u00ad\u200b\u200c\u200d\u2060\ufeff]/g
  const PUNCTUATION = new RegExp(`[^\\p{L}\\p{N}_${SPACE}]|_`, "gu")
  const PLAIN = Array.from("əıöüşçğёƏIİÖÜŞÇĞЁ")
  const PLAIN_TO = Array.from("eiouscgеEIIOUSCGЕ")
  const EITHER_I = "\ue000"
  const IGNORABLE = ["case", "spaces", "punctuation", "letters"]
  const LONGEST_NUMBER = 60

  const letters = (text) => Array.from(text)
  const strip = (text) => text.replace(ENDS, "")

  /** The letter without its case: as Python's casefold, but for Cherokee, where all the same letters are the same. */
  function folded(letter) {
    if (letter === "ı") return letter
    return letter === "ẞ" ? "ss" : letter.toUpperCase().toLowerCase()
  }

  const fold = (text) => letters(text).map(folded).join("")

  function form(text, ignore) {
    text = text.normalize("NFC").replace(APOSTROPHES, "'").replace(QUOTES, '"')
    text = text.split(EITHER_I).join("").replace(/\u00a0/g, " ").replace(INVISIBLE, "")
    if (ignore.includes("punctuation")) text = text.replace(PUNCTUATION, "")
    if (ignore.includes("spaces")) text = strip(text.replace(SPACES, " "))
    if (ignore.includes("case")) text = fold(text.replace(/i\u0307/g, "i").replace(/İ/g, "i").replace(/I/g, EITHER_I))
    if (ignore.includes("letters")) {
      text = letters(text).map((letter) => (PLAIN.includes(letter) ? PLAIN_TO[PLAIN.indexOf(letter)] : letter)).join("")
      text = text.split(EITHER_I).join("i").replace(/'/g, "")
    }
    return text
  }

  function same(one, other, ignore) {
    const left = letters(form(one, ignore))
    const right = letters(form(other, ignore))
    const isI = (letter) => letter === "i" || letter === "ı" || letter === EITHER_I
    return (
      left.length === right.length &&
      left.every((a, at) => a === right[at] || (isI(a) && isI(right[at]) && (a === EITHER_I || right[at] === EITHER_I)))
    )
  }

  // Exact fractions: [above, below], below > 0.
  const common = (a, b) => (b === 0n ? (a < 0n ? -a : a) : common(b, a % b))

  function fraction(above, below = 1n) {
    if (below < 0n) return fraction(-above, -below)
    const by = common(above, below) || 1n
    return [above / by, below / by]
  }

  const times = (a, b) => fraction(a[0] * b[0], a[1] * b[1])
  const minus = (a, b) => fraction(a[0] * b[1] - b[0] * a[1], a[1] * b[1])
  const distance = (a, b) => size(minus(a, b))
  const size = (a) => [a[0] < 0n ? -a[0] : a[0], a[1]]
  const compare = (a, b) => {
    const by = a[0] * b[1] - b[0] * a[1]
    return by < 0n ? -1 : by > 0n ? 1 : 0
  }

  class NotANumber extends Error {}

  const NUMBER = /^([+-]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:[eE]([+-]?\d{1,3}))?$/

  function plainNumber(compact) {
    const match = NUMBER.exec(withoutThousands(compact).replace(/,/g, "."))
    if (!match) throw new NotANumber(compact)
    const after = match[3] || match[4] || ""
    const power = Number(match[5] || 0)
    if (Math.abs(power) > 308) throw new NotANumber(compact)
    const digits = BigInt((match[2] || "") + after) * (match[1] === "-" ? -1n : 1n)
    const shift = power - after.length
    return shift < 0 ? fraction(digits, 10n ** BigInt(-shift)) : fraction(digits * 10n ** BigInt(shift))
  }

  function withoutThousands(compact) {
    const count = (mark) => compact.split(mark).length - 1
    let mark = ""
    if (count(",") && count(".")) mark = compact.lastIndexOf(",") < compact.lastIndexOf(".") ? "," : "."
    else mark = [",", "."].find((each) => count(each) > 1) || ""
    if (!mark) return compact
    if (!new RegExp(`^[+-]?\\d{1,3}(?:[${mark}]\\d{3})+(?!\\d)[^${mark}]*$`).test(compact)) throw new NotANumber(compact)
    return compact.split(mark).join("")
  }

  /** The exact value of "12,5", "1 250", "−3", "3/4". Throws NotANumber. */
  function readNumber(text) {
    if (letters(text).length > LONGEST_NUMBER) throw new NotANumber(text)
    const compact = strip(text).replace(NUMBER_SPACES, "").replace(/\u2212/g, "-").replace(/\u2013/g, "-")
    const bar = compact.indexOf("/")
    if (bar < 0) return plainNumber(compact)
    const below = plainNumber(compact.slice(bar + 1))
    if (below[0] === 0n) throw new NotANumber(text)
    const above = plainNumber(compact.slice(0, bar))
    return fraction(above[0] * below[1], above[1] * below[0])
  }

  function tidyLines(text) {
    const lines = text.replace(/\r\n/g, "\n").split("\n").map((line) => line.replace(END, ""))
    while (lines.length && !lines[0]) lines.shift()
    while (lines.length && !lines[lines.length - 1]) lines.pop()
    return lines
  }

  const sameLines = (one, other) => tidyLines(one).join("\n") === tidyLines(other).join("\n")

  /** How many lines a text has by any kind of line break, as Python counts them. */
  function countLines(text) {
    const bare = strip(text)
    return bare ? bare.split(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/).length : 0
  }

  Object.assign(Bilik, {
    IGNORABLE, LONGEST_NUMBER, NotANumber, SPACE, compare, countLines, distance, fold, form, fraction, letters, minus,
    readNumber, same, sameLines, size, strip, times,
  })
})(window.Bilik)
