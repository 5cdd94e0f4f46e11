// A polygon is begun by a click, as every other of its corners is set. Annotorious would have its first side dragged, and takes
// a mere click back when the button comes up: that one is kept from it. Escape gives up what is half drawn.

const NEAR_PX = 4

export function cornersByClick(picture, annotator, isPolygon) {
  const place = picture.parentElement
  const stop = new AbortController()
  let began = null // where the button went down for the first corner

  const isHalfDrawn = () => Boolean(place.querySelector(".a9s-rubberband .a9s-inner"))
  const isTaken = (event) => {
    const box = picture.getBoundingClientRect()
    const at = [(event.clientX - box.x) * (picture.naturalWidth / box.width), (event.clientY - box.y) * (picture.naturalHeight / box.height)]
    return Boolean(annotator.getSelected().length || annotator.state.store.getAt(...at))
  }

  place.addEventListener("pointerdown", (event) => (began = isPolygon() && !isHalfDrawn() && !isTaken(event) ? event : null), { capture: true, signal: stop.signal })
  place.addEventListener("pointerup", (event) => {
    if (began && Math.hypot(event.clientX - began.clientX, event.clientY - began.clientY) <= NEAR_PX) event.stopPropagation()
    began = null
  }, { capture: true, signal: stop.signal })
  document.addEventListener("keydown", (event) => event.key === "Escape" && isHalfDrawn() && annotator.cancelDrawing(), { signal: stop.signal })
  return () => stop.abort()
}
