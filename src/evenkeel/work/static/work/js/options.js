// A group of options, and making elements: what every control of an answer is built of.

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
