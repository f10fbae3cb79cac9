// The editor's look, in the names of colours.css: custom properties reach through the shadow root.
import { HighlightStyle } from "@codemirror/language"
import { EditorView } from "@codemirror/view"
import { tags } from "@lezer/highlight"

export const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.bool, tags.null], color: "var(--hl-k)" },
  { tag: [tags.string, tags.special(tags.string), tags.escape], color: "var(--hl-s)" },
  { tag: tags.number, color: "var(--hl-m)" },
  { tag: tags.comment, color: "var(--hl-c)", fontStyle: "italic" },
  { tag: [tags.function(tags.definition(tags.variableName)), tags.definition(tags.className)], color: "var(--hl-f)" },
  { tag: [tags.function(tags.variableName), tags.className, tags.meta], color: "var(--hl-b)" },
  { tag: tags.invalid, color: "var(--hl-e)" },
])

export const look = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--code-paper)", fontSize: "1rem" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": {
    fontFamily: "ui-monospace, 'Cascadia Mono', Menlo, Consolas, 'Roboto Mono', 'Noto Sans Mono', monospace",
    lineHeight: "1.5",
  },
  ".cm-content": { minHeight: "calc(var(--rows) * 1.5em)", caretColor: "var(--ink)", padding: ".5rem 0" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--soft)", border: "0", minWidth: "2.5rem" },
  ".cm-activeLine": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--turquoise-soft) 45%, transparent)" },
  ".cm-line.marked": { backgroundColor: "var(--bad-soft)", boxShadow: "inset 4px 0 var(--bad)" },
  ".cm-cursor": { borderLeft: "2px solid var(--ink)" },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": {
    background: "var(--turquoise-soft)",
  },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "transparent", outline: "1px solid var(--turquoise)" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "var(--bad-soft)" },
})
