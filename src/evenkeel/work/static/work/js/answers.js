// The answers of a form: a control for each field, by its kind; what is asked depends on what was answered before.
// Each control works by keyboard: Tab or F goes there, arrows move in it, a digit picks in the group that has the focus.

import { misfits } from "./schema.js"

export const make = (tag, said = {}, ...inside) => {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(said)) {
    if (name === "on") for (const [kind, act] of Object.entries(value)) element.addEventListener(kind, act)
    else if (name in element && name !== "role") element[name] = value
    else element.setAttribute(name, value)
  }
  element.append(...inside)
  return element
}
export const fill = (sentence, said) => sentence.replace(/\{(\w+)\}/g, (whole, name) => said[name] ?? whole)

const LAYERS = { text_spans: "./spans.js", image_shapes: "./shapes.js", time_segments: "./segments.js" }

// ---------------------------------------------------------------- a group of options

// `picks`: one (radio buttons), any (check boxes) or order (the first picked is the first).
export class Options {
  constructor(options, { label, picks = "one", changed = () => {}, small = true }) {
    this.options = options
    this.picks = picks
    this.changed = changed
    this.picked = []
    this.element = make("div", { className: small ? "options" : "desk-choices", role: picks === "one" ? "radiogroup" : "group", ariaLabel: label })
    this.buttons = options.map((option, place) => {
      const button = make("button", { type: "button", className: `${small ? "option" : "desk-choice"} ${option.tone || "quiet"}` })
      if (picks === "one") button.setAttribute("role", "radio")
      button.append(make("kbd", { ariaHidden: "true", textContent: small ? (place < 9 ? String(place + 1) : "") : option.key }), make("span", { textContent: option.title }))
      button.dataset.value = option.value
      button.addEventListener("click", () => this.pick(option.value))
      return button
    })
    this.element.append(...this.buttons)
    this.element.addEventListener("keydown", (event) => this.#key(event))
    this.draw()
  }

  get value() {
    return this.picks === "one" ? this.picked[0] ?? null : this.picks === "any" ? this.options.map((each) => each.value).filter((each) => this.picked.includes(each)) : [...this.picked]
  }

  set(picked) {
    this.picked = picked === null || picked === undefined ? [] : [].concat(picked)
    this.draw()
  }

  pick(value) {
    if (this.picks === "one") this.picked = [value]
    else this.picked = this.picked.includes(value) ? this.picked.filter((each) => each !== value) : [...this.picked, value]
    this.draw()
    this.changed(this.value)
  }

  draw() {
    const here = Math.max(0, this.options.findIndex((each) => each.value === this.picked[0]))
    this.buttons.forEach((button, place) => {
      const value = this.options[place].value
      const isPicked = this.picked.includes(value)
      button.setAttribute(this.picks === "one" ? "aria-checked" : "aria-pressed", String(isPicked))
      if (this.picks === "one") button.tabIndex = place === here ? 0 : -1
      if (this.picks === "order") button.dataset.rank = isPicked ? this.picked.indexOf(value) + 1 : ""
    })
  }

  focus() {
    ;(this.buttons.find((button) => button.tabIndex === 0) ?? this.buttons[0])?.focus()
  }

  #key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const place = this.buttons.indexOf(document.activeElement)
    const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }
    if (event.key in steps && place > -1) {
      const next = (place + steps[event.key] + this.buttons.length) % this.buttons.length
      this.buttons[next].focus()
    } else if (/^[1-9]$/.test(event.key) && this.buttons[event.key - 1]) {
      // Here a digit means this group's option, not the main answer of the same digit.
      const picked = this.options[event.key - 1].value
      this.buttons[event.key - 1].focus()
      this.pick(picked)
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
}

// ---------------------------------------------------------------- the kinds

class Control {
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

class ChoiceControl extends Control {
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

class RatingControl extends ChoiceControl {
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

class RankingControl extends ChoiceControl {
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

class TextControl extends Control {
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

// The ruling by a policy: its violation is the main question's buttons where it is the main field, a group here otherwise.
class PolicyControl extends Control {
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
  get value() {
    if (this.ruling.violation === "none") return { violation: "none" }
    const isWhole = this.node && this.offered().every(([name]) => this.ruling[name] !== undefined)
    return isWhole ? { ...this.ruling } : null
  }
  said() {
    return this.ruling.violation ? [this.ruling.violation] : []
  }
}

// A grade beside each result of the item.
class RelevanceControl extends Control {
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

// Marks: the module of their kind draws on the item; here stand the labels and the list of what was marked.
class MarksControl extends Control {
  constructor(field, sheet) {
    super(field, sheet)
    this.marks = []
    this.row.classList.add("desk-marks")
    this.labels = new Options(field.labels, { label: this.title, changed: () => this.layer?.labelled?.(this.label) })
    this.labels.set(field.labels[0].value)
    this.tools = make("div", { className: "desk-mark-tools" })
    this.list = make("ul", { className: "desk-mark-list", ariaLabel: fill(sheet.words.marked, { title: this.title }) })
    this.row.append(this.labels.element, this.tools, this.list)
  }
  get label() {
    return this.field.labels.find((each) => each.value === this.labels.value) ?? this.field.labels[0]
  }
  labelOf(mark) {
    return this.field.labels.find((each) => each.value === mark.label)
  }
  begin(content) {
    this.content = content
    this.opening = this.#open(content)
  }
  async #open(content) {
    const turn = (this.turn = (this.turn ?? 0) + 1)
    const { layerFor } = await import(LAYERS[this.field.kind])
    // The next item may be there before the module is.
    if (this.turn !== turn) return
    const layer = await layerFor(this, content, this.sheet)
    if (this.turn !== turn) return layer?.end()
    this.layer = layer
    this.draw()
  }
  end() {
    this.turn = (this.turn ?? 0) + 1
    this.layer?.end()
    this.layer = this.content = null
    this.tools.replaceChildren()
  }
  clear() {
    this.marks = []
    this.draw()
  }
  set(value) {
    this.marks = value.map((mark) => ({ ...mark }))
    this.draw()
  }
  add(mark) {
    mark.label ??= this.label.value
    this.marks.push(mark)
    this.draw()
    this.changed()
    return mark
  }
  remove(mark) {
    this.marks = this.marks.filter((each) => each !== mark)
    this.draw()
    this.changed()
    ;(this.list.querySelector("button") ?? this.labels.buttons[0]).focus()
  }
  draw() {
    const title = (mark) => `${this.labelOf(mark)?.title ?? mark.label}${this.layer ? `: ${this.layer.words(mark)}` : ""}`
    const rows = this.marks.map((mark) =>
      make(
        "li",
        { className: `desk-mark-row ${this.labelOf(mark)?.tone ?? "quiet"}` },
        make("button", { type: "button", className: "desk-mark-open", textContent: title(mark), on: { click: () => this.layer?.show?.(mark), keydown: (event) => this.#key(event, mark) } }),
        make("button", { type: "button", className: "desk-mark-drop", textContent: "×", ariaLabel: fill(this.sheet.words.unmark, { title: title(mark) }), on: { click: () => this.remove(mark) } }),
      ),
    )
    this.list.replaceChildren(...rows)
    this.layer?.draw()
  }
  #key(event, mark) {
    if (event.key === "Delete" || event.key === "Backspace") this.remove(mark)
    else if (event.key.startsWith("Arrow") && this.layer?.nudge?.(mark, event)) {
      const place = this.marks.indexOf(mark)
      this.draw()
      this.list.children[place].querySelector("button").focus()
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  async focus() {
    await this.opening
    if (this.layer) this.layer.focus()
    else this.labels.focus()
  }
  get value() {
    return this.marks.length ? this.marks : null
  }
  said() {
    return [...new Set(this.marks.map((mark) => mark.label))]
  }
}

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
      return { name: field.name, sentence: isMain ? this.words.pick : fill(this.words.missing, { title: field.title || field.name }) }
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
