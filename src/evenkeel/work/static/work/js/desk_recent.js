// What was decided last, newest first, with how long each may still be taken back.

import { fill } from "./options.js"

const $ = (id) => document.getElementById(id)
const words = JSON.parse($("desk-words").textContent)
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
const recent = []
let told = { undo: () => {}, isUnsent: () => false }

// `undo(made)` takes one back; `isUnsent(made)` says whether it still waits for the network.
export const listen = (said) => (told = said)
export const latest = () => recent.find((each) => canUndo(each))

export const canUndo = (made) => !made.isBack && made.standsAt > performance.now()

export function remember(made) {
  recent.unshift(made)
  recent.splice(6)
  drawRecent()
}

export function drawRecent() {
  const newest = latest()
  $("desk-recent-none").hidden = recent.length > 0
  const rows = recent.map((made) => made.row ?? doneRow(made))
  const list = $("desk-recent")
  if (rows.length !== list.children.length || rows.some((row, place) => list.children[place] !== row)) list.replaceChildren(...rows)
  for (const made of recent) {
    const [, , state, button] = made.row.children
    const left = Math.ceil((made.standsAt - performance.now()) / 1000)
    made.row.classList.toggle("is-back", Boolean(made.isBack))
    button.hidden = !canUndo(made)
    button.querySelector("kbd").hidden = made !== newest
    if (made === newest) button.dataset.key = "u"
    else delete button.dataset.key
    made.row.querySelector(".desk-done-suggested").textContent = made.suggested ?? ""
    state.textContent = made.isBack ? words.undone : told.isUnsent(made) ? words.sending : canUndo(made) ? clock(left) : ""
  }
}

function doneRow(made) {
  made.row = $("desk-done").content.firstElementChild.cloneNode(true)
  made.row.querySelector(".desk-mark").classList.add(made.tone)
  made.row.querySelector(".desk-done-label").textContent = made.title
  made.row.querySelector("code").textContent = made.itemKey
  const button = made.row.querySelector("button")
  button.setAttribute("aria-label", fill(words.undo_label, { label: made.title, key: made.itemKey }))
  button.addEventListener("click", () => told.undo(made))
  return made.row
}

export function forget(made) {
  const place = recent.indexOf(made)
  if (place > -1) recent.splice(place, 1)
}

// What was decided before this page was opened, newest first.
export function recall(decisions) {
  for (const each of decisions.toReversed()) {
    recent.unshift({
      kind: "decide",
      id: each.id,
      title: each.title,
      tone: each.tone,
      itemKey: each.key,
      isBack: each.is_taken_back,
      suggested: each.corrected ? fill(words.corrected, { label: each.corrected }) : "",
      standsAt: performance.now() + each.undo_ms,
      tries: 1,
    })
  }
}
