// What was decided goes to the server one after the other and, when it cannot be reached, waits here under the same key
// until it can.

import { fetchMore, maySendAlong, sendAlong } from "./desk_hand.js"
import { drawRecent, forget } from "./desk_recent.js"
import { at, post, Refusal, renewToken } from "./desk_server.js"
import { next, showAgain } from "./desk_show.js"
import { $, asOwn, desk, drawCounts, notice, start, toast, words } from "./desk_state.js"
import { fill } from "./options.js"

export let isSending = false
let retryTimer = 0
let isCutOff = false

export function send(task) {
  desk.outbox.push(task)
  desk.sent += 1
  drawNet()
  flush()
}

export async function flush() {
  if (isSending) return
  isSending = true
  clearTimeout(retryTimer)
  while (desk.outbox.length) {
    const task = desk.outbox[0]
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
    desk.outbox.shift()
    drawNet()
  }
  isSending = false
  drawNet()
  drawRecent()
  if (!isCutOff && !desk.current && !desk.isLeaving) fetchMore()
}

async function deliver(task) {
  if (task.kind === "decide") {
    const made = await decided(task.lease.id, saidOf(task))
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
    desk.known.add(lease.id)
    if (task.again) Object.assign(task.again, { id: lease.id, expires_at: lease.expires_at })
    else {
      Object.assign(desk.forms, { [lease.form_version_id]: desk.forms[lease.form_version_id] ?? start.spec })
      showAgain(asOwn(lease))
    }
  }
}

async function decided(lease_id, said) {
  if (!maySendAlong()) return post(at(start.urls.decide, lease_id), said)
  const answer = await sendAlong((take) => post(start.urls.decide_each, { decisions: [{ ...said, lease_id }], take }))
  const [{ decision, problem }] = answer.results
  if (problem) throw new Refusal(problem.status, problem)
  return decision
}

// The server has answered, and the answer is no: say why, and put right what the page showed in advance.
function refused(task, error) {
  const fields = Object.values(error.fields).flat().join(" ")
  toast([error.message, fields].filter(Boolean).join(" "), "bad")
  if (task.kind === "decide") {
    if (!task.isBack) desk.decidedToday -= 1
    forget(task)
    const undoing = desk.outbox.findIndex((each) => each.kind === "take_back" && each.made === task)
    if (undoing > -1) drop(desk.outbox.splice(undoing, 1)[0].again)
    // An answer that does not fit can be given again; anything else is out of these hands.
    if (error.status === 422) showAgain(task.lease)
  } else if (task.kind === "take_back") {
    task.made.isBack = false
    desk.decidedToday += 1
    drop(task.again)
  }
  drawCounts()
}

function drop(lease) {
  const place = desk.hand.indexOf(lease)
  if (place > -1) desk.hand.splice(place, 1)
  const orphan = desk.outbox.findIndex((task) => task.kind === "decide" && task.lease === lease)
  if (orphan > -1) forget(desk.outbox.splice(orphan, 1)[0])
  if (desk.current === lease) {
    desk.current = null
    next()
  }
}

export function drawNet() {
  const n = desk.outbox.length
  const state = !n ? "saved" : isCutOff ? "offline" : "saving"
  const sentence = state === "offline" ? (n === 1 ? words.offline_one : fill(words.offline_many, { n })) : words[state]
  const net = $("desk-net")
  net.dataset.state = state
  // Said aloud only when it changes, and not for every item that is on its way.
  if (state !== "saving" && $("desk-net-words").textContent !== sentence) $("desk-net-words").textContent = sentence
}

export const isLoggedOut = (error) => error.status === 401 || (error.status === 403 && error.code !== "refused")

export function sayLoggedOut() {
  notice(words.logged_out, words.try_again, async () => {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html")
    const fresh = JSON.parse(page.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"]
    if (!page.getElementById("desk") || !fresh) return
    renewToken(fresh)
    $("desk-notice").hidden = true
    flush()
    if (!desk.current) fetchMore()
  })
}

export function deliverLast(task) {
  if (task.kind !== "decide" || !task.lease.id) return
  const said = saidOf(task)
  post(at(start.urls.decide, task.lease.id), said, { keepalive: true }).catch(() => {})
}

function saidOf(task) {
  const { answer, key: client_key, active_ms, shown_at, first_act_ms, submit_ms, media_acts, prelabel_seen } = task
  return { answer, client_key, active_ms, shown_at, first_act_ms, submit_ms, media_acts, prelabel_seen, client_build: start.build }
}

// What a suggestion says in the main field, as people read it.
function labelOf(answer, lease) {
  const spec = desk.forms[lease.form_version_id] ?? start.spec
  const said = answer[spec.main]?.violation ?? answer[spec.main]
  const main = spec.fields.find((field) => field.name === spec.main)
  return main.choices.find((choice) => choice.value === String(said))?.title ?? Object.keys(answer).join(", ")
}
