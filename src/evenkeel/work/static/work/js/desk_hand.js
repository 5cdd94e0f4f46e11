// What is in hand: fetched before it is needed, and kept while somebody is there.

import { post, Refusal } from "./desk_server.js"
import { isLoggedOut, sayLoggedOut } from "./desk_outbox.js"
import { next, rest } from "./desk_show.js"
import { asOwn, desk, drawCounts, notice, start, toast, words } from "./desk_state.js"
import { watch } from "./desk_watch.js"

const mayFetch = () => !desk.isFetching && !desk.isLeaving && desk.isLeading

// Fewer than this many behind the item on show, and more is fetched.
export const runsLow = (left) => left < Math.max(2, start.batch_size / 2)

// The server counts at some moment between asking and answering: only if nothing else was on its way then, its counts hold.
const countsHold = (own) => (desk.outbox.length > own ? null : desk.sent)

export async function fetchMore() {
  if (!mayFetch()) return
  desk.isFetching = true
  const asked = countsHold(0)
  try {
    received(await post(start.urls.take), asked)
  } catch (error) {
    notReceived(error)
  }
}

// Whether what is sent now had better bring the next ones along: one request in place of two.
export const maySendAlong = () => mayFetch() && runsLow(desk.hand.length - (desk.current ? 0 : 1))

// Sends a decision by `ask` and takes what is handed out with the answer.
export async function sendAlong(ask) {
  desk.isFetching = true
  const asked = countsHold(1)
  let answer
  try {
    answer = await ask({ queue_id: start.queue })
  } catch (error) {
    notReceived(error)
    throw error
  }
  if (answer.batch) received(answer.batch, asked)
  else notReceived(new Refusal(answer.not_taken.status, answer.not_taken))
  return answer
}

function received(batch, asked) {
  desk.wasRefused = null
  Object.assign(desk.forms, batch.forms)
  Object.assign(desk.schemas, batch.schemas)
  for (const lease of batch.leases) {
    const mine = [desk.current, ...desk.hand].find((each) => each?.id === lease.id)
    if (mine) mine.expires_at = lease.expires_at
    else if (!desk.known.has(lease.id)) desk.hand.push(asOwn(lease))
  }
  if (asked === desk.sent) [desk.waiting, desk.decidedToday] = [batch.waiting, batch.decided_today]
  if (batch.policy_version_id !== start.policy_version) notice(words.guideline_changed, words.read_it, () => desk.outbox.length || location.reload())
  desk.isFetching = false
  if (desk.current) drawCounts()
  else next({ isFresh: true })
}

function notReceived(error) {
  desk.isFetching = false
  if (error instanceof Refusal) {
    desk.wasRefused = error
    if (isLoggedOut(error)) return sayLoggedOut()
  }
  if (!desk.current) rest(error instanceof Refusal ? "stopped" : "unreachable", error.message)
}

export async function renewIfNeeded() {
  const held = [desk.current, ...desk.hand].filter((lease) => lease?.id)
  const left = Math.min(...held.map((lease) => Date.parse(lease.expires_at) - Date.now()))
  const isHere = performance.now() - watch.lastMove < start.lease_s * 1000
  if (!held.length || left > start.lease_s * 500 || !isHere || desk.isLeaving || !desk.isLeading) return
  try {
    const renewed = (await post(start.urls.renew)).leases
    for (const lease of held) if (renewed[lease.id]) lease.expires_at = renewed[lease.id]
    const isGone = (lease) => lease.id && held.includes(lease) && !renewed[lease.id]
    desk.hand.splice(0, desk.hand.length, ...desk.hand.filter((lease) => !isGone(lease)))
    if (desk.current && isGone(desk.current)) {
      toast(words.gone, "warn")
      desk.current = null
      next()
    }
  } catch {
    // The next tick tries again; deciding on a lapsed lease is the server's to judge.
  }
}
