// Tables work without this. It sends filters as they change, selects all rows, and remembers the choice of columns.
const memory = (block) => `evenkeel.columns.${location.pathname}.${block.id}`

function recall(root) {
  for (const block of root.querySelectorAll?.("[data-table]") ?? []) {
    const chosen = localStorage.getItem(memory(block))
    const url = new URL(location.href)
    if (!chosen || !block.dataset.columns || url.searchParams.has(block.dataset.columns)) continue
    for (const name of JSON.parse(chosen)) url.searchParams.append(block.dataset.columns, name)
    location.replace(url)
    return
  }
}
recall(document)

document.addEventListener("submit", (event) => {
  const form = event.target
  const block = form.closest?.("[data-table]")
  if (!form.matches?.("[data-columns-form]") || !block) return
  if (event.submitter?.name === "reset-columns") localStorage.removeItem(memory(block))
  else localStorage.setItem(memory(block), JSON.stringify(new FormData(form).getAll(block.dataset.columns)))
}, true)

document.addEventListener("change", (event) => {
  const box = event.target
  if (!box.matches?.("[data-select-all]")) return
  for (const other of box.closest("table").querySelectorAll("input[name=selected]")) other.checked = box.checked
  box.closest("table").dispatchEvent(new CustomEvent("selection", { bubbles: true }))
})
