// Marks the line that an error speaks of, until the next change of the text.
import { StateEffect, StateField } from "@codemirror/state"
import { Decoration, EditorView } from "@codemirror/view"

const setLine = StateEffect.define()
const style = Decoration.line({ class: "marked" })

export const marked = StateField.define({
  create: () => Decoration.none,
  update(lines, transaction) {
    if (transaction.docChanged) lines = Decoration.none
    for (const effect of transaction.effects) {
      if (!effect.is(setLine)) continue
      const number = effect.value
      const there = number >= 1 && number <= transaction.state.doc.lines
      lines = there ? Decoration.set([style.range(transaction.state.doc.line(number).from)]) : Decoration.none
    }
    return lines
  },
  provide: (field) => EditorView.decorations.from(field),
})

/** Marks line `number`, or none. */
export function mark(view, number) {
  view.dispatch({ effects: setLine.of(Number(number) || 0) })
}
