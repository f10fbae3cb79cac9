// The script of pages with exercises. Everything here is an addition: without it the same forms work as plain posts.
import { watchClocks } from "./clock.js"
import { arranging } from "./arrange.js"
import { codeFields, watchCode } from "./code.js"
import { drafts, watchDrafts } from "./drafts.js"
import { tryouts, watchRunning } from "./running.js"
import { onNewPiece, watchSending } from "./sending.js"
import { spots } from "./spots.js"

// Control and Enter send a long text as they send a program.
document.addEventListener("keydown", (event) => {
  const form = event.target.matches("textarea[data-keys]") && event.target.form
  if (!form || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return
  event.preventDefault()
  form.querySelector("button[type=submit]").click()
})
watchDrafts()
watchSending()
watchCode()
watchClocks()
watchRunning()
onNewPiece((piece) => {
  arranging(piece)
  spots(piece)
  drafts(piece)
  codeFields(piece)
  tryouts(piece)
})
