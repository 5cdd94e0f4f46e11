// Short messages. Good news leaves by itself, unless somebody is reading it; the rest stays until dismissed.
// From other modules: document.dispatchEvent(new CustomEvent("toast", {detail: {text, tone}})). From an answer to htmx:
// HX-Trigger: {"toast": {"text": "...", "tone": "good"}}.
const region = document.getElementById("toasts")
const template = document.getElementById("toast-template")
const STAYS_MS = 8000

function leaveLater(toast) {
  if (toast.dataset.tone === "bad" || toast.dataset.tone === "warn") return
  setTimeout(() => {
    if (toast.matches(":hover, :focus-within")) leaveLater(toast)
    else toast.remove()
  }, STAYS_MS)
}

function add({ text, tone = "info" }) {
  const toast = template.content.firstElementChild.cloneNode(true)
  toast.classList.replace("quiet", tone)
  toast.dataset.tone = tone
  toast.querySelector("p").textContent = text
  region.append(toast)
  leaveLater(toast)
}

document.addEventListener("toast", (event) => add(event.detail))
document.addEventListener("click", (event) => event.target.closest?.("[data-toast-close]")?.closest(".toast").remove())
for (const toast of region.children) leaveLater(toast)
