// htmx, set up for weak links and a strict policy: no eval, no inline styles, and a sentence instead of silence.
import htmx from "htmx.org"
import { sending } from "./drafts.js"
import { announce, make, word } from "./words.js"

// At 64 kbit/s with 800 ms there and back an answer may take this long and still arrive.
const PATIENCE = 45000

Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyEnabled: false,
  historyCacheSize: 0,
  timeout: PATIENCE,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "[45]..", swap: true, error: true },
  ],
})

const isWholePage = (text) => /^\s*<(!doctype|html)/i.test(text)
const isTrouble = (text) => /^\s*<[^>]*\sdata-trouble/.test(text)

function clearTrouble(form) {
  for (const old of Array.from(form.parentNode ? form.parentNode.children : [])) {
    if (old.hasAttribute("data-trouble")) old.remove()
  }
}

/** Puts a notice after the form and leaves the form, with everything in it, as it is. */
function showTrouble(form, notice) {
  clearTrouble(form)
  form.after(notice)
  announce(notice.textContent.trim())
}

function notSent(element) {
  const form = element && element.closest("form")
  if (!form) return // A poll that failed asks again by itself.
  const notice = make("div", "notice bad")
  notice.setAttribute("data-trouble", "")
  notice.append(make("p", "", word("notSent")))
  showTrouble(form, notice)
}

function parsed(text) {
  return new DOMParser().parseFromString(text, "text/html").body.firstElementChild
}

function beforeSwap(event) {
  const { xhr, serverResponse, requestConfig } = event.detail
  const asker = requestConfig.elt
  if (isWholePage(serverResponse)) {
    event.detail.shouldSwap = false
    // A whole page with a good status is where a redirect led, usually to the sign-in page: go there.
    if (xhr.status < 400) location.assign(xhr.responseURL || location.href)
    else notSent(asker)
  } else if (isTrouble(serverResponse)) {
    event.detail.shouldSwap = false
    const form = asker.closest("form")
    if (form) showTrouble(form, parsed(serverResponse))
  }
}

function afterSettle(event) {
  const piece = event.target
  const spoken = piece.matches("[data-announce]") ? piece : piece.querySelector("[data-announce]")
  if (spoken) announce(spoken.dataset.announce || spoken.textContent.trim().replace(/\s+/g, " "))
  const first = piece.matches("[data-focus]") ? piece : piece.querySelector("[data-focus]")
  if (first) first.focus()
}

export function watchSending() {
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.detail.elt.closest("form")
    if (!form) return
    clearTrouble(form)
    sending(form)
  })
  document.addEventListener("htmx:beforeSwap", beforeSwap)
  document.addEventListener("htmx:afterSettle", afterSettle)
  document.addEventListener("htmx:sendError", (event) => notSent(event.detail.elt))
  document.addEventListener("htmx:timeout", (event) => notSent(event.detail.elt))
}

/** Calls `work` for the page and for every piece that comes into it later. */
export const onNewPiece = (work) => htmx.onLoad(work)
/** Calls `work` for every element that is taken out of the page. */
export const onGone = (work) => document.addEventListener("htmx:beforeCleanupElement", (event) => work(event.target))
