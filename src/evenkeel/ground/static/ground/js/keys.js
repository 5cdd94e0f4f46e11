// Shortcuts: `?` lists them, `/` searches, g then a letter goes to a page of the menu, data-key="x" presses its button.
// They rest while somebody writes, with Ctrl, Alt or Meta, under an open dialog, and when switched off on this device.
const SWITCH = "evenkeel.keys"
const list = document.getElementById("keys")
const box = document.getElementById("keys-on")
let awaitsPlace = 0

const isOn = () => localStorage.getItem(SWITCH) !== "off"
const isWriting = (element) => element.closest?.("input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]")

// Each page of the menu gets the first letter of its title that is still free.
function places() {
  const found = new Map()
  for (const link of document.querySelectorAll("[data-go]")) {
    const wishes = link.dataset.go || link.textContent.trim().toLowerCase()
    const letter = [...wishes].find((sign) => /\p{L}/u.test(sign) && !found.has(sign))
    if (letter) found.set(letter, link)
  }
  return found
}

function buttons() {
  const root = document.querySelector("dialog[open]") ?? document
  return [...root.querySelectorAll("[data-key]")].filter((element) => !element.disabled && element.checkVisibility())
}

function name(element) {
  return element.dataset.keyLabel || element.getAttribute("aria-label") || element.querySelector("span")?.textContent.trim() || element.textContent.trim()
}

function show() {
  const body = list.querySelector("tbody")
  for (const row of body.querySelectorAll("[data-found]")) row.remove()
  const add = (keys, words) => {
    const row = body.insertRow()
    row.dataset.found = ""
    const cell = row.insertCell()
    for (const key of keys) cell.append(Object.assign(document.createElement("kbd"), { textContent: key }), " ")
    row.insertCell().textContent = words
  }
  for (const element of buttons()) add([element.dataset.key], name(element))
  for (const [letter, link] of places()) add(["g", letter], name(link))
  box.checked = isOn()
  list.showModal()
}

box.addEventListener("change", () => localStorage.setItem(SWITCH, box.checked ? "on" : "off"))

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return
  if (!isOn() || isWriting(event.target)) return
  const dialog = document.querySelector("dialog[open]")
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  if (awaitsPlace && !dialog) {
    clearTimeout(awaitsPlace)
    awaitsPlace = 0
    const link = places().get(key)
    if (link) {
      event.preventDefault()
      link.click()
    }
    return
  }
  const target = buttons().find((element) => element.dataset.key === event.key || element.dataset.key === key)
  if (target) {
    event.preventDefault()
    target.matches("input, textarea, select") ? target.focus() : target.click()
  } else if (dialog) {
    return
  } else if (key === "?") {
    event.preventDefault()
    show()
  } else if (key === "/") {
    const field = document.getElementById("site-search")
    if (field?.checkVisibility()) {
      event.preventDefault()
      field.focus()
      field.select()
    }
  } else if (key === "g") {
    awaitsPlace = setTimeout(() => (awaitsPlace = 0), 1500)
  }
})
document.addEventListener("click", (event) => event.target.closest?.('[data-dialog-open="keys"]') && (list.close(), show()), true)
