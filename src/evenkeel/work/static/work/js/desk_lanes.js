// Beside the desk: ask whoever owns the guideline, hand an item up, and see what was answered and advised about it. The desk
// itself (desk.js) tells which item is on show by "desk:item" and is told by "desk:left" that one has left these hands.

import { at, post } from "./desk_server.js"

const { urls, words } = JSON.parse(document.getElementById("desk-lanes").textContent)
const $ = (id) => document.getElementById(id)
const REFRESH_MS = 60_000
let current = null // { lease, item } on show
let said = {} // by item in hand, at the last look
let isLooking = false

const toast = (text, tone) => document.dispatchEvent(new CustomEvent("toast", { detail: { text, tone } }))

// ---------------------------------------------------------------- what was said, and events

async function look() {
  if (isLooking || document.visibilityState !== "visible") return
  isLooking = true
  try {
    const answer = await fetch(urls.beside)
    if (!answer.ok) return
    const beside = await answer.json()
    said = beside.items
    drawBanners(beside.banners)
    drawSaid()
  } catch {
    // The next look tries again; nothing here may stand in the way of deciding.
  } finally {
    isLooking = false
  }
}

function element(name, text, className = "") {
  return Object.assign(document.createElement(name), { textContent: text, className })
}

function drawBanners(banners) {
  const rows = banners.map((banner) => {
    const row = element("div", "", banner.is_drill ? "lanes-banner is-drill" : "lanes-banner")
    row.dataset.mode = banner.id
    if (banner.is_drill) row.append(element("span", words.drill, "badge info"))
    row.append(element("strong", banner.name), element("span", words.until.replace("{time}", banner.until_said), "muted"))
    if (banner.guidance) row.append(element("p", banner.guidance))
    return row
  })
  // Read aloud only when something changed.
  const shown = JSON.stringify(banners)
  if ($("lanes-banners").dataset.shown === shown) return
  $("lanes-banners").dataset.shown = shown
  $("lanes-banners").replaceChildren(...rows)
}

function drawSaid() {
  const about = said[current?.item] ?? []
  const list = document.createElement("dl")
  for (const each of about) list.append(element("dt", each.title), element("dd", each.body))
  $("lanes-said").replaceChildren(list)
  $("lanes-said").hidden = !about.length
}

document.addEventListener("desk:item", ({ detail }) => {
  current = detail
  drawSaid()
  // One look tells of everything in hand, so it is asked for about once a batch.
  if (current && !(current.item in said)) look()
})

// ---------------------------------------------------------------- asking and handing up

function submitting(form, dialog, fault, act) {
  $(form)?.addEventListener("submit", async (event) => {
    event.preventDefault()
    event.stopPropagation()
    const held = current
    const buttons = [...event.target.querySelectorAll("button")]
    if (!held?.lease || buttons.some((button) => button.disabled)) return
    $(fault).hidden = true
    for (const button of buttons) button.disabled = true
    try {
      await act(held, event.submitter)
      event.target.reset()
      $(dialog).close()
    } catch (error) {
      $(fault).textContent = error instanceof TypeError || error.name === "TimeoutError" ? words.failed : [error.message, ...Object.values(error.fields ?? {}).flat()].join(" ")
      $(fault).hidden = false
    } finally {
      for (const button of buttons) button.disabled = false
    }
  })
}

const left = (held, title, sentence) => document.dispatchEvent(new CustomEvent("desk:left", { detail: { lease: held.lease, title, said: sentence } }))

submitting("lanes-ask-form", "lanes-asking", "lanes-ask-fault", async (held, pressed) => {
  const isAside = pressed?.value === "aside"
  await post(at(urls.ask, held.lease), { body: $("lanes-body").value, is_aside: isAside })
  if (isAside) left(held, words.aside, words.said_aside)
  else toast(words.asked, "good")
})

submitting("lanes-escalate-form", "lanes-escalating", "lanes-escalate-fault", async (held) => {
  const reason = document.querySelector("#lanes-escalate-form [name=reason]:checked").value
  await post(at(urls.escalate, held.lease), { reason, note: $("lanes-note").value })
  left(held, words.raised, words.said_raised)
})

setInterval(look, REFRESH_MS)
document.addEventListener("visibilitychange", look)
look()
