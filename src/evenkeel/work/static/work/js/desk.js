// The desk. What is in hand lies in memory, so the next item is there at once; what was decided goes to the server one after
// the other and, when it cannot be reached, waits here under the same key until it can. Keys are the shell's: each button
// carries its data-key. Only Enter is ours, because it must not take a focused button's own Enter away.

import { decide, skip, undo } from "./desk_decide.js"
import "./desk_guideline.js"
import { fetchMore, renewIfNeeded } from "./desk_hand.js"
import { deliverLast, flush, isSending } from "./desk_outbox.js"
import { drawRecent, listen, recall, remember } from "./desk_recent.js"
import { post } from "./desk_server.js"
import { guards, next, rest, sheet } from "./desk_show.js"
import { $, desk, isTyping, notice, start, toast, words } from "./desk_state.js"
import { watch } from "./desk_watch.js"
import { fill } from "./options.js"
import { Sitting } from "./session.js"
import { lead } from "./tabs.js"

watch.onShow = () => desk.current
watch.woke = () => renewIfNeeded()

// ---------------------------------------------------------------- leaving

async function leave() {
  desk.isLeaving = true
  flush()
  while (isSending) await new Promise((done) => setTimeout(done, 50))
  if (desk.outbox.length) {
    desk.isLeaving = false
    return toast(words.unreachable_why, "warn")
  }
  // What is in hand is in the other tab's hands where that one works.
  if (desk.isLeading) await post(start.urls.return_all, {}, { keepalive: true }).catch(() => {})
  desk.known.clear()
  desk.current = null
  desk.hand.length = 0
  location.assign(start.urls.leave)
}

addEventListener("beforeunload", (event) => desk.outbox.length && event.preventDefault())
addEventListener("pagehide", () => {
  if (desk.isLeaving) return
  if (desk.outbox.length) {
    // Whoever leaves all the same: one last try for each, by the same keys.
    for (const task of desk.outbox) deliverLast(task)
  } else if (desk.isLeading && (desk.current || desk.hand.length)) post(start.urls.return_all, {}, { keepalive: true }).catch(() => {})
})
addEventListener("pageshow", (event) => event.persisted && location.reload())

// ---------------------------------------------------------------- what the page says

$("desk-form").addEventListener("submit", (event) => {
  event.preventDefault()
  event.stopPropagation()
  decide()
})
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return
  if (event.key === "Escape" && event.target.matches("#desk-fields textarea")) $("desk-item-title").focus({ preventScroll: true })
  if (event.key !== "Enter" || !desk.current || !(sheet.mayWait || desk.current.prelabel)) return
  const isInField = event.target.matches("#desk-fields textarea")
  if (isInField ? event.ctrlKey || event.metaKey || !event.shiftKey : !event.target.closest("a, button:not(.option, .desk-choice), input, textarea, select")) {
    event.preventDefault()
    decide()
  }
})
// Asked about or handed up beside the desk (desk_lanes.js): the item has left these hands.
document.addEventListener("desk:left", ({ detail }) => {
  if (!desk.current || desk.current.id !== detail.lease) return
  remember({ title: detail.title, tone: "info", itemKey: desk.current.item.key, standsAt: 0 })
  desk.current = null
  next({ said: detail.said })
})
$("desk-skip")?.addEventListener("click", skip)
$("desk-next-field").addEventListener("click", () => sheet.focusNext())
$("desk-leave").addEventListener("click", leave)
$("desk-look").addEventListener("click", () => {
  rest("fetching")
  fetchMore()
})
addEventListener("online", flush)
setInterval(drawRecent, 1000)
setInterval(renewIfNeeded, 15_000)
setInterval(() => !desk.current && desk.isLeading && document.visibilityState === "visible" && fetchMore(), 30_000)

listen({ undo, isUnsent: (made) => desk.outbox.includes(made) && made.tries > 0 })
recall(start.recent)
drawRecent()
rest("fetching")

const tabs = lead(`evenkeel-desk-${start.queue}`, {
  won() {
    desk.isLeading = true
    rest("fetching")
    fetchMore()
  },
  waits: () => rest("elsewhere"),
  // What is in hand stays hers: the other tab is given the same items. What was decided here is still sent from here.
  lost() {
    desk.isLeading = false
    watch.pause(desk.current)
    desk.current = null
    desk.hand.length = 0
    desk.known.clear()
    sheet.end()
    guards.end()
    $("desk-content").replaceChildren()
    rest("elsewhere")
  },
})
$("desk-take-over").addEventListener("click", () => tabs.takeOver())

const sitting = new Sitting({
  breakAfterMin: start.preference.break_after_min,
  lastMove: () => watch.lastMove,
  show: (time) => ($("desk-session").textContent = time),
  remind: (minutes) => $("desk-notice").hidden && notice(fill(words.take_a_break, { n: minutes }), words.later, () => {
    $("desk-notice").hidden = true
    sitting.noted()
  }),
})
