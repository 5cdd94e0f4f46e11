// Marked text. By mouse: select, and it is marked with the label that is set. By keyboard: arrows walk from word to word,
// with Shift they select, Enter marks. Highlights are the browser's own: the item's text is not touched.

const pieces = new Intl.Segmenter(document.documentElement.lang, { granularity: "word" })
const TONES = ["good", "warn", "bad", "info", "quiet"]

export function layerFor(control, content, sheet) {
  return new SpanLayer(control, content, sheet)
}

class SpanLayer {
  constructor(control, content, sheet) {
    Object.assign(this, { control, content, sheet })
    this.parts = [...content.querySelectorAll("[data-part]")].filter((each) => each.firstChild?.nodeType === Node.TEXT_NODE && each.childNodes.length === 1)
    this.words_ = this.parts.flatMap((part) => [...pieces.segment(part.textContent)].filter((each) => each.isWordLike).map((each) => ({ part, start: each.index, end: each.index + each.segment.length })))
    this.anchor = this.here = -1
    this.stop = new AbortController()
    const listen = (target, kind, act) => target.addEventListener(kind, act, { signal: this.stop.signal })
    listen(content, "pointerup", () => setTimeout(() => this.mark()))
    for (const part of this.parts) {
      part.tabIndex = 0
      part.classList.add("is-markable")
      listen(part, "keydown", (event) => this.#key(event))
      listen(part, "focus", () => this.here < 0 && this.#go(this.words_.findIndex((word) => word.part === part), false))
    }
  }

  focus() {
    this.parts[0]?.focus()
  }

  #key(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step) this.#go(Math.min(this.words_.length - 1, Math.max(0, this.here + step)), event.shiftKey)
    else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && !getSelection().isCollapsed) this.mark()
    else if (/^[1-9]$/.test(event.key) && this.control.field.labels[event.key - 1]) {
      this.control.labels.set(this.control.field.labels[event.key - 1].value)
      this.mark()
    } else return
    event.preventDefault()
    event.stopPropagation()
  }

  #go(place, isExtending) {
    const word = this.words_[place]
    if (!word) return
    // A selection stays within one part: a span cannot run over two.
    if (!isExtending || this.words_[this.anchor]?.part !== word.part) this.anchor = place
    this.here = place
    const [first, last] = [this.words_[Math.min(this.anchor, place)], this.words_[Math.max(this.anchor, place)]]
    getSelection().setBaseAndExtent(first.part.firstChild, first.start, last.part.firstChild, last.end)
    if (word.part !== document.activeElement) word.part.focus({ preventScroll: true })
    word.part.scrollIntoView({ block: "nearest" })
  }

  mark() {
    const selection = getSelection()
    if (selection.isCollapsed || !selection.rangeCount) return
    const range = selection.getRangeAt(0)
    const part = this.parts.find((each) => each.contains(range.startContainer))
    if (!part || !part.contains(range.endContainer)) return
    const text = part.textContent
    let [start, end] = [range.startContainer === part ? 0 : range.startOffset, range.endContainer === part ? text.length : range.endOffset]
    while (start < end && /\s/.test(text[start])) start += 1
    while (end > start && /\s/.test(text[end - 1])) end -= 1
    if (start === end) return
    selection.removeAllRanges()
    // The server counts characters, the page counts UTF-16 units.
    this.control.add({ start: [...text.slice(0, start)].length, end: [...text.slice(0, end)].length, part: part.dataset.part })
  }

  #range(mark) {
    const part = this.parts.find((each) => each.dataset.part === mark.part) ?? this.parts[0]
    const text = part?.textContent ?? ""
    const unit = (n) => [...text].slice(0, n).join("").length
    const range = new Range()
    if (!part) return range
    range.setStart(part.firstChild, unit(mark.start))
    range.setEnd(part.firstChild, unit(mark.end))
    return range
  }

  words(mark) {
    const said = this.#range(mark).toString()
    return `“${said.length > 40 ? `${said.slice(0, 39)}…` : said}”`
  }

  show(mark) {
    this.#range(mark).startContainer.parentElement?.scrollIntoView({ block: "center" })
  }

  draw() {
    if (!CSS.highlights) return
    for (const tone of TONES) {
      const ranges = this.control.marks.filter((mark) => (this.control.labelOf(mark)?.tone ?? "quiet") === tone).map((mark) => this.#range(mark))
      CSS.highlights.set(`span-${tone}`, new Highlight(...ranges))
    }
  }

  end() {
    this.stop.abort()
    for (const tone of TONES) CSS.highlights?.delete(`span-${tone}`)
    getSelection().removeAllRanges()
  }
}
