// How long this sitting lasts, and when a break is due. Only moments are kept, in this tab, and nothing of any item.

const KEY = "evenkeel.desk.sitting"
const PAUSE_MS = 5 * 60_000

export class Sitting {
  constructor({ show, remind, breakAfterMin, lastMove }) {
    Object.assign(this, { show, remind, breakAfterMin, lastMove })
    const now = Date.now()
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null")
    this.state = kept && now - kept.seenAt < PAUSE_MS ? kept : { since: now, workingSince: now, seenAt: now }
    this.tick()
    setInterval(() => this.tick(), 10_000)
  }

  tick() {
    const now = Date.now()
    const quiet = performance.now() - this.lastMove()
    // Whoever was away has had her break.
    if (quiet >= PAUSE_MS) this.state.workingSince = now
    this.state.seenAt = now
    sessionStorage.setItem(KEY, JSON.stringify(this.state))
    const minutes = Math.floor((now - this.state.since) / 60_000)
    this.show(`${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`)
    const working = Math.floor((now - this.state.workingSince) / 60_000)
    if (working >= this.breakAfterMin) this.remind(working)
  }

  // Told once; again when as much time has passed.
  noted() {
    this.state.workingSince = Date.now()
    this.tick()
  }
}
