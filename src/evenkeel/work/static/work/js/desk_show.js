// What is on show: the item, its form, or why there is none.

import { AnswerSheet } from "./answers.js"
import { chosen } from "./desk_decide.js"
import { fetchMore, runsLow } from "./desk_hand.js"
import { post } from "./desk_server.js"
import { $, announce, desk, drawCounts, isTyping, start, words } from "./desk_state.js"
import { watch } from "./desk_watch.js"
import { Guards } from "./guards.js"
import { fill } from "./options.js"

const AHEAD = 2 // items whose media are loaded before they are shown
let shownForm = null // id of the form whose choices stand on the page
let preference = start.preference

export function next({ said = "", isBack = false, isFresh = false } = {}) {
  watch.pause(desk.current)
  // An answer that was refused after another tab took over is asked for again there.
  if (!desk.isLeading) desk.hand.length = 0
  desk.current = desk.hand.shift() ?? null
  sheet.end()
  guards.end()
  $("desk-content").replaceChildren()
  document.dispatchEvent(new CustomEvent("desk:item", { detail: desk.current && { lease: desk.current.id, item: desk.current.item.id } }))
  if (!isFresh && runsLow(desk.hand.length)) fetchMore()
  if (!desk.current) return !desk.isLeading ? rest("elsewhere") : desk.isFetching ? rest("fetching") : desk.wasRefused ? rest("stopped", desk.wasRefused.message) : rest("empty")
  $("desk-rest").hidden = true
  $("desk-item").hidden = $("desk-form").hidden = false
  $("desk-key").textContent = desk.current.item.key
  $("desk-language").textContent = desk.current.item.language
  $("desk-language").hidden = !desk.current.item.language
  $("desk-again").hidden = !isBack
  const content = $("desk-content")
  content.replaceChildren(...ready(desk.current).childNodes)
  desk.current.node = null
  desk.current.shown ??= performance.now()
  guards.begin()
  content.scrollTop = 0
  scrollTo({ top: 0 }) // where the page scrolls and not the item
  content.classList.remove("is-new")
  void content.offsetWidth // starts the animation anew
  content.classList.add("is-new")
  drawForm(desk.current.form_version_id, content, isBack ? desk.current.given : desk.current.prelabel?.answer)
  $("desk-suggested").hidden = !desk.current.prelabel
  $("desk-suggested-by").textContent = desk.current.prelabel?.model ?? ""
  content.querySelector(".turn-judged")?.scrollIntoView({ block: "nearest" })
  $("desk-fault").hidden = true
  drawCounts()
  announce(said ? fill(said, { key: desk.current.item.key }) : fill(words.announce_first, { key: desk.current.item.key }))
  if (!isTyping()) $("desk-item-title").focus({ preventScroll: true })
  watch.resume()
  for (const lease of desk.hand.slice(0, AHEAD)) ready(lease)
}

// The item as elements: built for the next ones as well, so that their pictures are there before they are shown.
function ready(lease) {
  if (!lease.node) {
    lease.node = document.createElement("div")
    lease.node.innerHTML = lease.html // safe: our own kinds made it, and escape what came from outside
    for (const picture of lease.node.querySelectorAll("img")) picture.decode().catch(() => {})
    for (const shown of lease.node.querySelectorAll("img[width], video[width]")) shown.parentElement.style.setProperty("--ratio", shown.getAttribute("width") / shown.getAttribute("height"))
  }
  return lease.node
}

export function rest(state, why = "") {
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

export const guards = new Guards({ content: $("desk-content"), bar: $("desk-guards"), state: start.guards, words, save: saveGuards })

async function saveGuards(change) {
  preference = { ...preference, ...change }
  // The next item stands behind the same guards either way; only another device would not know yet.
  await post(start.urls.preference, preference, { method: "PUT" }).catch(() => {})
}

export const sheet = new AnswerSheet({ choices: $("desk-choices"), fields: $("desk-fields"), words, modules: start.modules, chosen, changed: drawAnswer })

function drawForm(id, content, given) {
  if (shownForm !== id) {
    shownForm = id
    $("desk-question").textContent = desk.forms[id].question
    sheet.draw(desk.forms[id], desk.schemas[id])
    $("desk-next-field").hidden = !sheet.controls.size
  }
  sheet.begin(content, given)
}

function drawAnswer() {
  // What was suggested is confirmed by Enter, where else a choice alone would decide.
  $("desk-submit").hidden = !sheet.mayWait && !desk.current?.prelabel
  $("desk-submit").parentElement.classList.toggle("keeps-place", start.is_suggesting)
  $("desk-fault").hidden = true
}

export function showAgain(lease) {
  if (desk.current) {
    watch.pause(desk.current)
    desk.hand.unshift(desk.current)
  }
  desk.hand.unshift(lease)
  desk.current = null
  next({ said: words.announce_again, isBack: true })
}
