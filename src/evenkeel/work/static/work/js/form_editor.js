// The form editor: cards for the fields, made from what each kind says of itself; the JSON beneath is what is published,
// and the server says after each change whether it holds and how the desk shows it.

import { make } from "./options.js"
import { preview } from "./form_preview.js"

const start = JSON.parse(document.getElementById("form-start").textContent)
const words = JSON.parse(document.getElementById("desk-words").textContent)
const $ = (id) => document.getElementById(id)
const kinds = new Map(start.kinds.map((kind) => [kind.slug, kind]))
const shown = preview(start.modules)
let spec = null
let timer = 0

// ---------------------------------------------------------------- lists as lines

const split = (line) => line.split("|").map((part) => part.trim())
const list = (said) => said.split(",").map((each) => each.trim()).filter(Boolean)

const choiceLines = (choices) => (choices ?? []).map(({ value, title, tone }) => [value, title, tone].filter(Boolean).join(" | ")).join("\n")
const lineChoices = (text) =>
  text.split("\n").filter((line) => line.trim()).map((line) => {
    const [value, title, tone] = split(line)
    return { value, title: title || value, ...(tone ? { tone } : {}) }
  })

const nodeLine = (node, lead) => `${lead}${[node.value, node.title, (node.severity ?? []).join(", "), (node.actions ?? []).join(", ")].join(" | ").replace(/( \| )+$/, "")}`
const treeLines = (nodes) => (nodes ?? []).flatMap((node) => [nodeLine(node, ""), ...(node.clauses ?? []).map((clause) => nodeLine(clause, "- "))]).join("\n")
const lineTree = (text) => {
  const nodes = []
  for (const line of text.split("\n").filter((each) => each.trim())) {
    const [value, title, severity, actions] = split(line.replace(/^\s*-\s*/, ""))
    const node = { value, title: title || value }
    if (severity) node.severity = list(severity).map(Number)
    if (actions) node.actions = list(actions)
    if (/^\s*-/.test(line) && nodes.length) (nodes.at(-1).clauses ??= []).push(node)
    else nodes.push(node)
  }
  return nodes
}

// ---------------------------------------------------------------- controls

let n = 0
function control(title, input, help = "") {
  input.id = `setting-${(n += 1)}`
  input.classList.add("control")
  const row = make("div", { className: "field" }, make("label", { className: "field-label", htmlFor: input.id, textContent: title }), input)
  if (help) {
    row.append(make("p", { className: "field-help", id: `${input.id}-help`, textContent: help }))
    input.setAttribute("aria-describedby", `${input.id}-help`)
  }
  return row
}

function tick(title, isOn, act) {
  const input = make("input", { type: "checkbox", checked: isOn, on: { change: () => act(input.checked) } })
  return make("label", { className: "field-check" }, input, make("span", { textContent: title }))
}

function lines(title, text, help, act) {
  const area = make("textarea", { rows: Math.min(12, text.split("\n").length + 1), value: text, spellcheck: false })
  area.addEventListener("input", () => act(area.value))
  return control(title, area, help)
}

const typed = (value, act, more = {}) => {
  const input = make("input", { value: value ?? "", ...more })
  input.addEventListener("input", () => act(input.value))
  return input
}

function pick(options, value, act) {
  const select = make("select", {}, ...options.map(([each, title]) => make("option", { value: each, textContent: title, selected: each === value })))
  select.addEventListener("change", () => act(select.value))
  return select
}

const put = (field, name, value) => {
  if (value === "" || value === null || value === undefined || (typeof value === "number" && Number.isNaN(value))) delete field[name]
  else field[name] = value
  write()
}

function setting(field, { name, title, kind, help }) {
  if (kind === "choices" || kind === "labels") return lines(title, choiceLines(field[name]), words.choices_help, (text) => put(field, name, lineChoices(text)))
  if (kind === "tree") return lines(title, treeLines(field[name]), words.tree_help, (text) => put(field, name, lineTree(text)))
  if (kind === "flag") return tick(title, Boolean(field[name]), (isOn) => put(field, name, isOn))
  if (kind === "number") return control(title, typed(field[name], (said) => put(field, name, said === "" ? "" : Number(said)), { type: "number", min: 0 }), help)
  if (kind === "source") return control(title, pick([["form", words.from_form], ["policy", words.from_policy]], field[name] ?? "form", (said) => put(field, name, said)), help)
  if (kind === "tools") {
    const has = (tool) => (field[name] ?? ["box", "polygon"]).includes(tool)
    const ticks = ["box", "polygon"].map((tool) => tick(words[tool], has(tool), (isOn) => put(field, name, ["box", "polygon"].filter((each) => (each === tool ? isOn : has(each))))))
    return make("fieldset", { className: "cluster" }, make("legend", { textContent: title }), ...ticks)
  }
  return control(title, typed(field[name], (said) => put(field, name, said)), help)
}

function condition(field, place) {
  const before = spec.fields.slice(0, place).filter((each) => each.kind !== "text")
  const words_ = typed((field.show_if?.in ?? []).join(", "), (said) => field.show_if && put(field, "show_if", { ...field.show_if, in: list(said) }))
  const from = pick([["", words.always], ...before.map((each) => [each.name, each.title || each.name])], field.show_if?.field ?? "", (said) => {
    put(field, "show_if", said ? { field: said, in: list(words_.value) } : null)
    draw()
  })
  const rows = [control(words.show_if, from)]
  if (field.show_if) rows.push(control(words.says, words_))
  return make("div", { className: "columns two" }, ...rows)
}

// A main field's choices are made from its settings where it has none of its own to set.
function card(field, place) {
  const kind = kinds.get(field.kind)
  const isMain = spec.main === field.name
  const move = (step) => () => {
    spec.fields.splice(place + step, 0, ...spec.fields.splice(place, 1))
    write()
    draw()
  }
  const button = (title, act, disabled = false) => make("button", { type: "button", className: "button quiet small", disabled, on: { click: act } }, make("span", { textContent: title }))
  const heading = make("div", { className: "spread" }, make("h2", { textContent: `${place + 1}. ${field.title || field.name}` }),
    make("div", { className: "cluster" },
      button(words.up, move(-1), place === 0),
      button(words.down, move(1), place === spec.fields.length - 1),
      button(words.remove, () => {
        spec.fields.splice(place, 1)
        write()
        draw()
      }, isMain)))
  const rename = (said) => {
    for (const each of spec.fields) if (each.show_if?.field === field.name) each.show_if.field = said
    if (isMain) spec.main = said
    put(field, "name", said)
  }
  const rows = [
    heading,
    make("p", { className: "field-error", hidden: true }),
    make("p", { className: "small muted", textContent: `${kind?.title ?? field.kind}: ${kind?.why ?? ""}` }),
    make("div", { className: "columns two" }, control(words.field_title, typed(field.title, (said) => put(field, "title", said))), control(words.field_name, typed(field.name, rename, { pattern: "[a-z][a-z0-9_]*" }))),
    ...(kind?.settings ?? []).map((each) => setting(field, each)),
    tick(words.required, Boolean(field.required) || isMain, (isOn) => put(field, "required", isOn)),
  ]
  if (kind?.can_be_main) {
    rows.push(tick(words.is_main, isMain, () => {
      spec.main = field.name
      delete field.show_if
      write()
      draw()
    }))
  }
  if (!isMain && place > 0) rows.push(condition(field, place))
  return make("section", { className: "card form-field", id: `form-field-${place + 1}`, tabIndex: -1 }, make("div", { className: "stack" }, ...rows))
}

// ---------------------------------------------------------------- drawing and checking

// Kinds that make their choices themselves would otherwise be held to those of the version before.
const MADE = new Set(["policy_tree", "rating", "pairwise"])
function asWritten(said) {
  const clean = (each) => Object.fromEntries(Object.entries(each).filter(([name]) => !(name === "choices" && MADE.has(each.kind))))
  return { ...said, fields: said.fields.map(clean) }
}

function draw() {
  n = 0
  const question = control(words.question, typed(spec.question, (said) => put(spec, "question", said), { maxLength: 300 }))
  const confirm = tick(words.confirm, Boolean(spec.confirm), (isOn) => put(spec, "confirm", isOn))
  $("form-built").replaceChildren(question, confirm, ...spec.fields.map(card))
}

// What is wrong with a field stands on its card; the list beneath leads there.
function tell(faults) {
  const told = faults.map((fault) => {
    const place = spec?.fields.findIndex((field, at) => fault.startsWith(`${field.name || at + 1}: `)) ?? -1
    return { fault, place, own: place < 0 ? "" : fault.slice(fault.indexOf(": ") + 2) }
  })
  for (const [place, section] of [...document.querySelectorAll(".form-field")].entries()) {
    const own = told.filter((each) => each.place === place).map((each) => each.own)
    Object.assign(section.querySelector(".field-error"), { textContent: own.join(" "), hidden: !own.length })
  }
  // Without a trace in the address, which publishing would carry on to the next page.
  const go = (place) => (event) => {
    event.preventDefault()
    $(`form-field-${place + 1}`).focus()
  }
  $("form-faults").replaceChildren(...told.map(({ fault, place }) =>
    make("li", {}, place < 0 ? fault : make("a", { href: `#form-field-${place + 1}`, textContent: fault, on: { click: go(place) } }))))
}

function write() {
  $("form-spec").value = JSON.stringify(spec, null, 1)
  clearTimeout(timer)
  timer = setTimeout(check, 250)
}

async function check() {
  const token = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"]
  const asked = $("form-spec").value
  const answer = await fetch(start.check, { method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": token }, body: asked }).catch(() => null)
  // A later change has its own answer coming.
  if (!answer?.ok || asked !== $("form-spec").value) return
  const { faults, spec: filled, schema } = await answer.json()
  tell(faults)
  if (!faults.length) shown.draw(filled, schema)
}

function read() {
  try {
    const said = JSON.parse($("form-spec").value)
    if (!Array.isArray(said.fields)) throw new SyntaxError()
    spec = asWritten(said)
    draw()
  } catch {
    // Half-written JSON: the server says what is wrong, the cards wait.
  }
  clearTimeout(timer)
  timer = setTimeout(check, 250)
}

$("form-add").hidden = false
$("form-add").querySelector("button").addEventListener("click", () => {
  const kind = kinds.get($("form-add-kind").value)
  const taken = new Set(spec.fields.map((field) => field.name))
  let name = kind.example.name
  for (let place = 2; taken.has(name); place += 1) name = `${kind.example.name}_${place}`
  spec.fields.push({ ...structuredClone(kind.example), name })
  write()
  draw()
  $("form-built").lastElementChild.querySelector("input").focus()
})
$("form-spec").addEventListener("input", read)
read()
