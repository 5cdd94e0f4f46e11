// Active time on the item on show.

// Counts while the page is seen and somebody moves: a coffee is not handling time.
const IDLE_MS = 60_000
export const watch = {
  onShow: () => null, // the lease on show, as the desk tells
  woke: () => {}, // called when the page is seen again
  lastMove: performance.now(),
  resumedAt: null,
  resume() {
    this.lastMove = performance.now()
    if (document.visibilityState === "visible") this.resumedAt ??= this.lastMove
  },
  pause(lease) {
    if (lease && this.resumedAt !== null) {
      lease.active_ms += Math.max(0, Math.min(performance.now(), this.lastMove + IDLE_MS) - this.resumedAt)
    }
    this.resumedAt = null
  },
  moved() {
    const isBack = performance.now() - this.lastMove > IDLE_MS
    if (isBack) this.pause(this.onShow())
    this.lastMove = performance.now()
    if (isBack || this.resumedAt === null) this.resume()
  },
}
for (const kind of ["keydown", "pointerdown", "pointermove", "wheel", "touchmove"]) addEventListener(kind, () => watch.moved(), { passive: true })
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") {
    watch.resume()
    watch.woke()
  } else watch.pause(watch.onShow())
})
