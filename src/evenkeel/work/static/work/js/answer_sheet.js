// An answer form on a page of its own: rulings, corrections, audits. The desk's controls draw on the item of the page, and what
// was answered goes with the page's own form as one field.

import { AnswerSheet } from "./answers.js"

const start = JSON.parse(document.getElementById("answer-start").textContent)
const $ = (id) => document.getElementById(`answer-${id}`)
const root = $("sheet")
const form = root.closest("form")
const content = $("content") ?? document.createElement("div")
const sheet = new AnswerSheet({ choices: $("choices"), fields: $("fields"), words: start.words, modules: start.modules, isSent: true, changed: () => ($("fault").hidden = true) })

sheet.draw(start.spec, start.schema)
sheet.begin(content, start.given)

// Where another control of the form says whether an answer is asked at all.
const [name, value] = start.when ?? []
const isAsked = () => !name || new FormData(form).get(name) === value
const show = () => root.classList.toggle("is-unasked", (root.inert = !isAsked()))
form.addEventListener("change", show)
show()

form.addEventListener(
  "submit",
  (event) => {
    const field = form.elements["answer-JSON"]
    field.value = isAsked() ? JSON.stringify(sheet.value()) : ""
    const wrong = isAsked() ? sheet.fault() : null
    if (!wrong) return
    event.preventDefault()
    event.stopImmediatePropagation()
    $("fault").textContent = wrong.sentence
    $("fault").hidden = false
    sheet.focus(wrong.name)
  },
  { capture: true },
)
