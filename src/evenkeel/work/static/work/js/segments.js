// Segments of audio or video. "I" starts one where the player stands, "O" ends it there; on its row the arrows shift it,
// with Shift they move its end. A recording of sound shows its wave, in which segments are drawn by mouse (wavesurfer.js).

export async function layerFor(control, content, sheet) {
  const player = content.querySelector("video[data-part], audio[data-part]")
  if (!player) return null
  const layer = new SegmentLayer(control, player, sheet)
  if (player.tagName === "AUDIO") await layer.wave()
  return layer
}

const clock = (ms) => `${Math.floor(ms / 60_000)}:${((ms % 60_000) / 1000).toFixed(1).padStart(4, "0")}`

class SegmentLayer {
  constructor(control, player, sheet) {
    Object.assign(this, { control, player, sheet })
    this.startedAt = null
    this.start = this.#button("mark_start", "i", () => this.begin())
    this.stop = this.#button("mark_end", "o", () => this.finish())
    this.state = document.createElement("span")
    this.state.className = "small muted number"
    control.tools.append(this.start, this.stop, this.state)
    this.known = new Map() // region -> mark
  }

  #button(name, key, act) {
    const button = document.createElement("button")
    Object.assign(button, { type: "button", className: "option", textContent: this.sheet.words[name] })
    const kbd = Object.assign(document.createElement("kbd"), { textContent: key.toUpperCase(), ariaHidden: "true" })
    button.prepend(kbd)
    button.dataset.key = key
    button.dataset.keyLabel = this.sheet.words[name]
    button.addEventListener("click", act)
    return button
  }

  get now() {
    return Math.round(this.player.currentTime * 1000)
  }

  get length() {
    return Number.isFinite(this.player.duration) ? Math.round(this.player.duration * 1000) : Number(this.player.dataset.durationMs) || 86_400_000
  }

  begin() {
    this.startedAt = this.now
    this.state.textContent = this.sheet.words.from.replace("{moment}", clock(this.startedAt))
  }

  finish() {
    const [start, end] = [this.startedAt ?? 0, this.now].sort((a, b) => a - b)
    if (end <= start) return
    this.startedAt = null
    this.state.textContent = ""
    this.control.add({ start_ms: start, end_ms: Math.min(end, this.length), part: this.player.dataset.part })
  }

  key(mark, event) {
    const step = { ArrowLeft: -100, ArrowRight: 100, ArrowDown: -1000, ArrowUp: 1000 }[event.key]
    if (!step) return false
    const kept = (n, least, most) => Math.min(most, Math.max(least, n))
    if (event.shiftKey) mark.end_ms = kept(mark.end_ms + step, mark.start_ms + 1, this.length)
    else {
      const length = mark.end_ms - mark.start_ms
      mark.start_ms = kept(mark.start_ms + step, 0, this.length - length)
      mark.end_ms = mark.start_ms + length
    }
    return true
  }

  async wave() {
    const [{ default: WaveSurfer }, { default: Regions }] = await Promise.all([import(this.sheet.modules.wavesurfer), import(this.sheet.modules.regions)])
    const place = this.player.closest("[data-wave]")?.querySelector(".item-wave")
    if (!place?.isConnected) return
    // A canvas knows no tokens: only a colour that an element has got by one.
    const colour = (name) => {
      place.style.color = `var(${name})`
      return getComputedStyle(place).color
    }
    this.surfer = WaveSurfer.create({ container: place, media: this.player, height: 96, waveColor: colour("--ink-3"), progressColor: colour("--accent"), barWidth: 2, barGap: 1, normalize: true })
    // Its own rules, which the Content-Security-Policy would refuse as a <style>.
    const root = this.surfer.getWrapper().getRootNode()
    const rules = new CSSStyleSheet()
    rules.replaceSync(root.querySelector("template[data-style]")?.content.textContent ?? "")
    root.adoptedStyleSheets = [rules]
    this.regions = this.surfer.registerPlugin(Regions.create())
    this.surfer.on("error", () => {}) // a wave that cannot be drawn leaves the player and its keys
    this.surfer.on("ready", () => {
      this.regions.enableDragSelection({ color: "rgb(90 120 220 / 25%)" })
      this.draw()
    })
    this.regions.on("region-created", (region) => {
      // Those that the list has put there itself are in it.
      if (this.isDrawing || this.known.has(region)) return
      const mark = { ...this.#placeOf(region), part: this.player.dataset.part }
      this.known.set(region, mark)
      this.control.add(mark)
    })
    this.regions.on("region-updated", (region) => {
      const mark = this.known.get(region)
      if (mark) Object.assign(mark, this.#placeOf(region))
      this.control.draw()
    })
  }

  #placeOf(region) {
    const start = Math.max(0, Math.round(region.start * 1000))
    return { start_ms: start, end_ms: Math.max(start + 1, Math.min(this.length, Math.round(region.end * 1000))) }
  }

  draw() {
    if (!this.regions || !this.surfer.getDuration()) return
    const regionOf = new Map([...this.known].map(([region, mark]) => [mark, region]))
    for (const mark of this.control.marks) {
      const said = { start: mark.start_ms / 1000, end: mark.end_ms / 1000 }
      const region = regionOf.get(mark)
      if (region) {
        if (region.start !== said.start || region.end !== said.end) region.setOptions(said)
      } else {
        this.isDrawing = true
        this.known.set(this.regions.addRegion({ ...said, color: "rgb(90 120 220 / 25%)" }), mark)
        this.isDrawing = false
      }
    }
    for (const [region, mark] of this.known) {
      if (this.control.marks.includes(mark)) continue
      this.known.delete(region)
      region.remove()
    }
  }

  words(mark) {
    return `${clock(mark.start_ms)} – ${clock(mark.end_ms)}`
  }

  show(mark) {
    this.player.currentTime = mark.start_ms / 1000
  }

  focus() {
    ;(this.control.list.querySelector("button") ?? this.start).focus()
  }

  end() {
    this.surfer?.destroy()
    this.known.clear()
  }
}
