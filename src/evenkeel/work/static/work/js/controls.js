// Controls of fields that say something of the item as a whole: choices, ratings, rankings, words.

import { make, Options } from "./options.js"

export class Control {
  constructor(field, sheet) {
    Object.assign(this, { field, sheet })
    this.title = field.title || field.name
    this.row = make("div", { className: "desk-field" }, make("span", { className: "desk-field-title", textContent: this.title + (field.required ? " *" : "") }))
    this.row.dataset.field = field.name
  }
  changed() {
    this.sheet.redraw(this)
  }
  begin() {}
  end() {}
  said() {
    return [].concat(this.value ?? [])
  }
}

export class ChoiceControl extends Control {
  constructor(field, sheet, picks = "one") {
    super(field, sheet)
    this.options = new Options(field.choices, { label: this.title, picks, changed: () => this.changed() })
    this.row.append(this.options.element)
  }
  get value() {
    const picked = this.options.value
    return picked === null || picked.length === 0 ? null : picked
  }
  clear() {
    this.options.set(null)
  }
  set(value) {
    this.options.set(value)
  }
  focus() {
    this.options.focus()
  }
}

export class RatingControl extends ChoiceControl {
  get value() {
    return this.options.value === null ? null : Number(this.options.value)
  }
  set(value) {
    this.options.set(String(value))
  }
  said() {
    return this.value === null ? [] : [String(this.value)]
  }
}

export class RankingControl extends ChoiceControl {
  constructor(field, sheet) {
    super(field, sheet, "order")
    this.length = field.top || field.choices.length
  }
  get value() {
    return this.options.value.length === this.length ? this.options.value : null
  }
  get isBegun() {
    return this.options.value.length > 0 && this.value === null
  }
  changed() {
    if (this.options.picked.length > this.length) this.options.set(this.options.picked.slice(0, this.length))
    // The last one left needs no choosing.
    if (this.length === this.field.choices.length && this.options.picked.length === this.length - 1) {
      const last = this.field.choices.find((each) => !this.options.picked.includes(each.value))
      this.options.set([...this.options.picked, last.value])
    }
    super.changed()
  }
  said() {
    return (this.value ?? []).slice(0, 1)
  }
}

export class TextControl extends Control {
  constructor(field, sheet) {
    super(field, sheet)
    this.row = make("div", { className: "desk-field" })
    this.row.dataset.field = field.name
    const id = `desk-field-${field.name}`
    this.area = make("textarea", { id, rows: 1, required: field.required })
    if (field.limit) this.area.maxLength = field.limit
    this.area.addEventListener("input", () => this.changed())
    this.row.append(make("label", { htmlFor: id, textContent: this.title + (field.required ? " *" : "") }), this.area)
    if (sheet.takesKey("c")) {
      this.area.dataset.key = "c"
      this.area.dataset.keyLabel = this.title
      this.row.append(make("kbd", { textContent: "C", ariaHidden: "true" }))
    }
  }
  get value() {
    return this.area.value.trim() ? this.area.value : null
  }
  clear() {
    this.area.value = ""
  }
  set(value) {
    this.area.value = value
  }
  focus() {
    this.area.focus()
  }
  said() {
    return []
  }
}
