// The answers of a form: a control for each field, by its kind; what is asked depends on what was answered before.
// Each control works by keyboard: Tab or F goes there, arrows move in it, a digit picks in the group that has the focus.

import { ChoiceControl, RankingControl, RatingControl, TextControl } from "./controls.js"
import { MarksControl } from "./marks_control.js"
import { fill, make } from "./options.js"
import { PolicyControl } from "./policy_control.js"
import { RelevanceControl } from "./relevance_control.js"
import { misfits } from "./schema.js"

const kinds = {
  single_choice: ChoiceControl,
  pairwise: ChoiceControl,
  rating: RatingControl,
  multiple_choice: class extends ChoiceControl {
    constructor(field, sheet) {
      super(field, sheet, "any")
    }
  },
  ranking: RankingControl,
  text: TextControl,
  policy_tree: PolicyControl,
  relevance: RelevanceControl,
  text_spans: MarksControl,
  image_shapes: MarksControl,
  time_segments: MarksControl,
}

// ---------------------------------------------------------------- the sheet

export class AnswerSheet {
  // `choices` and `fields` are the elements to fill; `chosen(choice)` is called when the main question was answered. `isSent`:
  // a button of its own sends the answer, so no choice ends it.
  constructor({ choices, fields, words, modules, isSent = false, chosen = () => {}, changed = () => {} }) {
    Object.assign(this, { choices, fields, words, modules, isSent, chosen, told: changed })
  }

  draw(spec, schema) {
    this.end()
    Object.assign(this, { spec, schema, keys: new Set() })
    this.controls = new Map()
    const rows = []
    // A sheet without a main question only marks.
    this.main = spec.fields.find((field) => field.name === spec.main) ?? { name: "", kind: "", choices: [] }
    this.mainChoice = null
    this.mainButtons = this.main.choices.map((choice) => this.#mainButton(choice))
    this.choices.replaceChildren(...this.mainButtons)
    for (const field of spec.fields) {
      if (field.name === spec.main && field.kind !== "policy_tree") continue
      const control = new kinds[field.kind](field, this)
      this.controls.set(field.name, control)
      rows.push(control.row)
    }
    this.fields.replaceChildren(...rows)
    this.redraw()
  }

  takesKey(key) {
    const isFree = !this.keys.has(key)
    this.keys.add(key)
    return isFree
  }

  #mainButton(choice) {
    const button = make("button", { type: "button", className: `desk-choice ${choice.tone}` }, make("kbd", { ariaHidden: "true", textContent: choice.key }), make("span", { textContent: choice.title }))
    button.dataset.value = choice.value
    if (choice.key) {
      button.dataset.key = choice.key
      button.setAttribute("aria-keyshortcuts", choice.key)
    }
    if (this.mayWait) button.setAttribute("aria-pressed", "false")
    button.addEventListener("click", () => this.#choose(choice))
    return button
  }

  #choose(choice) {
    this.mainChoice = choice
    if (this.main.kind === "policy_tree") this.controls.get(this.main.name).rule(choice.value)
    this.redraw()
    this.chosen(choice)
  }

  // Whether some answer must be confirmed by Enter; then choices show which one is pressed.
  get mayWait() {
    return this.isSent || this.spec.confirm || this.main.kind === "policy_tree" || this.spec.fields.some((field) => field.required && field.name !== this.spec.main)
  }

  // Whether the answer as it stands must be confirmed: something else is asked for as well.
  get waits() {
    const isBegun = [...this.controls.values()].some((control) => this.isAsked(control.field) && control.isBegun)
    return this.spec.confirm || isBegun || this.spec.fields.some((field) => field.required && field.name !== this.spec.main && this.isAsked(field)) || (this.main.kind === "policy_tree" && this.mainChoice?.value !== "none")
  }

  begin(content, given = null) {
    this.mainChoice = null
    for (const control of this.controls.values()) {
      control.clear()
      control.begin(content)
    }
    if (given) this.set(given)
    this.redraw()
  }

  // Nothing of the item stays: neither words in fields nor marks on it.
  end() {
    for (const control of this.controls?.values() ?? []) {
      control.end()
      control.clear()
    }
    this.mainChoice = null
  }

  set(answer) {
    for (const [name, value] of Object.entries(answer)) this.controls.get(name)?.set(value)
    const main = answer[this.spec.main]
    const label = main?.violation ?? (main === undefined ? undefined : String(main))
    this.mainChoice = this.main.choices.find((choice) => choice.value === label) ?? null
  }

  said(name) {
    if (name === this.spec.main) return this.mainChoice ? [this.mainChoice.value] : []
    return this.controls.get(name)?.said() ?? []
  }

  isAsked(field) {
    const condition = field.show_if
    if (!condition) return true
    const before = this.spec.fields.find((each) => each.name === condition.field)
    return this.isAsked(before) && this.said(before.name).some((word) => condition.in.includes(word))
  }

  value() {
    const answer = {}
    for (const field of this.spec.fields) {
      if (!this.isAsked(field)) continue
      const value = this.valueOf(field)
      if (value !== null) answer[field.name] = value
    }
    return answer
  }

  valueOf(field) {
    if (field.name === this.spec.main && field.kind !== "policy_tree") {
      if (!this.mainChoice) return null
      return field.kind === "rating" ? Number(this.mainChoice.value) : this.mainChoice.value
    }
    return this.controls.get(field.name)?.value ?? null
  }

  // The first field that is not answered as the form wants it, with the sentence that says so; null when all is well.
  fault() {
    const answer = this.value()
    for (const field of this.spec.fields) {
      const control = this.controls.get(field.name)
      const isMissing = field.required && this.isAsked(field) && answer[field.name] === undefined
      if (!isMissing && !(control?.isBegun && this.isAsked(field))) continue
      const isMain = field.name === this.spec.main && !this.mainChoice
      return { name: field.name, sentence: isMain ? this.words.pick : fill(this.words.missing, { title: control?.open ?? (field.title || field.name) }) }
    }
    const [path] = this.schema ? misfits(this.schema, answer) : []
    if (!path) return null
    const field = this.spec.fields.find((each) => each.name === path[0])
    return { name: field?.name, sentence: fill(this.words.misfit, { title: field?.title || field?.name || "" }) }
  }

  focus(name) {
    this.controls.get(name)?.focus()
  }

  // The next field after the one that has the focus, round and round.
  focusNext() {
    const open = [...this.controls.values()].filter((control) => this.isAsked(control.field))
    if (!open.length) return
    const here = open.findIndex((control) => control.row.contains(document.activeElement))
    open[(here + 1) % open.length].focus()
  }

  redraw() {
    for (const button of this.mainButtons ?? []) {
      const isChosen = button.dataset.value === this.mainChoice?.value
      button.classList.toggle("is-chosen", isChosen)
      if (button.hasAttribute("aria-pressed")) button.setAttribute("aria-pressed", String(isChosen))
    }
    for (const control of this.controls?.values() ?? []) {
      // What is not asked keeps its place, so that nothing moves when it is.
      const isAsked = this.isAsked(control.field)
      control.row.inert = !isAsked
      control.row.classList.toggle("is-unasked", !isAsked)
    }
    this.told()
  }
}
