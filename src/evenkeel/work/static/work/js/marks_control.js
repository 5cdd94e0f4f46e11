import { Control } from "./controls.js"
import { fill, make, Options } from "./options.js"

const LAYERS = { text_spans: "./spans.js", image_shapes: "./shapes.js", time_segments: "./segments.js" }

// Marks: the module of their kind draws on the item; here stand the labels and the list of what was marked.
export class MarksControl extends Control {
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
    if (this.layer?.key?.(mark, event)) {
      const place = this.marks.indexOf(mark)
      this.draw()
      this.list.children[place].querySelector("button").focus()
    } else if (event.key === "Delete" || event.key === "Backspace") this.remove(mark)
    else return
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
