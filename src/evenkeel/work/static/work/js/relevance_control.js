import { Control } from "./controls.js"
import { fill, make, Options } from "./options.js"

// A grade beside each result of the item.
export class RelevanceControl extends Control {
  constructor(field, sheet) {
    super(field, sheet)
    this.state = make("span", { className: "number", role: "status" })
    this.row.append(this.state)
    this.groups = new Map()
  }
  begin(content) {
    this.groups = new Map()
    for (const result of content.querySelectorAll('[data-role="result"]')) {
      const title = result.querySelector("[data-title]")?.textContent ?? result.dataset.part
      const group = new Options(this.field.grades, { label: fill(this.sheet.words.grade_of, { title }), changed: () => this.#graded(result.dataset.part) })
      this.groups.set(result.dataset.part, group)
      ;(result.querySelector("[data-slot]") ?? result).append(group.element)
    }
    this.#count()
  }
  #count() {
    const done = [...this.groups.values()].filter((group) => group.value !== null).length
    this.state.textContent = fill(this.sheet.words.graded, { n: done, of: this.groups.size })
  }
  #graded() {
    this.#count()
    this.changed()
    this.focus()
  }
  end() {
    for (const group of this.groups.values()) group.element.remove()
    this.groups = new Map()
  }
  clear() {
    for (const group of this.groups.values()) group.set(null)
  }
  set(value) {
    for (const [part, grade] of Object.entries(value)) this.groups.get(part)?.set(grade)
    this.#count()
  }
  focus() {
    const open = [...this.groups.values()].find((group) => group.value === null)
    if (open) open.focus()
    else if (document.activeElement?.closest("[data-role]")) document.activeElement.blur()
  }
  get isBegun() {
    const n = [...this.groups.values()].filter((group) => group.value !== null).length
    return n > 0 && n < this.groups.size
  }
  get value() {
    const graded = [...this.groups].map(([part, group]) => [part, group.value])
    return graded.length && graded.every(([, grade]) => grade !== null) ? Object.fromEntries(graded) : null
  }
  said() {
    return [...new Set(Object.values(this.value ?? {}))]
  }
}
