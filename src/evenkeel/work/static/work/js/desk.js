// The desk. What is in hand lies in memory, so the next item is there at once; what was decided goes to the server one after
// the other and, when it cannot be reached, waits here under the same key until it can. Keys are the shell's: each button
// carries its data-key. Only Enter is ours, because it must not take a focused button's own Enter away.

import { AnswerSheet } from "./answers.js"
import "./desk_guideline.js"
import { canUndo, drawRecent, forget, latest, listen, recall, remember } from "./desk_recent.js"
import { at, post, Refusal, renewToken } from "./desk_server.js"
import { watch } from "./desk_watch.js"
import { Guards } from "./guards.js"
import { fill } from "./options.js"
import { Sitting } from "./session.js"
import { lead } from "./tabs.js"

const start = JSON.parse(document.getElementById("desk-start").textContent)
const words = JSON.parse(document.getElementById("desk-words").textContent)
const $ = (id) => document.getElementById(id)
const count = new Intl.NumberFormat(document.documentElement.lang)

const AHEAD = 2 // items whose media are loaded before they are shown
const hand = [] // leases that wait to be shown, in order
const outbox = [] // what the server does not know yet, in order
const known = new Set() // leases that this page has had, so that fetching again does not show one twice
const forms = { [start.form_version]: start.spec }
const schemas = { [start.form_version]: start.schema }
let shownForm = null // id of the form whose choices stand on the page
let current = null // the lease on show
let isFetching = false
let isLeaving = false
let sent = 0 // decisions and take-backs handed to the outbox
let isLeading = false // whether this tab of the queue is the one that works
let wasRefused = null // why the server hands nothing out
let decidedToday = Number($("desk-today").textContent.replace(/\D/g, ""))
let waiting = Number($("desk-waiting").textContent.replace(/\D/g, ""))

watch.onShow = () => current
watch.woke = () => renewIfNeeded()

// ---------------------------------------------------------------- fetching

async function fetchMore() {
  if (isFetching || isLeaving || !isLeading) return
  isFetching = true
  // The server counts at some moment between asking and answering: only if nothing was on its way then, its counts hold.
  const asked = outbox.length ? null : sent
  try {
    const batch = await post(start.urls.take)
    wasRefused = null
    Object.assign(forms, batch.forms)
    Object.assign(schemas, batch.schemas)
    for (const lease of batch.leases) {
      const mine = [current, ...hand].find((each) => each?.id === lease.id)
      if (mine) mine.expires_at = lease.expires_at
      else if (!known.has(lease.id)) hand.push(asOwn(lease))
    }
    if (asked === sent) [waiting, decidedToday] = [batch.waiting, batch.decided_today]
    if (batch.policy_version_id !== start.policy_version) notice(words.guideline_changed, words.read_it, () => outbox.length || location.reload())
    isFetching = false
    if (current) drawCounts()
    else next({ isFresh: true })
  } catch (error) {
    isFetching = false
    if (error instanceof Refusal) {
      wasRefused = error
      if (isLoggedOut(error)) return sayLoggedOut()
    }
    if (!current) rest(error instanceof Refusal ? "stopped" : "unreachable", error.message)
  }
}

function asOwn(lease) {
  known.add(lease.id)
  return { ...lease, active_ms: 0 }
}

async function renewIfNeeded() {
  const held = [current, ...hand].filter((lease) => lease?.id)
  const left = Math.min(...held.map((lease) => Date.parse(lease.expires_at) - Date.now()))
  const isHere = performance.now() - watch.lastMove < start.lease_s * 1000
  if (!held.length || left > start.lease_s * 500 || !isHere || isLeaving || !isLeading) return
  try {
    const renewed = (await post(start.urls.renew)).leases
    for (const lease of held) if (renewed[lease.id]) lease.expires_at = renewed[lease.id]
    const isGone = (lease) => lease.id && held.includes(lease) && !renewed[lease.id]
    hand.splice(0, hand.length, ...hand.filter((lease) => !isGone(lease)))
    if (current && isGone(current)) {
      toast(words.gone, "warn")
      current = null
      next()
    }
  } catch {
    // The next tick tries again; deciding on a lapsed lease is the server's to judge.
  }
}

// ---------------------------------------------------------------- showing

function next({ said = "", isBack = false, isFresh = false } = {}) {
  watch.pause(current)
  // An answer that was refused after another tab took over is asked for again there.
  if (!isLeading) hand.length = 0
  current = hand.shift() ?? null
  sheet.end()
  guards.end()
  $("desk-content").replaceChildren()
  document.dispatchEvent(new CustomEvent("desk:item", { detail: current && { lease: current.id, item: current.item.id } }))
  if (!isFresh && hand.length < Math.max(2, start.batch_size / 2)) fetchMore()
  if (!current) return !isLeading ? rest("elsewhere") : isFetching ? rest("fetching") : wasRefused ? rest("stopped", wasRefused.message) : rest("empty")
  $("desk-rest").hidden = true
  $("desk-item").hidden = $("desk-form").hidden = false
  $("desk-key").textContent = current.item.key
  $("desk-language").textContent = current.item.language
  $("desk-language").hidden = !current.item.language
  $("desk-again").hidden = !isBack
  const content = $("desk-content")
  content.replaceChildren(...ready(current).childNodes)
  current.node = null
  current.shown ??= performance.now()
  guards.begin()
  content.scrollTop = 0
  scrollTo({ top: 0 }) // where the page scrolls and not the item
  content.classList.remove("is-new")
  void content.offsetWidth // starts the animation anew
  content.classList.add("is-new")
  drawForm(current.form_version_id, content, isBack ? current.given : current.prelabel?.answer)
  $("desk-suggested").hidden = !current.prelabel
  $("desk-suggested-by").textContent = current.prelabel?.model ?? ""
  content.querySelector(".turn-judged")?.scrollIntoView({ block: "nearest" })
  $("desk-fault").hidden = true
  drawCounts()
  announce(said ? fill(said, { key: current.item.key }) : fill(words.announce_first, { key: current.item.key }))
  if (!isTyping()) $("desk-item-title").focus({ preventScroll: true })
  watch.resume()
  for (const lease of hand.slice(0, AHEAD)) ready(lease)
}

// The item as elements: built for the next ones as well, so that their pictures are there before they are shown.
function ready(lease) {
  if (!lease.node) {
    lease.node = document.createElement("div")
    lease.node.innerHTML = lease.html // safe: our own kinds made it, and escape what came from outside
    for (const picture of lease.node.querySelectorAll("img")) picture.decode().catch(() => {})
  }
  return lease.node
}

function rest(state, why = "") {
  const titles = { fetching: words.fetching, empty: words.empty, stopped: words.stopped, unreachable: words.unreachable, elsewhere: words.elsewhere }
  const reasons = { empty: words.empty_why, stopped: why, unreachable: words.unreachable_why, elsewhere: words.elsewhere_why }
  $("desk-item").hidden = $("desk-form").hidden = true
  $("desk-rest").hidden = false
  $("desk-rest").dataset.state = state
  $("desk-rest-title").textContent = titles[state]
  $("desk-rest-words").textContent = reasons[state] ?? ""
  $("desk-rest-acts").hidden = state === "fetching"
  $("desk-take-over").hidden = state !== "elsewhere"
  $("desk-look").hidden = state === "elsewhere"
  drawCounts()
  if (state !== "fetching") {
    announce(titles[state])
    if (!isTyping()) $("desk-rest-title").focus({ preventScroll: true })
  }
}

function drawCounts() {
  $("desk-today").textContent = count.format(decidedToday)
  $("desk-waiting").textContent = count.format(Math.max(0, waiting))
}

const guards = new Guards({ content: $("desk-content"), bar: $("desk-guards"), state: start.guards, words, save: saveGuards })

let preference = start.preference

async function saveGuards(change) {
  preference = { ...preference, ...change }
  // The next item stands behind the same guards either way; only another device would not know yet.
  await post(start.urls.preference, preference, { method: "PUT" }).catch(() => {})
}

const sheet = new AnswerSheet({ choices: $("desk-choices"), fields: $("desk-fields"), words, modules: start.modules, chosen, changed: drawAnswer })

function drawForm(id, content, given) {
  if (shownForm !== id) {
    shownForm = id
    $("desk-question").textContent = forms[id].question
    sheet.draw(forms[id], schemas[id])
    $("desk-next-field").hidden = !sheet.controls.size
  }
  sheet.begin(content, given)
}

function drawAnswer() {
  // What was suggested is confirmed by Enter, where else a choice alone would decide.
  $("desk-submit").hidden = !sheet.mayWait && !current?.prelabel
  $("desk-fault").hidden = true
}

// ---------------------------------------------------------------- deciding

function chosen() {
  if (!current) return
  if (!sheet.waits) return decide()
  const fault = sheet.fault()
  if (fault) sheet.focus(fault.name)
}

function decide() {
  if (!current) return
  const wrong = sheet.fault()
  if (wrong) {
    sheet.focus(wrong.name)
    return fault(wrong.sentence)
  }
  watch.pause(current)
  const choice = sheet.mainChoice
  const made = {
    kind: "decide",
    lease: current,
    answer: sheet.value(),
    key: crypto.randomUUID?.() ?? randomKey(),
    active_ms: Math.round(current.active_ms),
    ...timings(current),
    prelabel_seen: Boolean(current.prelabel || current.knows),
    title: choice.title,
    tone: choice.tone,
    itemKey: current.item.key,
    standsAt: performance.now() + start.undo_s * 1000,
    tries: 0,
  }
  current.given = made.answer
  decidedToday += 1
  waiting -= 1
  remember(made)
  current = null
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

function saidOf(task) {
  const { answer, key: client_key, active_ms, shown_at, first_act_ms, submit_ms, media_acts, prelabel_seen } = task
  return { answer, client_key, active_ms, shown_at, first_act_ms, submit_ms, media_acts, prelabel_seen, client_build: start.build }
}

for (const kind of ["keydown", "pointerdown"]) addEventListener(kind, () => current && (current.touched ??= performance.now()), { capture: true, passive: true })

// crypto.randomUUID is there on https and localhost only.
function randomKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("")
}

function skip() {
  if (!current?.id) return
  const skipped = { kind: "return", lease: current, is_skip: true, tries: 0 }
  remember({ title: words.skip, tone: "quiet", itemKey: current.item.key, standsAt: 0, isBack: false })
  current = null
  send(skipped)
  next({ said: words.announce_skipped })
}

function fault(sentence) {
  $("desk-fault").textContent = sentence
  $("desk-fault").hidden = false
}

// ---------------------------------------------------------------- undo

function undo(made = latest()) {
  if (!made || !canUndo(made)) return toast(words.nothing_to_undo, "quiet")
  made.isBack = true
  decidedToday -= 1
  waiting += 1
  const unsent = outbox.indexOf(made)
  if (unsent > -1 && made.tries === 0) {
    outbox.splice(unsent, 1)
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

function showAgain(lease) {
  if (current) {
    watch.pause(current)
    hand.unshift(current)
  }
  hand.unshift(lease)
  current = null
  next({ said: words.announce_again, isBack: true })
}

// What a suggestion says in the main field, as people read it.
function labelOf(answer, lease) {
  const spec = forms[lease.form_version_id] ?? start.spec
  const said = answer[spec.main]?.violation ?? answer[spec.main]
  const main = spec.fields.find((field) => field.name === spec.main)
  return main.choices.find((choice) => choice.value === String(said))?.title ?? Object.keys(answer).join(", ")
}

// ---------------------------------------------------------------- the outbox

let isSending = false
let retryTimer = 0
let isCutOff = false

function send(task) {
  outbox.push(task)
  sent += 1
  drawNet()
  flush()
}

async function flush() {
  if (isSending) return
  isSending = true
  clearTimeout(retryTimer)
  while (outbox.length) {
    const task = outbox[0]
    task.tries += 1
    try {
      await deliver(task)
      isCutOff = false
    } catch (error) {
      if (error instanceof Refusal && !isLoggedOut(error)) {
        refused(task, error)
        isCutOff = false
      } else {
        isCutOff = true
        if (error instanceof Refusal) sayLoggedOut()
        // 1, 2, 4 ... 15 seconds; the browser's own "online" comes sooner.
        retryTimer = setTimeout(flush, Math.min(15_000, 500 * 2 ** Math.min(task.tries, 5)))
        break
      }
    }
    outbox.shift()
    drawNet()
  }
  isSending = false
  drawNet()
  drawRecent()
  if (!isCutOff && !current && !isLeaving) fetchMore()
}

async function deliver(task) {
  if (task.kind === "decide") {
    const said = saidOf(task)
    const made = await post(at(start.urls.decide, task.lease.id), said)
    task.id = made.id
    if (made.prelabel) {
      // Shown once answered: whoever takes her answer back decides again with it in mind, and that is noted.
      task.lease.knows = true
      task.suggested = made.prelabel_followed ? words.suggested_same : fill(words.suggested_other, { label: labelOf(made.prelabel.answer, task.lease) })
    }
  } else if (task.kind === "return") {
    await post(at(start.urls.return_one, task.lease.id), { is_skip: task.is_skip })
  } else {
    const lease = await post(at(start.urls.take_back, task.made.id))
    known.add(lease.id)
    if (task.again) Object.assign(task.again, { id: lease.id, expires_at: lease.expires_at })
    else {
      Object.assign(forms, { [lease.form_version_id]: forms[lease.form_version_id] ?? start.spec })
      showAgain(asOwn(lease))
    }
  }
}

// The server has answered, and the answer is no: say why, and put right what the page showed in advance.
function refused(task, error) {
  const fields = Object.values(error.fields).flat().join(" ")
  toast([error.message, fields].filter(Boolean).join(" "), "bad")
  if (task.kind === "decide") {
    if (!task.isBack) decidedToday -= 1
    forget(task)
    const undoing = outbox.findIndex((each) => each.kind === "take_back" && each.made === task)
    if (undoing > -1) drop(outbox.splice(undoing, 1)[0].again)
    // An answer that does not fit can be given again; anything else is out of these hands.
    if (error.status === 422) showAgain(task.lease)
  } else if (task.kind === "take_back") {
    task.made.isBack = false
    decidedToday += 1
    drop(task.again)
  }
  drawCounts()
}

function drop(lease) {
  const place = hand.indexOf(lease)
  if (place > -1) hand.splice(place, 1)
  const orphan = outbox.findIndex((task) => task.kind === "decide" && task.lease === lease)
  if (orphan > -1) forget(outbox.splice(orphan, 1)[0])
  if (current === lease) {
    current = null
    next()
  }
}

function drawNet() {
  const n = outbox.length
  const state = !n ? "saved" : isCutOff ? "offline" : "saving"
  const sentence = state === "offline" ? (n === 1 ? words.offline_one : fill(words.offline_many, { n })) : words[state]
  const net = $("desk-net")
  net.dataset.state = state
  // Said aloud only when it changes, and not for every item that is on its way.
  if (state !== "saving" && $("desk-net-words").textContent !== sentence) $("desk-net-words").textContent = sentence
}

const isLoggedOut = (error) => error.status === 401 || (error.status === 403 && error.code !== "refused")

function sayLoggedOut() {
  notice(words.logged_out, words.try_again, async () => {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html")
    const fresh = JSON.parse(page.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"]
    if (!page.getElementById("desk") || !fresh) return
    renewToken(fresh)
    $("desk-notice").hidden = true
    flush()
    if (!current) fetchMore()
  })
}

// ---------------------------------------------------------------- leaving

async function leave() {
  isLeaving = true
  flush()
  while (isSending) await new Promise((done) => setTimeout(done, 50))
  if (outbox.length) {
    isLeaving = false
    return toast(words.unreachable_why, "warn")
  }
  // What is in hand is in the other tab's hands where that one works.
  if (isLeading) await post(start.urls.return_all, {}, { keepalive: true }).catch(() => {})
  known.clear()
  current = null
  hand.length = 0
  location.assign(start.urls.leave)
}

addEventListener("beforeunload", (event) => outbox.length && event.preventDefault())
addEventListener("pagehide", () => {
  if (isLeaving) return
  if (outbox.length) {
    // Whoever leaves all the same: one last try for each, by the same keys.
    for (const task of outbox) deliverLast(task)
  } else if (isLeading && (current || hand.length)) post(start.urls.return_all, {}, { keepalive: true }).catch(() => {})
})
addEventListener("pageshow", (event) => event.persisted && location.reload())

function deliverLast(task) {
  if (task.kind !== "decide" || !task.lease.id) return
  const said = saidOf(task)
  post(at(start.urls.decide, task.lease.id), said, { keepalive: true }).catch(() => {})
}

// ---------------------------------------------------------------- small things

const isTyping = () => document.activeElement?.matches("input, textarea") ?? false
const toast = (text, tone) => document.dispatchEvent(new CustomEvent("toast", { detail: { text, tone } }))
const announce = (sentence) => ($("desk-said").textContent = sentence)

function notice(sentence, label, act) {
  $("desk-notice-words").textContent = sentence
  $("desk-notice-act").textContent = label
  $("desk-notice-act").onclick = act
  $("desk-notice").hidden = false
}

$("desk-form").addEventListener("submit", (event) => {
  event.preventDefault()
  event.stopPropagation()
  decide()
})
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return
  if (event.key === "Escape" && event.target.matches("#desk-fields textarea")) $("desk-item-title").focus({ preventScroll: true })
  if (event.key !== "Enter" || !current || !(sheet.mayWait || current.prelabel)) return
  const isInField = event.target.matches("#desk-fields textarea")
  if (isInField ? event.ctrlKey || event.metaKey || !event.shiftKey : !event.target.closest("a, button:not(.option, .desk-choice), input, textarea, select")) {
    event.preventDefault()
    decide()
  }
})
// Asked about or handed up beside the desk (desk_lanes.js): the item has left these hands.
document.addEventListener("desk:left", ({ detail }) => {
  if (!current || current.id !== detail.lease) return
  remember({ title: detail.title, tone: "info", itemKey: current.item.key, standsAt: 0 })
  current = null
  next({ said: detail.said })
})
$("desk-skip").addEventListener("click", skip)
$("desk-next-field").addEventListener("click", () => sheet.focusNext())
$("desk-leave").addEventListener("click", leave)
$("desk-look").addEventListener("click", () => {
  rest("fetching")
  fetchMore()
})
addEventListener("online", flush)
setInterval(drawRecent, 1000)
setInterval(renewIfNeeded, 15_000)
setInterval(() => !current && isLeading && document.visibilityState === "visible" && fetchMore(), 30_000)

listen({ undo, isUnsent: (made) => outbox.includes(made) && made.tries > 0 })
recall(start.recent)
drawRecent()
rest("fetching")

const tabs = lead(`evenkeel-desk-${start.queue}`, {
  won() {
    isLeading = true
    rest("fetching")
    fetchMore()
  },
  waits: () => rest("elsewhere"),
  // What is in hand stays hers: the other tab is given the same items. What was decided here is still sent from here.
  lost() {
    isLeading = false
    watch.pause(current)
    current = null
    hand.length = 0
    known.clear()
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
