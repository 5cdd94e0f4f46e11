// What the desk holds: what is in hand, on show and on its way; and the small things that all its parts say and show with.

export const start = JSON.parse(document.getElementById("desk-start").textContent)
export const words = JSON.parse(document.getElementById("desk-words").textContent)
export const $ = (id) => document.getElementById(id)
const count = new Intl.NumberFormat(document.documentElement.lang)

export const desk = {
  hand: [], // leases that wait to be shown, in order
  outbox: [], // what the server does not know yet, in order
  known: new Set(), // leases that this page has had, so that fetching again does not show one twice
  forms: { [start.form_version]: start.spec },
  schemas: { [start.form_version]: start.schema },
  current: null, // the lease on show
  isFetching: false,
  isLeaving: false,
  sent: 0, // decisions and take-backs handed to the outbox
  isLeading: false, // whether this tab of the queue is the one that works
  wasRefused: null, // why the server hands nothing out
  decidedToday: Number($("desk-today").textContent.replace(/\D/g, "")),
  waiting: Number($("desk-waiting").textContent.replace(/\D/g, "")),
}

export function asOwn(lease) {
  desk.known.add(lease.id)
  return { ...lease, active_ms: 0 }
}

export function drawCounts() {
  $("desk-today").textContent = count.format(desk.decidedToday)
  $("desk-waiting").textContent = count.format(Math.max(0, desk.waiting))
}

export const isTyping = () => document.activeElement?.matches("input, textarea") ?? false
export const toast = (text, tone) => document.dispatchEvent(new CustomEvent("toast", { detail: { text, tone } }))
export const announce = (sentence) => ($("desk-said").textContent = sentence)

export function notice(sentence, label, act) {
  $("desk-notice-words").textContent = sentence
  $("desk-notice-act").textContent = label
  $("desk-notice-act").onclick = act
  $("desk-notice").hidden = false
}
