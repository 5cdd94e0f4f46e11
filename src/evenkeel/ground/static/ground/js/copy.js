// data-copy="text" on a button puts the text on the clipboard and says so.
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]")
  if (!button) return
  await navigator.clipboard.writeText(button.dataset.copy)
  document.dispatchEvent(new CustomEvent("toast", { detail: { text: document.body.dataset.copied, tone: "good" } }))
})
