// Tables work without this. Here: short addresses, the new count said aloud, all rows selected, the choice of columns remembered.
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
  if (form.matches?.("[data-columns-form]") && block) {
    localStorage.setItem(memory(block), JSON.stringify(new FormData(form).getAll(block.dataset.columns)))
  }
}, true)
document.addEventListener("click", (event) => {
  const block = event.target.closest?.("[data-columns-reset]")?.closest("[data-table]")
  if (block) localStorage.removeItem(memory(block))
})

document.addEventListener("htmx:configRequest", (event) => {
  if (!event.target.matches?.("[data-filters]")) return
  for (const [name, value] of [...event.detail.formData.entries()]) if (value === "") event.detail.formData.delete(name)
})
document.addEventListener("htmx:afterSwap", (event) => {
  const count = document.getElementById(event.target.id)?.querySelector("[data-table-count], .empty-title")
  if (count) document.getElementById("announcer").textContent = count.textContent
})

document.addEventListener("change", (event) => {
  const box = event.target
  if (!box.matches?.("[data-select-all]")) return
  for (const other of box.closest("table").querySelectorAll("input[name=selected]")) other.checked = box.checked
  box.closest("table").dispatchEvent(new CustomEvent("selection", { bubbles: true }))
})
