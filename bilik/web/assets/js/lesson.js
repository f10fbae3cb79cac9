// The script of pages with exercises. Everything here is an addition: without it the same forms work as plain posts.
import { watchClocks } from "./clock.js"
import { codeFields, watchCode } from "./code.js"
import { drafts, watchDrafts } from "./drafts.js"
import { onNewPiece, watchSending } from "./sending.js"

watchDrafts()
watchSending()
watchCode()
watchClocks()
onNewPiece((piece) => {
  drafts(piece)
  codeFields(piece)
})
