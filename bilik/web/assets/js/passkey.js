// Passkeys: asks the device for a credential and sends it with the form, as JSON in its field "credential".
// Forms: data-passkey="create" | "get" with data-options naming the element that holds the server's options,
// or data-passkey="sign-in", which fetches them from the form's own address.

const fromText = (text) => {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"))
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0)).buffer
}

const toText = (buffer) =>
  btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "")

// The server writes bytes as text; the browser wants bytes.
function withBytes(options) {
  const asked = Object.assign({}, options)
  asked.challenge = fromText(asked.challenge)
  if (asked.user) asked.user = Object.assign({}, asked.user, { id: fromText(asked.user.id) })
  for (const name of ["excludeCredentials", "allowCredentials"]) {
    if (asked[name]) asked[name] = asked[name].map((one) => Object.assign({}, one, { id: fromText(one.id) }))
  }
  return asked
}

function asJson(credential) {
  const answer = credential.response
  const response = { clientDataJSON: toText(answer.clientDataJSON) }
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (answer[name]) response[name] = toText(answer[name])
  }
  if (answer.getTransports) response.transports = answer.getTransports()
  return JSON.stringify({
    type: credential.type,
    id: credential.id,
    rawId: toText(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment || null,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  })
}

async function create(form) {
  const { publicKey } = JSON.parse(document.getElementById(form.dataset.options).textContent).creation_options
  const asked = withBytes(publicKey)
  const alone = form.elements.passwordless && form.elements.passwordless.checked
  asked.authenticatorSelection = Object.assign({}, asked.authenticatorSelection, {
    residentKey: alone ? "required" : "discouraged",
    requireResidentKey: Boolean(alone),
  }, alone ? { userVerification: "required" } : {})
  return navigator.credentials.create({ publicKey: asked })
}

async function get(form) {
  const { publicKey } = JSON.parse(document.getElementById(form.dataset.options).textContent).request_options
  return navigator.credentials.get({ publicKey: withBytes(publicKey) })
}

async function signIn(form) {
  const answer = await fetch(form.action, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } })
  if (!answer.ok) throw new Error(`${answer.status}`)
  const { publicKey } = (await answer.json()).request_options
  return navigator.credentials.get({ publicKey: withBytes(publicKey) })
}

const WAYS = { create, get, "sign-in": signIn }

function watch(form) {
  const button = form.querySelector("button[type=submit]")
  const missing = form.querySelector("[data-passkey-missing]")
  const failed = form.querySelector("[data-passkey-failed]")
  if (missing) missing.hidden = true
  button.disabled = button.hidden = false
  form.addEventListener("submit", async (event) => {
    event.preventDefault()
    failed.hidden = true
    button.disabled = true
    try {
      form.elements.credential.value = asJson(await WAYS[form.dataset.passkey](form))
      form.submit()
    } catch (error) {
      // Cancelled, timed out, or no key on this device: the browser does not say which, on purpose.
      failed.hidden = false
      button.disabled = false
    }
  })
}

if (window.PublicKeyCredential && navigator.credentials) {
  for (const form of document.querySelectorAll("form[data-passkey]")) watch(form)
}
