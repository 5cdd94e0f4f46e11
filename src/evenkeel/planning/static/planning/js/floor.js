// The live floor: says how fresh it is, asks nothing while nobody looks, and tells a screen reader only of what matters.
const pulse = document.querySelector("[data-pulse]")
const words = document.querySelector("[data-pulse-words]")
const announcer = document.getElementById("announcer")
const STALE_MS = 10_000
const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" })
let seenAt = new Date()
let told = document.getElementById("floor")?.dataset.alert ?? ""

const isFloor = (event) => event.detail.elt?.id === "floor"

function say() {
  const isStale = Date.now() - seenAt.getTime() > STALE_MS
  pulse.classList.toggle("is-stale", isStale)
  words.textContent = `${isStale ? pulse.dataset.stale : pulse.dataset.live} ${clock.format(seenAt)}`
}

document.addEventListener("htmx:beforeRequest", (event) => {
  if (isFloor(event) && document.visibilityState !== "visible") event.preventDefault()
})

document.addEventListener("htmx:afterRequest", (event) => {
  if (!isFloor(event) || !event.detail.successful) return
  seenAt = new Date()
  say()
})

// A lost connection shows as staleness; a toast every four seconds would help nobody.
for (const kind of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(kind, (event) => isFloor(event) && event.stopImmediatePropagation(), true)
}

document.addEventListener("htmx:afterSwap", () => {
  const alert = document.getElementById("floor")?.dataset.alert ?? ""
  if (alert && alert !== told) announcer.textContent = alert
  told = alert
})

setInterval(say, 1000)
say()
