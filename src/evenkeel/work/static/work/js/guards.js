// Guards between a person and what she must look at: blur (point at it or hold H to see), greyscale, mute, small, speed.
// They stand before the item does, so nothing flashes by; what she sets is kept on the server, for her alone.

import { fill, make } from "./options.js"

const FRAMES = 8
const clock = (s) => `${Math.floor(s / 60)}:${String(Math.floor(s % 60)).padStart(2, "0")}`

export class Guards {
  constructor({ content, bar, state, words, save }) {
    Object.assign(this, { content, bar, state: { ...state }, words, save })
    for (const name of ["blur", "greyscale", "mute", "small"]) {
      const button = bar.querySelector(`[data-guard="${name}"]`)
      button.addEventListener("click", () => this.set(name, !this.state[name]))
    }
    this.playing = bar.querySelector(".desk-play")
    this.playing.addEventListener("click", (event) => this.#steer(event.target.closest("button")))
    this.speed = bar.querySelector("select")
    this.speed.addEventListener("change", () => this.set("speed", Number(this.speed.value)))
    addEventListener("keydown", (event) => this.#hold(event, true))
    addEventListener("keyup", (event) => this.#hold(event, false))
    addEventListener("blur", () => delete content.dataset.revealed)
    content.addEventListener("pointerover", (event) => event.target.closest?.(".media") && this.#seen())
    this.#stand()
  }

  set(name, value) {
    if (name === "blur" && this.state.must_blur) return
    this.state[name] = value
    this.#stand()
    this.#play()
    this.save({ [name]: value })
  }

  // What the item has to guard, and what was done to see it.
  begin() {
    this.acts = {}
    this.players = [...this.content.querySelectorAll("video, audio")]
    this.bar.hidden = !this.content.querySelector(".media, audio")
    this.speed.closest("label").hidden = this.playing.hidden = !this.players.length
    this.bar.querySelector('[data-guard="mute"]').hidden = !this.players.length
    this.#play()
    for (const player of this.players) for (const kind of ["play", "pause", "seeked"]) player.addEventListener(kind, () => this.#count(kind))
    for (const video of this.content.querySelectorAll(".item-video video")) this.#strip(video)
  }

  // What was done with the item's media, each with how often; null for an item without any.
  told() {
    return this.bar.hidden ? null : { ...this.acts }
  }

  end() {
    delete this.content.dataset.revealed
    for (const player of this.content.querySelectorAll("video, audio")) {
      player.pause()
      player.removeAttribute("src")
      player.load()
    }
    this.probe?.removeAttribute("src")
    this.probe?.load()
    this.probe = null
  }

  #stand() {
    for (const name of ["blur", "greyscale", "mute", "small"]) {
      this.content.dataset[name] = this.state[name] ? "yes" : "no"
      const button = this.bar.querySelector(`[data-guard="${name}"]`)
      button.setAttribute("aria-pressed", String(this.state[name]))
      if (name === "blur") button.disabled = this.state.must_blur
    }
    this.speed.value = String(this.state.speed)
  }

  #play() {
    for (const player of this.players ?? []) {
      player.muted = this.state.mute
      player.playbackRate = player.defaultPlaybackRate = this.state.speed
    }
  }

  // The one that was used last; the first until one was.
  #steer(button) {
    const player = this.players?.find((each) => !each.paused) ?? this.players?.find((each) => each.currentTime > 0) ?? this.players?.[0]
    if (!button || !player) return
    if (button.dataset.seek) player.currentTime = Math.max(0, player.currentTime + Number(button.dataset.seek))
    else if (player.paused) player.play().catch(() => {})
    else player.pause()
  }

  #seen() {
    if (this.content.dataset.blur === "yes") this.#count("reveal")
  }

  #count(act) {
    this.acts ??= {}
    this.acts[act] = (this.acts[act] ?? 0) + 1
  }

  #hold(event, isDown) {
    const isWriting = event.target.closest?.("input, textarea, select")
    if (event.key.toLowerCase() !== "h" || isWriting || event.ctrlKey || event.metaKey || event.altKey) return
    if (!isDown) delete this.content.dataset.revealed
    else if (this.content.dataset.revealed !== "yes") {
      this.content.dataset.revealed = "yes"
      this.#seen()
    }
  }

  // A strip of frames: what happens in a video is seen without playing it. A player of its own seeks through it, unseen.
  async #strip(video) {
    const strip = video.closest(".item-video").querySelector(".item-strip")
    const probe = (this.probe = make("video", { muted: true, preload: "auto", src: video.src }))
    const once = (kind) => new Promise((done, failed) => {
      probe.addEventListener(kind, done, { once: true })
      probe.addEventListener("error", failed, { once: true })
      probe.addEventListener("emptied", failed, { once: true })
    })
    try {
      await once("loadeddata")
      const length = Number(video.dataset.durationMs) / 1000 || probe.duration
      if (!Number.isFinite(length) || !length) return
      strip.hidden = false
      const [height, width] = [54, Math.max(1, Math.round((54 * probe.videoWidth) / probe.videoHeight))]
      for (let n = 0; n < FRAMES; n += 1) {
        const at = (length * (n + 0.5)) / FRAMES
        probe.currentTime = at
        await once("seeked")
        if (this.probe !== probe || !strip.isConnected) return
        const frame = make("canvas", { width, height })
        frame.getContext("2d").drawImage(probe, 0, 0, width, height)
        const go = make("button", { type: "button", className: "media", ariaLabel: fill(this.words.go_to, { moment: clock(at) }), on: { click: () => (video.currentTime = at) } }, frame)
        strip.append(make("li", {}, go))
      }
    } catch {
      // A video that cannot be sought through has no strip; it still plays.
    }
  }
}
