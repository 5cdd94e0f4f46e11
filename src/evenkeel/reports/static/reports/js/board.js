// Puts the tiles of a dashboard into order: by dragging their grip, or by the arrow keys on it. The server keeps the order.
const board = document.querySelector("[data-board]")
const announcer = document.getElementById("announcer")
const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value
let dragged = null

const tiles = () => [...board.querySelectorAll("[data-tile]")]

async function keep(tile) {
  const sent = new URLSearchParams(tiles().map((each) => ["tile", each.dataset.tile]))
  const answer = await fetch(board.dataset.board, { method: "POST", headers: { "X-CSRFToken": token }, body: sent }).catch(() => null)
  if (!answer?.ok) return document.dispatchEvent(new CustomEvent("toast", { detail: { text: document.body.dataset.offline, tone: "bad" } }))
  announcer.textContent = `${board.dataset.moved} ${tiles().indexOf(tile) + 1} / ${tiles().length}`
  ends()
}

// Without this the buttons of the first and the last tile would belong to those that stood there before.
function ends() {
  const all = tiles()
  for (const [place, tile] of all.entries()) {
    const [earlier, later] = tile.querySelectorAll("button[name=to]")
    earlier.disabled = place === 0
    later.disabled = place === all.length - 1
  }
}

function moved(tile, steps) {
  const all = tiles()
  const to = all.indexOf(tile) + steps
  if (to < 0 || to >= all.length) return
  if (steps < 0) all[to].before(tile)
  else all[to].after(tile)
  tile.querySelector("[data-grip]").focus()
  keep(tile)
}

const STEPS = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }
board?.addEventListener("keydown", (event) => {
  const steps = event.target.matches("[data-grip]") ? STEPS[event.key] : undefined
  if (steps === undefined) return
  event.preventDefault()
  moved(event.target.closest("[data-tile]"), steps)
})

board?.addEventListener("dragstart", (event) => {
  dragged = event.target.closest("[data-tile]")
  if (!dragged) return
  event.dataTransfer.effectAllowed = "move"
  event.dataTransfer.setDragImage(dragged, 20, 20)
  dragged.classList.add("is-dragged")
})

board?.addEventListener("dragover", (event) => {
  const over = event.target.closest("[data-tile]")
  if (!dragged || !over) return
  event.preventDefault()
  for (const tile of tiles()) tile.classList.toggle("is-target", tile === over && tile !== dragged)
})

board?.addEventListener("drop", (event) => {
  const over = event.target.closest("[data-tile]")
  if (!dragged || !over || over === dragged) return
  event.preventDefault()
  const all = tiles()
  if (all.indexOf(over) < all.indexOf(dragged)) over.before(dragged)
  else over.after(dragged)
  keep(dragged)
})

board?.addEventListener("dragend", () => {
  for (const tile of tiles()) tile.classList.remove("is-dragged", "is-target")
  dragged = null
})
