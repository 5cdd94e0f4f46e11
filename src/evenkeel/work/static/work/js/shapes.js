// Boxes and polygons, drawn by Annotorious, or by keyboard (shape_keys.js): a button adds one, keys on its row change it,
// Delete removes it. Places are shares of the picture, so they hold at every size.

import { fill } from "./options.js"
import { cornersByClick } from "./shape_corners.js"
import { newBox, newPolygon, pressed } from "./shape_keys.js"

const REMOTE = "REMOTE" // not drawn by hand: the annotator need not tell us of it

export async function layerFor(control, content, sheet) {
  const pictures = [...content.querySelectorAll("img[data-part]")]
  if (!pictures.length) return null
  const { createImageAnnotator } = await import(sheet.modules.annotorious)
  await Promise.allSettled(pictures.map((picture) => picture.decode()))
  return pictures[0].isConnected ? new ShapeLayer(control, pictures, sheet, createImageAnnotator) : null
}

class ShapeLayer {
  constructor(control, pictures, sheet, create) {
    Object.assign(this, { control, sheet })
    this.known = new Map() // annotation id -> mark
    this.pictures = pictures.map((picture) => this.#open(picture, create))
    const tools = control.field.tools
    this.tool = tools[0] === "box" ? "rectangle" : "polygon"
    for (const [tool, name] of [["box", "rectangle"], ["polygon", "polygon"]]) {
      if (!tools.includes(tool)) continue
      const button = document.createElement("button")
      Object.assign(button, { type: "button", className: "option", textContent: sheet.words[`draw_${tool}`] })
      button.setAttribute("aria-pressed", String(this.tool === name))
      button.addEventListener("click", () => this.#use(name))
      button.dataset.tool = name
      control.tools.append(button)
    }
    for (const [tool, key, made] of [["box", "b", newBox], ["polygon", "p", newPolygon]]) {
      if (!tools.includes(tool)) continue
      const button = document.createElement("button")
      Object.assign(button, { type: "button", className: "option", textContent: sheet.words[`add_${tool}`] })
      button.dataset.key = key
      button.addEventListener("click", () => this.#add(made()))
      control.tools.append(button)
    }
    this.chosen = null // { mark, corner }: the corner of a polygon that the keys move
    this.dot = Object.assign(document.createElement("span"), { className: "shape-corner", hidden: true })
    this.#use(this.tool)
  }

  #open(picture, create) {
    const annotator = create(picture, { drawingEnabled: true, autoSave: true, theme: "auto", style: (annotation) => this.#style(annotation) })
    const each = { picture, annotator, part: picture.dataset.part, naming: new MutationObserver(() => this.#name(picture)) }
    each.naming.observe(picture.parentElement, { childList: true, subtree: true })
    each.release = cornersByClick(picture, annotator, () => this.tool === "polygon")
    this.#name(picture)
    annotator.on("createAnnotation", (annotation) => {
      if (this.isDrawing || this.known.has(annotation.id)) return
      const place = this.#placeOf(annotation, picture)
      if (!place) return annotator.state.store.deleteAnnotation(annotation.id, REMOTE)
      const mark = { ...place, part: each.part }
      this.known.set(annotation.id, mark)
      this.control.add(mark)
      // While one is chosen nothing can be drawn: let go of it, so that the next one begins where the hand presses.
      setTimeout(() => picture.isConnected && annotator.setSelected())
    })
    annotator.on("updateAnnotation", (annotation) => {
      if (this.isDrawing) return
      const mark = this.known.get(annotation.id)
      const place = this.#placeOf(annotation, picture)
      if (mark && place) Object.assign(mark, place)
      this.control.draw()
    })
    annotator.on("deleteAnnotation", (annotation) => {
      if (this.isDrawing) return
      const mark = this.known.get(annotation.id)
      this.known.delete(annotation.id)
      if (mark) this.control.remove(mark)
    })
    return each
  }

  // By keyboard a mark is moved on its row, so the handles are for the mouse; they need a name all the same.
  #name(picture) {
    const words = { ".a9s-annotationlayer": this.sheet.words.draw_here, "[role=button]": this.sheet.words.handle }
    for (const [selector, name] of Object.entries(words)) {
      for (const handle of picture.parentElement.querySelectorAll(`${selector}:not([aria-label])`)) handle.setAttribute("aria-label", name)
    }
  }

  #use(name) {
    this.tool = name
    for (const each of this.pictures) {
      each.annotator.setSelected()
      each.annotator.setDrawingTool(name)
    }
    for (const button of this.control.tools.querySelectorAll("[data-tool]")) button.setAttribute("aria-pressed", String(button.dataset.tool === name))
  }

  #style(annotation) {
    const mark = this.known.get(annotation.id)
    const tone = (mark ? this.control.labelOf(mark) : this.control.label)?.tone ?? "info"
    const colour = getComputedStyle(document.documentElement).getPropertyValue(`--${tone === "quiet" ? "info" : tone}`).trim() || "#3355cc"
    return { stroke: colour, strokeWidth: 2, fill: colour, fillOpacity: 0.15 }
  }

  #placeOf(annotation, picture) {
    const { type, geometry } = annotation.target.selector
    const [width, height] = [picture.naturalWidth, picture.naturalHeight]
    const share = (n, of) => Math.min(1, Math.max(0, Math.round((n / of) * 1e6) / 1e6))
    if (type === "POLYGON") {
      const points = geometry.points.map(([x, y]) => [share(x, width), share(y, height)])
      return points.length > 2 ? { shape: "polygon", points } : null
    }
    const [x, y] = [share(geometry.x, width), share(geometry.y, height)]
    const w = Math.min(1 - x, share(geometry.w, width))
    const h = Math.min(1 - y, share(geometry.h, height))
    return w > 0.002 && h > 0.002 ? { shape: "box", x, y, w, h } : null
  }

  #annotationOf(mark, picture, id) {
    const [width, height] = [picture.naturalWidth, picture.naturalHeight]
    const corners = mark.shape === "box" ? [[mark.x, mark.y], [mark.x + mark.w, mark.y + mark.h]] : mark.points
    const points = corners.map(([x, y]) => [x * width, y * height])
    const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
    const bounds = { minX: Math.min(...xs), minY: Math.min(...ys), maxX: Math.max(...xs), maxY: Math.max(...ys) }
    const geometry = mark.shape === "box" ? { x: bounds.minX, y: bounds.minY, w: bounds.maxX - bounds.minX, h: bounds.maxY - bounds.minY, bounds } : { points, bounds }
    return { id, bodies: [], target: { annotation: id, selector: { type: mark.shape === "box" ? "RECTANGLE" : "POLYGON", geometry } } }
  }

  #add(shape) {
    const mark = this.control.add({ ...shape, part: this.pictures[0].part })
    this.draw()
    this.control.list.children[this.control.marks.indexOf(mark)]?.querySelector("button").focus()
  }

  // Whether a key on the row of a mark was for its shape.
  key(mark, event) {
    const corner = this.chosen?.mark === mark ? this.chosen.corner : null
    const done = pressed(mark, event, corner)
    if (!done) return false
    this.chosen = done.corner === null ? null : { mark, corner: done.corner }
    return true
  }

  #point() {
    const { mark, corner } = this.chosen ?? {}
    const picture = mark && this.pictures.find((each) => each.part === mark.part)?.picture
    this.dot.hidden = !picture || !this.control.marks.includes(mark)
    if (this.dot.hidden) return
    picture.parentElement.append(this.dot)
    const [x, y] = mark.points[corner]
    this.dot.style.left = `${picture.offsetLeft + x * picture.clientWidth}px`
    this.dot.style.top = `${picture.offsetTop + y * picture.clientHeight}px`
  }

  focus() {
    ;(this.control.list.querySelector("button") ?? this.control.tools.querySelector("[data-key]") ?? this.control.tools.querySelector("button"))?.focus()
  }

  words(mark) {
    const percent = (share) => `${Math.round(share * 100)} %`
    if (mark.shape === "polygon") {
      const said = { n: this.chosen?.mark === mark ? this.chosen.corner + 1 : mark.points.length, of: mark.points.length }
      return fill(this.chosen?.mark === mark ? this.sheet.words.corner : this.sheet.words.corners, said)
    }
    return `${percent(mark.x)}, ${percent(mark.y)}; ${percent(mark.w)} × ${percent(mark.h)}`
  }

  show(mark) {
    this.pictures.find((each) => each.part === mark.part)?.picture.scrollIntoView({ block: "nearest" })
  }

  // The list leads: what the annotators show is made to follow it.
  draw() {
    if (this.isDrawing) return
    this.isDrawing = true
    try {
      this.#follow()
      this.#point()
    } finally {
      this.isDrawing = false
    }
  }

  #follow() {
    const idOf = new Map([...this.known].map(([id, mark]) => [mark, id]))
    for (const each of this.pictures) {
      const shown = new Map(each.annotator.getAnnotations().map((annotation) => [annotation.id, annotation]))
      const wanted = this.control.marks.filter((mark) => mark.part === each.part)
      for (const mark of wanted) {
        const id = idOf.get(mark) ?? crypto.getRandomValues(new Uint32Array(4)).join("-")
        this.known.set(id, mark)
        const made = this.#annotationOf(mark, each.picture, id)
        if (!shown.has(id)) each.annotator.state.store.addAnnotation(made, REMOTE)
        else if (JSON.stringify(this.#placeOf(shown.get(id), each.picture)) !== JSON.stringify(this.#placeOf(made, each.picture))) each.annotator.state.store.updateAnnotation(made, REMOTE)
        shown.delete(id)
      }
      for (const id of shown.keys()) {
        const mark = this.known.get(id)
        // One that was drawn this moment is not in the list yet.
        if (mark && !this.control.marks.includes(mark)) {
          this.known.delete(id)
          each.annotator.state.store.deleteAnnotation(id, REMOTE)
        }
      }
    }
  }

  end() {
    for (const each of this.pictures) {
      each.naming.disconnect()
      each.release()
      each.annotator.destroy()
    }
    this.dot.remove()
    this.known.clear()
  }
}
