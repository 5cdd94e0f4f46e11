// A sign of life while somebody uses the page: at most one a minute, and only on duty. It says that, not what was done.
const control = document.querySelector("[data-sign]")
let lastSent = 0

async function sign() {
  if (!control || control.dataset.onDuty !== "yes" || Date.now() - lastSent < 60_000) return
  lastSent = Date.now()
  const token = document.querySelector("#time-menu input[name=csrfmiddlewaretoken]")?.value
  try {
    await fetch(control.dataset.sign, { method: "POST", headers: { "X-CSRFToken": token } })
  } catch {
    lastSent = 0 // no network: the next movement tries again
  }
}

for (const kind of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"]) addEventListener(kind, sign, { passive: true })
