// Theme and density change at once; the profile remembers them. Without script the form does the same by a page load.
document.addEventListener("submit", async (event) => {
  const form = event.target
  const button = event.submitter
  if (!form.matches("[data-theme-form]") || !button) return
  event.preventDefault()
  const before = document.documentElement.dataset[button.name]
  const paint = (value) => {
    document.documentElement.dataset[button.name] = value
    for (const other of form.querySelectorAll(`button[name="${button.name}"]`)) other.setAttribute("aria-pressed", other.value === value)
  }
  paint(button.value)
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form, button), redirect: "manual" }).catch(() => null)
  if (!answer || answer.status >= 400) {
    paint(before)
    document.dispatchEvent(new CustomEvent("toast", { detail: { text: form.dataset.failed, tone: "bad" } }))
  }
})
