// data-print on a button prints the page; the menu that it lies in is closed first, or it would be in the way.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-print]")
  if (!button) return
  button.closest("[popover]")?.hidePopover()
  print()
})
