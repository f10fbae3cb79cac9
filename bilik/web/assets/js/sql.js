// SQL in colours: words, texts, comments, numbers. A tokeniser of our own, because it is all that an exercise needs and
// the package for SQL brings every dialect's words with it (see the sizes that `make assets` prints).
import { StreamLanguage } from "@codemirror/language"

const WORDS = new Set(
  (
    "select distinct all from where and or not in is null like glob between exists case when then else end as on using " +
    "join left right full inner outer cross natural group by having order asc desc limit offset union except intersect " +
    "with recursive values insert into update set delete create table view index drop alter add column primary key " +
    "foreign references unique default check over partition rows cast collate escape if replace true false nulls first last"
  ).split(" "),
)

export const sqlLanguage = StreamLanguage.define({
  name: "sql",
  startState: () => ({ comment: false }),
  token(stream, state) {
    if (state.comment) {
      if (stream.match(/.*?\*\//)) state.comment = false
      else stream.skipToEnd()
      return "comment"
    }
    if (stream.eatSpace()) return null
    if (stream.match("/*")) {
      state.comment = true
      return "comment"
    }
    if (stream.match(/--.*/)) return "comment"
    if (stream.match(/'(?:[^']|'')*'?/)) return "string"
    if (stream.match(/"(?:[^"]|"")*"?/)) return "variableName"
    if (stream.match(/\d[\w.]*/)) return "number"
    const word = stream.match(/[\p{L}_][\p{L}\p{N}_]*/u)
    if (word) return WORDS.has(word[0].toLowerCase()) ? "keyword" : "variableName"
    stream.next()
    return null
  },
  languageData: { commentTokens: { line: "--", block: { open: "/*", close: "*/" } } },
})
