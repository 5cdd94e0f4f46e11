// Talking to the server, for the desk and what stands beside it.

export class Refusal extends Error {
  constructor(status, problem) {
    super(problem?.detail ?? `${status}`)
    this.status = status
    this.code = problem?.code
    this.fields = problem?.fields ?? {}
  }
}

let token = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"]

export async function post(url, said, { keepalive = false, method = "POST" } = {}) {
  const answer = await fetch(url, {
    method,
    headers: { "Content-Type": "application/json", "X-CSRFToken": token, "X-Evenkeel-Desk": "1" },
    body: JSON.stringify(said ?? {}),
    keepalive,
    signal: keepalive ? undefined : AbortSignal.timeout(20_000),
  })
  // A failing server or proxy is no answer to the question; the request is sent again like one that got lost.
  if (answer.status >= 500 || answer.status === 429) throw new TypeError(`${answer.status}`)
  const problem = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : null
  if (!answer.ok) throw new Refusal(answer.status, problem)
  return problem
}

// An address that was given with an id of nobody, completed.
export const at = (url, id) => url.replace("00000000-0000-0000-0000-000000000000", id)

// Logging in again changes the token that proves where a request comes from.
export const renewToken = (fresh) => (token = fresh)
