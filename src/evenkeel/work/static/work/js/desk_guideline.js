// The guideline beside the item: searched, examples and all, and folded away.

import { fill } from "./options.js"

const $ = (id) => document.getElementById(id)
const words = JSON.parse($("desk-words").textContent)
const prose = $("desk-prose")
if (prose) {
  const original = [...prose.childNodes].map((node) => node.cloneNode(true))
  const find = $("desk-find")
  let found = []
  let here = -1

  const go = (step) => {
    if (!found.length) return
    found[here]?.classList.remove("is-here")
    here = (here + step + found.length) % found.length
    found[here].classList.add("is-here")
    found[here].scrollIntoView({ block: "center" })
    $("desk-found").textContent = fill(words.found, { n: here + 1, of: found.length })
  }

  const search = () => {
    prose.replaceChildren(...original.map((node) => node.cloneNode(true)))
    const wanted = find.value.trim().toLocaleLowerCase()
    found = wanted.length > 1 ? marksOf(prose, wanted) : []
    here = -1
    $("desk-found").textContent = wanted.length > 1 ? words.found_none : ""
    go(1)
  }

  find.addEventListener("input", search)
  find.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault()
      go(event.shiftKey ? -1 : 1)
    } else if (event.key === "Escape") {
      event.preventDefault()
      find.value = ""
      search()
      $("desk-item-title").focus({ preventScroll: true })
    }
  })
  $("desk-fold").addEventListener("click", () => fold($("desk-guideline").dataset.open !== "yes"))
  if (localStorage.getItem("evenkeel.desk.guideline") === "closed") fold(false)
}

function fold(isOpen) {
  $("desk-guideline").dataset.open = isOpen ? "yes" : "no"
  $("desk-guideline-body").hidden = !isOpen
  $("desk-fold").setAttribute("aria-expanded", String(isOpen))
  // While it is folded, its key unfolds it.
  if (isOpen) delete $("desk-fold").dataset.key
  else $("desk-fold").dataset.key = "g"
  localStorage.setItem("evenkeel.desk.guideline", isOpen ? "open" : "closed")
}

function marksOf(root, wanted) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const texts = []
  while (walker.nextNode()) texts.push(walker.currentNode)
  const marks = []
  for (let text of texts) {
    let place
    while ((place = text.data.toLocaleLowerCase().indexOf(wanted)) > -1) {
      const match = text.splitText(place)
      text = match.splitText(wanted.length)
      const mark = document.createElement("mark")
      match.replaceWith(mark)
      mark.append(match)
      marks.push(mark)
    }
  }
  return marks
}
