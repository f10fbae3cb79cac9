// What scripts say to people. The sentences come, translated, from the tag that loaded this script.
const script = document.currentScript

/** The sentence `name` (data-not-sent is notSent). */
export const word = (name) => (script && script.dataset[name]) || ""

/** Reads a sentence to those who listen to the page. */
export function announce(sentence) {
  const voice = document.getElementById("announcer")
  if (voice && sentence) voice.textContent = sentence
}

/** An element with text inside: `make("p", "meta", "Hello")`. */
export function make(tag, className, text) {
  const made = document.createElement(tag)
  if (className) made.className = className
  if (text) made.textContent = text
  return made
}
