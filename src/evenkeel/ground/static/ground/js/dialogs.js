// Opens and closes <dialog> where the browser does not know `command` yet, and closes on a click beside it.
const knowsCommands = "commandForElement" in HTMLButtonElement.prototype
const knowsClosedBy = "closedBy" in HTMLDialogElement.prototype

document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-dialog-open]")
  if (opener && !(knowsCommands && opener.hasAttribute("commandfor"))) {
    opener.closest("[popover]")?.hidePopover()
    const dialog = document.getElementById(opener.dataset.dialogOpen)
    if (!dialog?.open) dialog?.showModal()
  }
  event.target.closest?.("[data-dialog-close]")?.closest("dialog")?.close()
  if (!knowsClosedBy && event.target instanceof HTMLDialogElement && event.target.open) event.target.close()
})

// A form with errors comes back inside its dialog: open it again.
function reopen(root) {
  for (const wrong of root.querySelectorAll?.("dialog .field-error, dialog .note.bad[role=alert]") ?? []) {
    const dialog = wrong.closest("dialog")
    if (!dialog.open) dialog.showModal()
  }
  root.querySelector?.("[data-focus]")?.focus()
}
reopen(document)
document.addEventListener("htmx:load", (event) => reopen(event.detail.elt))
