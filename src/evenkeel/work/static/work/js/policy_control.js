import { Control } from "./controls.js"
import { make, Options } from "./options.js"

// The ruling by a policy: its violation is the main question's buttons where it is the main field, a group here otherwise.
export class PolicyControl extends Control {
  constructor(field, sheet) {
    super(field, sheet)
    this.isMain = sheet.spec.main === field.name
    this.row.classList.add("desk-ruling")
    this.parts = {}
    if (!this.isMain) {
      this.violations = new Options(field.choices, { label: this.title, changed: () => this.rule(this.violations.value, true) })
      this.row.append(this.violations.element)
    }
    this.details = make("div", { className: "desk-ruling-details" })
    this.row.append(this.details)
    this.clear()
  }
  clear() {
    this.ruling = {}
    this.violations?.set(null)
    this.draw()
  }
  set(value) {
    this.ruling = { ...value }
    this.violations?.set(value.violation)
    this.draw()
  }
  rule(violation, isByHand) {
    this.ruling = { violation }
    this.draw()
    if (isByHand) this.changed()
    this.focusOpen()
  }
  get node() {
    return this.field.violations.find((each) => each.value === this.ruling.violation)
  }
  // What is still to be said, with what the policy allows there.
  offered() {
    const node = this.node
    if (!node) return []
    const clause = node.clauses?.find((each) => each.value === this.ruling.clause)
    const severities = clause?.severity?.length ? clause.severity : node.severity ?? []
    const actions = clause?.actions?.length ? clause.actions : node.actions?.length ? node.actions : this.field.actions.map((each) => each.value)
    const isOpen = !node.clauses?.length || clause
    const steps = []
    if (node.clauses?.length) steps.push(["clause", node.clauses])
    if (isOpen && severities.length) steps.push(["severity", severities.map((each) => ({ value: String(each), title: String(each) }))])
    if (isOpen) steps.push(["action", this.field.actions.filter((each) => actions.includes(each.value))])
    return steps
  }
  draw() {
    const had = this.details.contains(document.activeElement)
    const groups = []
    this.parts = {}
    for (const [name, options] of this.offered()) {
      if (options.length === 1) this.ruling[name] ??= name === "severity" ? Number(options[0].value) : options[0].value
      const group = new Options(options, { label: this.sheet.words[name], changed: (value) => this.#said(name, value) })
      if (this.ruling[name] !== undefined) group.set(String(this.ruling[name]))
      this.parts[name] = group
      groups.push(make("div", { className: "desk-ruling-part" }, make("span", { className: "desk-field-title", textContent: this.sheet.words[name] }), group.element))
    }
    if (!groups.length) groups.push(make("p", { className: "muted small", textContent: this.ruling.violation === "none" ? "" : this.sheet.words.pick_violation }))
    this.details.replaceChildren(...groups)
    if (had) this.focusOpen()
  }
  #said(name, value) {
    this.ruling[name] = name === "severity" ? Number(value) : value
    if (name === "clause") this.ruling = { violation: this.ruling.violation, clause: value }
    this.draw()
    this.changed()
    this.focusOpen()
  }
  focusOpen() {
    const open = Object.entries(this.parts).find(([name]) => this.ruling[name] === undefined)
    if (open) open[1].focus()
    else if (this.node) Object.values(this.parts).at(-1)?.focus()
  }
  focus() {
    if (this.node) this.focusOpen()
    else this.violations?.focus()
  }
  get isBegun() {
    return Boolean(this.ruling.violation) && this.value === null
  }
  // The part that is still to be said, by name.
  get open() {
    const [name] = this.offered().find(([name]) => this.ruling[name] === undefined) ?? []
    return name ? this.sheet.words[name] : null
  }
  get value() {
    if (this.ruling.violation === "none") return { violation: "none" }
    const isWhole = this.node && this.offered().every(([name]) => this.ruling[name] !== undefined)
    return isWhole ? { ...this.ruling } : null
  }
  said() {
    return this.ruling.violation ? [this.ruling.violation] : []
  }
}
