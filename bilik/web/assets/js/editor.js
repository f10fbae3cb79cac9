// The code editor: CodeMirror over a textarea, which stays the form's field.
//
// It lives in a shadow root, because there its styles are constructed style sheets: allowed under a policy without
// 'unsafe-inline' and without a nonce in every page.
import { defaultKeymap, history, historyKeymap, indentLess, indentMore } from "@codemirror/commands"
import { pythonLanguage } from "@codemirror/lang-python"
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language"
import { EditorState } from "@codemirror/state"
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view"
import { keyRow } from "./keys.js"
import { colours, look } from "./look.js"
import { mark, marked } from "./marked.js"
import { sqlLanguage } from "./sql.js"

const INDENT = "    "
const LANGUAGES = { sql: sqlLanguage }

/** Draws an editor over `textarea`. The result has one method, `destroy()`, which gives the textarea back. */
export function makeEditor(textarea, words) {
  const frame = document.createElement("div")
  frame.className = "editor"
  const host = document.createElement("div")
  frame.append(host)
  const root = host.attachShadow({ mode: "open" })
  host.style.setProperty("--rows", String(Math.max(textarea.rows || 0, 6)))

  const hadFocus = document.activeElement === textarea
  const view = new EditorView({ root, parent: root, state: stateFor(textarea, words) })
  frame.append(keyRow(view, words))
  textarea.after(frame)

  const required = textarea.required
  textarea.hidden = true
  textarea.required = false // A hidden field cannot be pointed at by the browser; the server checks.
  if (hadFocus) view.focus()

  const fromOutside = () => take(view, textarea.value)
  const focus = () => view.focus()
  const point = (event) => mark(view, event.detail)
  const reset = () => setTimeout(fromOutside)
  const labels = Array.from(textarea.labels || [])
  textarea.addEventListener("bilik:value", fromOutside)
  textarea.addEventListener("bilik:line", point)
  labels.forEach((label) => label.addEventListener("click", focus))
  const form = textarea.form
  if (form) form.addEventListener("reset", reset)

  return {
    destroy() {
      textarea.removeEventListener("bilik:value", fromOutside)
      textarea.removeEventListener("bilik:line", point)
      labels.forEach((label) => label.removeEventListener("click", focus))
      if (form) form.removeEventListener("reset", reset)
      view.destroy()
      frame.remove()
      textarea.hidden = false
      textarea.required = required
    },
  }
}

function stateFor(textarea, words) {
  return EditorState.create({
    doc: textarea.value,
    selection: { anchor: Math.min(textarea.selectionStart || 0, textarea.value.length) },
    extensions: [
      lineNumbers(),
      history(),
      drawSelection(),
      highlightActiveLine(),
      bracketMatching(),
      indentOnInput(),
      indentUnit.of(INDENT),
      EditorState.tabSize.of(INDENT.length),
      EditorState.readOnly.of(textarea.readOnly || textarea.disabled),
      LANGUAGES[textarea.dataset.language] || pythonLanguage,
      syntaxHighlighting(colours),
      look,
      marked,
      EditorView.contentAttributes.of({
        "aria-label": labelOf(textarea),
        "aria-description": words.help,
        tabindex: "0",
        autocapitalize: "off",
        autocorrect: "off",
        spellcheck: "false",
      }),
      keymap.of([
        { key: "Mod-Enter", run: () => submit(textarea) },
        { key: "Escape", run: letTabLeave },
        { key: "Tab", run: (view) => indent(view), shift: indentLess },
        ...defaultKeymap,
        ...historyKeymap,
      ]),
      EditorView.updateListener.of((update) => {
        if (update.docChanged || update.focusChanged) update.view.setTabFocusMode(false)
        if (update.docChanged) give(textarea, update.state.doc.toString())
      }),
    ],
  })
}

function labelOf(textarea) {
  const named = document.getElementById(textarea.getAttribute("aria-labelledby") || "")
  const label = named || (textarea.labels && textarea.labels[0])
  return textarea.getAttribute("aria-label") || (label ? label.textContent.trim() : textarea.name)
}

/** From the editor to the form. Drafts hear of it as if it had been typed there. */
function give(textarea, text) {
  if (textarea.value === text) return
  textarea.value = text
  textarea.dispatchEvent(new Event("input", { bubbles: true }))
}

/** From the form to the editor: a draft was put back. */
function take(view, text) {
  const now = view.state.doc.toString()
  if (now !== text) view.dispatch({ changes: { from: 0, to: now.length, insert: text } })
}

function submit(textarea) {
  const form = textarea.form
  if (!form) return false
  if (form.requestSubmit) form.requestSubmit()
  else form.querySelector("button:not([type=button]), input[type=submit]").click()
  return true
}

function letTabLeave(view) {
  view.setTabFocusMode(true)
  return false
}

/** With a selection the lines move in; without one the cursor moves to the next multiple of four. */
function indent(view) {
  const { main } = view.state.selection
  if (!main.empty) return indentMore(view)
  const column = main.head - view.state.doc.lineAt(main.head).from
  const spaces = INDENT.slice(column % INDENT.length)
  view.dispatch(view.state.replaceSelection(spaces), { scrollIntoView: true, userEvent: "input" })
  return true
}
