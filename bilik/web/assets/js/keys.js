// On a phone the signs of code hide on the second and third keyboard page. This row has them at once.
import { indentLess, indentMore } from "@codemirror/commands"

const SIGNS = [":", "(", ")", '"', "'", "[", "]", "_", "="]

export function keyRow(view, words) {
  const row = document.createElement("div")
  row.className = "editor-keys"
  row.setAttribute("role", "group")
  row.setAttribute("aria-label", words.keys)
  row.append(key("⇤", words.outdent, () => indentLess(view)), key("⇥", words.indent, () => indentMore(view)))
  for (const sign of SIGNS) row.append(key(sign, sign, () => type(view, sign)))
  // The keyboard of the phone closes when the editor loses the focus: pressing a key here must not take it.
  row.addEventListener("pointerdown", (event) => event.preventDefault())
  return row
}

function key(text, label, work) {
  const button = document.createElement("button")
  button.type = "button"
  button.textContent = text
  button.setAttribute("aria-label", label)
  button.addEventListener("click", work)
  return button
}

function type(view, sign) {
  view.dispatch(view.state.replaceSelection(sign), { scrollIntoView: true, userEvent: "input.type" })
}
