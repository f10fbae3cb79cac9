// Fetches the editor when a textarea.code comes near, and only then. If it never arrives, the textarea works alone.
import { onGone } from "./sending.js"
import { word } from "./words.js"

const editors = new WeakMap()
let arriving = null

// The editor's styles are only allowed under our policy as constructed style sheets inside a shadow root.
const able = "adoptedStyleSheets" in Document.prototype && "attachShadow" in Element.prototype
const saving = navigator.connection && navigator.connection.saveData

function fetchEditor() {
  arriving = arriving || import(word("editor"))
  arriving.catch(() => (arriving = null)) // The next focus tries again.
  return arriving
}

async function enhance(textarea) {
  if (editors.has(textarea) || !textarea.isConnected) return
  try {
    const { makeEditor } = await fetchEditor()
    if (editors.has(textarea) || !textarea.isConnected) return
    const words = { help: word("editorHelp"), keys: word("keys"), indent: word("indent"), outdent: word("outdent") }
    editors.set(textarea, makeEditor(textarea, words))
  } catch {
    // No signal: the textarea is enough to answer with.
  }
}

const nearby =
  "IntersectionObserver" in window &&
  new IntersectionObserver(
    (seen) => {
      for (const { isIntersecting, target } of seen) {
        if (!isIntersecting) continue
        nearby.unobserve(target)
        enhance(target)
      }
    },
    { rootMargin: "300px" },
  )

/** Watches the code fields of a new piece of the page. */
export function codeFields(root) {
  if (!able || saving || !word("editor")) return
  for (const textarea of root.querySelectorAll("textarea.code")) {
    textarea.addEventListener("focus", () => enhance(textarea), { once: true })
    if (nearby) nearby.observe(textarea)
  }
}

export function watchCode() {
  onGone((element) => {
    const editor = editors.get(element)
    if (!editor) return
    editors.delete(element)
    editor.destroy()
  })
}
