// Deciding, skipping, and taking back.

import { drawNet, send } from "./desk_outbox.js"
import { canUndo, drawRecent, latest, remember } from "./desk_recent.js"
import { guards, next, sheet, showAgain } from "./desk_show.js"
import { $, desk, start, toast, words } from "./desk_state.js"
import { watch } from "./desk_watch.js"
import { fill } from "./options.js"

export function chosen() {
  if (!desk.current) return
  if (!sheet.waits) return decide()
  const fault = sheet.fault()
  if (fault) sheet.focus(fault.name)
}

export function decide() {
  if (!desk.current) return
  const wrong = sheet.fault()
  if (wrong) {
    sheet.focus(wrong.name)
    return fault(wrong.sentence)
  }
  watch.pause(desk.current)
  const choice = sheet.mainChoice
  const made = {
    kind: "decide",
    lease: desk.current,
    answer: sheet.value(),
    key: crypto.randomUUID?.() ?? randomKey(),
    active_ms: Math.round(desk.current.active_ms),
    ...timings(desk.current),
    prelabel_seen: Boolean(desk.current.prelabel || desk.current.knows),
    title: choice.title,
    tone: choice.tone,
    itemKey: desk.current.item.key,
    standsAt: performance.now() + start.undo_s * 1000,
    tries: 0,
  }
  desk.current.given = made.answer
  desk.decidedToday += 1
  desk.waiting -= 1
  remember(made)
  desk.current = null
  send(made)
  next({ said: fill(words.announce, { label: made.title }) })
}

// When it came on screen, how long until the first touch, how long until it was sent: by this machine's steady clock.
function timings(lease) {
  const now = performance.now()
  if (lease.shown === undefined) return {}
  const first = lease.touched === undefined ? null : Math.round(lease.touched - lease.shown)
  return { shown_at: new Date(Date.now() - (now - lease.shown)).toISOString(), first_act_ms: first, submit_ms: Math.round(now - lease.shown), media_acts: guards.told() }
}

for (const kind of ["keydown", "pointerdown"]) addEventListener(kind, () => desk.current && (desk.current.touched ??= performance.now()), { capture: true, passive: true })

// crypto.randomUUID is there on https and localhost only.
function randomKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("")
}

export function skip() {
  if (!desk.current?.id) return
  const skipped = { kind: "return", lease: desk.current, is_skip: true, tries: 0 }
  remember({ title: words.skip, tone: "quiet", itemKey: desk.current.item.key, standsAt: 0, isBack: false })
  desk.current = null
  send(skipped)
  next({ said: words.announce_skipped })
}

function fault(sentence) {
  $("desk-fault").textContent = sentence
  $("desk-fault").hidden = false
}

export function undo(made = latest()) {
  if (!made || !canUndo(made)) return toast(words.nothing_to_undo, "quiet")
  made.isBack = true
  desk.decidedToday -= 1
  desk.waiting += 1
  const unsent = desk.outbox.indexOf(made)
  if (unsent > -1 && made.tries === 0) {
    desk.outbox.splice(unsent, 1)
    showAgain(made.lease)
    drawNet()
  } else {
    // The lease comes with the answer; whatever is decided about the item meanwhile is sent after it.
    const again = made.lease ? { ...made.lease, id: null } : null
    send({ kind: "take_back", made, again, tries: 0 })
    if (again) showAgain(again)
  }
  drawRecent()
}
