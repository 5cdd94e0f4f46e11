// The audit desk by keyboard: digits choose (data-key), Enter gives the verdict, Ctrl+Enter does so from anywhere.
const form = document.querySelector("[data-audit]")

if (form) {
  // Active time is time in which the page could be seen.
  let seen = 0
  let since = document.visibilityState === "visible" ? performance.now() : null
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") since = performance.now()
    else if (since !== null) {
      seen += performance.now() - since
      since = null
    }
  })
  form.addEventListener("submit", () => {
    form.elements.active_ms.value = Math.round(seen + (since === null ? 0 : performance.now() - since))
  })

  // A digit presses a label, which leaves the focus where it was; on the answer, Enter sends the form by itself.
  form.addEventListener("change", (event) => event.target.matches("input[type=radio]") && event.target.focus())
  // Wherever the focus is: after a digit it is often on nothing.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !document.querySelector("dialog[open]")) {
      event.preventDefault()
      form.requestSubmit()
    }
    if (event.key === "Escape" && event.target.matches("textarea")) event.target.blur()
  })
}
