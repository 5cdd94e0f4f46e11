// The audit desk by keyboard: digits choose (data-key), Enter gives the verdict, Ctrl+Enter does so from anywhere. What is
// sent comes back into the page without loading it anew, and the next audit is fetched while the last outcome is read.
let seen = 0
let since = null
let ahead = null

const root = () => document.querySelector(".audit-desk")
const judging = () => document.querySelector("[data-audit]")

// Active time is time in which the page could be seen.
function begin() {
  seen = 0
  since = document.visibilityState === "visible" ? performance.now() : null
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") since = performance.now()
  else if (since !== null) {
    seen += performance.now() - since
    since = null
  }
})

async function post(form) {
  const said = new FormData(form)
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(said), redirect: "follow" })
  const page = new DOMParser().parseFromString(await answer.text(), "text/html")
  return { page, url: answer.url, isFit: answer.ok || answer.status === 422 }
}

function show({ page, url, isFit }) {
  const desk = page.querySelector(".audit-desk")
  // Anything but a desk that needs no scripts of its own is loaded as a page.
  if (!isFit || !desk || desk.dataset.whole !== undefined) return location.assign(url)
  root().replaceWith(document.adoptNode(desk))
  history.replaceState(null, "", url)
  document.title = page.title
  begin()
  const first = desk.querySelector("[autofocus]") ?? desk.querySelector("#outcome") ?? desk.querySelector("#content")
  first?.focus()
  document.getElementById("announcer").textContent = desk.querySelector("#outcome, #question")?.textContent ?? ""
  fetchAhead()
}

function fetchAhead() {
  const next = document.querySelector("form[data-ahead]")
  ahead = next ? post(next).catch(() => null) : null
}

document.addEventListener("submit", async (event) => {
  const form = event.target
  if (event.defaultPrevented || !root()?.contains(form)) return
  if (form.matches("[data-audit]")) form.elements.active_ms.value = Math.round(seen + (since === null ? 0 : performance.now() - since))
  // The rest (giving back, correcting, scoring) is rarer than the line of audits, and tells what became of it on a new page.
  if (root().dataset.whole !== undefined || !form.matches("[data-audit], [data-ahead]")) return
  event.preventDefault()
  const known = form.matches("[data-ahead]") && ahead ? await ahead : null
  try {
    show(known ?? (await post(form)))
  } catch {
    form.submit()
  }
})

// A digit presses a label, which leaves the focus where it was; on the answer, Enter sends the form by itself.
document.addEventListener("change", (event) => event.target.matches("[data-audit] input[type=radio]") && event.target.focus())
// Wherever the focus is: after a digit it is often on nothing.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && judging() && !document.querySelector("dialog[open]")) {
    event.preventDefault()
    judging().requestSubmit()
  }
  if (event.key === "Escape" && event.target.matches("textarea")) event.target.blur()
})

begin()
if (!judging()) fetchAhead()
