// One tab of a queue works, any other one says so and offers to take over: two would fight over the same items.

// `lost` is called when another tab takes over, `won` when this one leads, `waits` when another one does.
export function lead(name, { won, lost, waits }) {
  // Over plain http browsers have no locks; there the tabs only tell each other.
  if (!navigator.locks) return leadByWord(name, { won, lost, waits })
  const hold = (options) =>
    navigator.locks
      .request(name, options, (lock) => {
        if (!lock) return waits()
        won()
        return new Promise(() => {})
      })
      .catch((error) => error.name === "AbortError" && lost())
  hold({ ifAvailable: true })
  return { takeOver: () => hold({ steal: true }) }
}

function leadByWord(name, { won, lost, waits }) {
  const channel = new BroadcastChannel(name)
  const self = Array.from(crypto.getRandomValues(new Uint32Array(2))).join("-")
  let isLeading = false
  let hasAnswer = false
  channel.onmessage = ({ data }) => {
    if (data.from === self) return
    if (data.kind === "who" && isLeading) channel.postMessage({ kind: "me", from: self })
    if (data.kind === "me" && !isLeading) hasAnswer = true
    if (data.kind === "over" && isLeading) {
      isLeading = false
      lost()
    }
  }
  const start = () => {
    isLeading = true
    won()
  }
  channel.postMessage({ kind: "who", from: self })
  setTimeout(() => (hasAnswer ? waits() : start()), 150)
  return {
    takeOver() {
      channel.postMessage({ kind: "over", from: self })
      start()
    },
  }
}
