// Drop-downs are popovers, so opening and closing is the browser's. Here: arrow keys inside them, and their place in browsers
// without CSS anchors.
const anchored = CSS.supports("position-area: block-end")

document.addEventListener("toggle", (event) => {
  const panel = event.target
  if (anchored || event.newState !== "open" || !panel.matches?.(".menu-panel")) return
  const at = document.querySelector(`[popovertarget="${CSS.escape(panel.id)}"]`).getBoundingClientRect()
  const fitsBelow = at.bottom + panel.offsetHeight + 8 < innerHeight
  panel.style.top = `${fitsBelow ? at.bottom : Math.max(4, at.top - panel.offsetHeight - 8)}px`
  panel.style.left = `${Math.max(4, Math.min(at.right - panel.offsetWidth, innerWidth - panel.offsetWidth - 4))}px`
}, true)

document.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return
  const opener = event.target.closest?.("[popovertarget]")
  const panel = event.target.closest?.(".menu-panel") ?? (opener && document.getElementById(opener.getAttribute("popovertarget")))
  if (!panel?.matches(".menu-panel") || event.target.matches("input, select, textarea")) return
  event.preventDefault()
  if (!panel.matches(":popover-open")) panel.showPopover({ source: opener })
  const items = [...panel.querySelectorAll("a[href], button:not(:disabled), input:not([type=hidden])")]
  const step = event.key === "ArrowDown" ? 1 : -1
  const from = items.indexOf(document.activeElement)
  items[from === -1 ? (step === 1 ? 0 : items.length - 1) : (from + step + items.length) % items.length]?.focus()
})
