// A form as the desk shows it, to be tried: nothing that is answered here is sent anywhere.

import { AnswerSheet } from "./answers.js"

const words = JSON.parse(document.getElementById("desk-words").textContent)
const $ = (id) => document.getElementById(id)

export function preview(modules) {
  const tell = () => ($("preview-answer").textContent = sheet.spec ? JSON.stringify(sheet.value()) : "")
  const sheet = new AnswerSheet({ choices: $("desk-choices"), fields: $("desk-fields"), words, modules, changed: () => sheet.controls && tell() })
  const empty = document.createElement("div")
  return {
    draw(spec, schema) {
      $("desk-question").textContent = spec.question
      sheet.draw(spec, schema)
      sheet.begin(empty)
      // The keys are the desk's.
      for (const button of $("form-preview").querySelectorAll("[data-key]")) delete button.dataset.key
    },
  }
}

const start = JSON.parse(document.getElementById("form-start").textContent)
if (start.spec) preview(start.modules).draw(start.spec, start.schema)
