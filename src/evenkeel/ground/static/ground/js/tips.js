// One tip for the page: shows the data-tip of whatever is hovered or has the focus. Esc closes it, the pointer may enter it.
const tip = document.createElement("div")
tip.className = "tip"
tip.popover = "manual"
tip.setAttribute("aria-hidden", "true") // the words stand in the element itself for screen readers
document.body.append(tip)

let owner = null
let timer = 0

function show(target) {
  clearTimeout(timer)
  owner = target
  tip.textContent = target.dataset.tip
  // A tip of something in a dialog must lie in the top layer above it, so it is shown anew each time.
  if (tip.matches(":popover-open")) tip.hidePopover()
  tip.showPopover()
  const at = target.getBoundingClientRect()
  const own = tip.getBoundingClientRect()
  const above = at.top - own.height - 6
  tip.style.top = `${above > 4 ? above : Math.min(at.bottom + 6, innerHeight - own.height - 4)}px`
  tip.style.left = `${Math.max(4, Math.min(at.left + at.width / 2 - own.width / 2, innerWidth - own.width - 4))}px`
}

function hide() {
  clearTimeout(timer)
  owner = null
  if (tip.matches(":popover-open")) tip.hidePopover()
}

function later(action, wait) {
  clearTimeout(timer)
  timer = setTimeout(action, wait)
}

const tipped = (event) => event.target instanceof Element && event.target.closest("[data-tip]")

document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return
  if (tip.contains(event.target)) return clearTimeout(timer)
  const target = tipped(event)
  if (target && target !== owner) later(() => target.isConnected && show(target), owner ? 0 : 250)
  else if (!target && owner && !owner.matches(":focus-visible")) later(hide, 120)
  else if (!target) clearTimeout(timer)
})
document.addEventListener("focusin", (event) => {
  const target = tipped(event)
  if (target && target.matches(":focus-visible")) show(target)
})
document.addEventListener("focusout", (event) => owner && owner === tipped(event) && hide())
document.addEventListener("click", (event) => {
  const target = tipped(event)
  if (target?.matches("button.term, button.estimate, button.head-help")) owner === target ? hide() : show(target)
  else hide()
})
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && owner) {
    hide()
    event.stopPropagation()
  }
}, true)
document.addEventListener("scroll", () => owner && !owner.isConnected ? hide() : owner && show(owner), { capture: true, passive: true })
document.addEventListener("htmx:beforeSwap", hide)
