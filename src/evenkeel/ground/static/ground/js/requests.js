// What happens around a request: ask first (data-confirm), do not send twice, say what went wrong.
const dialog = document.getElementById("confirm")
const said = (text) => document.dispatchEvent(new CustomEvent("toast", { detail: { text, tone: "bad" } }))

function ask(sentence) {
  dialog.querySelector("[data-confirm-text]").textContent = sentence
  dialog.returnValue = ""
  dialog.showModal()
  return new Promise((answer) => dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"), { once: true }))
}

document.addEventListener("submit", async (event) => {
  const form = event.target
  if (!form.dataset.confirm || form.hasAttribute("hx-post") || form.dataset.confirmed) return
  event.preventDefault()
  event.stopImmediatePropagation()
  const button = event.submitter
  if (!(await ask(form.dataset.confirm))) return
  form.dataset.confirmed = "yes"
  form.requestSubmit(button)
  delete form.dataset.confirmed
}, true)

document.addEventListener("htmx:confirm", (event) => {
  const sentence = event.detail.elt.dataset.confirm || event.detail.question
  if (!sentence) return
  event.preventDefault()
  ask(sentence).then((yes) => yes && event.detail.issueRequest(true))
})

// A second press while the first is on its way would decide twice.
document.addEventListener("submit", (event) => {
  const form = event.target
  if (event.defaultPrevented || form.method === "dialog" || form.method === "get" || form.closest("[hx-post], [hx-boost]")) return
  if (form.dataset.sent) return event.preventDefault()
  form.dataset.sent = "yes"
  setTimeout(() => delete form.dataset.sent, 5000) // an answer that is a file leaves the page as it is
})
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent))

document.addEventListener("htmx:responseError", (event) => {
  const answer = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html")
  said(answer.querySelector("[data-problem]")?.textContent.trim() || `${event.detail.xhr.status} ${event.detail.xhr.statusText}`)
})
document.addEventListener("htmx:sendError", () => said(document.body.dataset.offline))
