// Names while an expression is typed: columns of the chosen fact, functions, populations. Arrows choose, Enter or Tab takes
// one over, Escape closes, Ctrl+Space opens. The field stays a plain text field for whoever reads it aloud.

const words = JSON.parse(document.getElementById("expression-words").textContent)
const MOST = 8

for (const field of document.querySelectorAll("[data-expression]")) complete(field)

function complete(field) {
  const list = document.createElement("ul")
  list.id = `${field.id}-names`
  list.className = "names"
  list.role = "listbox"
  list.setAttribute("aria-label", field.labels[0].textContent.trim())
  list.hidden = true
  field.after(list)
  field.setAttribute("aria-autocomplete", "list")
  field.setAttribute("aria-controls", list.id)
  field.setAttribute("aria-haspopup", "listbox")
  let at = -1

  const begun = () => field.value.slice(0, field.selectionStart).match(/[A-Za-z_]\w*$/)?.[0] ?? ""

  function close() {
    list.hidden = true
    at = -1
    field.removeAttribute("aria-activedescendant")
  }

  function open(found) {
    list.replaceChildren(...found.map((word, place) => option(word, `${list.id}-${place}`)))
    list.hidden = false
    mark(0)
  }

  function option(word, id) {
    const line = document.createElement("li")
    line.id = id
    line.role = "option"
    line.dataset.name = word.name
    const name = document.createElement("code")
    name.textContent = word.name
    const hint = document.createElement("span")
    hint.textContent = word.hint
    line.append(name, hint)
    // Before the field loses the focus.
    line.addEventListener("pointerdown", (event) => {
      event.preventDefault()
      take(word.name)
    })
    return line
  }

  function mark(place) {
    at = (place + list.children.length) % list.children.length
    for (const [number, line] of [...list.children].entries()) line.setAttribute("aria-selected", String(number === at))
    field.setAttribute("aria-activedescendant", list.children[at].id)
  }

  function take(name) {
    const end = field.selectionStart
    field.setRangeText(name, end - begun().length, end, "end")
    close()
    field.dispatchEvent(new Event("input", { bubbles: true }))
    close()
  }

  function offer(start, { all = false } = {}) {
    if (!start && !all) return close()
    const found = known().filter((word) => word.name.startsWith(start.toLowerCase()) && word.name !== start)
    return found.length ? open(found.slice(0, MOST)) : close()
  }

  function known() {
    const fact = field.form.elements.fact?.value ?? ""
    const populations = words.populations.filter((word) => word.fact === fact)
    return [...(words.facts[fact] ?? []), ...populations, ...words.functions]
  }

  field.addEventListener("input", () => offer(begun()))
  field.addEventListener("blur", close)
  field.addEventListener("keydown", (event) => {
    if (event.key === " " && event.ctrlKey) {
      event.preventDefault()
      return offer(begun(), { all: true })
    }
    if (list.hidden) return
    const does = { ArrowDown: () => mark(at + 1), ArrowUp: () => mark(at - 1), Escape: close }
    if (event.key === "Enter" || event.key === "Tab") does[event.key] = () => take(list.children[at].dataset.name)
    if (does[event.key]) {
      event.preventDefault()
      event.stopPropagation()
      does[event.key]()
    }
  })
}
