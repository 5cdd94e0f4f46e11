// Passkeys and keys: asks the browser for one and sends its answer with the form. `data-passkey` says what for: "add",
// "use" (somebody known), "log-in" (whoever the key belongs to). webauthnJSON is allauth's and stands before this module.
const said = (text) => document.dispatchEvent(new CustomEvent("toast", { detail: { text, tone: "bad" } }))

async function create(form) {
  const options = JSON.parse(document.getElementById("passkey-data").textContent).creation_options
  const alone = form.elements.passwordless?.checked ?? false
  const selection = options.publicKey.authenticatorSelection
  selection.residentKey = alone ? "required" : "discouraged"
  selection.requireResidentKey = alone
  if (alone) selection.userVerification = "required"
  return webauthnJSON.create(options)
}

async function use() {
  return webauthnJSON.get(JSON.parse(document.getElementById("passkey-data").textContent).request_options)
}

async function logIn(form) {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } })
  if (!answer.ok) throw new Error(answer.statusText)
  return webauthnJSON.get((await answer.json()).request_options)
}

const ways = { add: create, use, "log-in": logIn }

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.querySelector("button[type=button]").addEventListener("click", async (event) => {
    const button = event.currentTarget
    button.disabled = true
    try {
      form.elements.credential.value = JSON.stringify(await ways[form.dataset.passkey](form))
      form.submit()
    } catch {
      // Cancelled, timed out, or not this key: the browser does not tell which, by design.
      said(form.dataset.failed)
      button.disabled = false
    }
  })
}
