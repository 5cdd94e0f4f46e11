// Boxes and polygons by keyboard, on plain marks. Arrows move a shape, with Shift they size it, with Ctrl by little. On a
// polygon N goes from corner to corner, which then moves alone; + adds one after it, Delete takes it away, Escape lets it go.

const STEP = 0.01
const LITTLE = 0.002
const LEAST = 3 // corners of a polygon
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
const kept = (n, least = 0, most = 1) => Math.round(Math.min(most, Math.max(least, n)) * 1e6) / 1e6

export const newBox = () => ({ shape: "box", x: 0.35, y: 0.35, w: 0.3, h: 0.3 })
export const newPolygon = () => ({ shape: "polygon", points: [[0.35, 0.35], [0.65, 0.35], [0.65, 0.65], [0.35, 0.65]] })

// What a key does to a mark. `corner` is the one that is chosen, or null. Answers { corner }, or null for a key that is not ours.
export function pressed(mark, event, corner) {
  const move = MOVES[event.key]
  const step = event.ctrlKey || event.metaKey ? LITTLE : STEP
  if (mark.shape === "box") {
    if (move) moveBox(mark, move[0] * step, move[1] * step, event.shiftKey)
    return move ? { corner: null } : null
  }
  const points = mark.points
  if (move) {
    const [dx, dy] = [move[0] * step, move[1] * step]
    if (corner !== null) points[corner] = [kept(points[corner][0] + dx), kept(points[corner][1] + dy)]
    else if (event.shiftKey) size(mark, dx, dy)
    else shift(mark, dx, dy)
    return { corner }
  }
  if (event.key.toLowerCase() === "n") return { corner: corner === null ? 0 : (corner + (event.shiftKey ? points.length - 1 : 1)) % points.length }
  if (corner === null) return null
  if (event.key === "Escape") return { corner: null }
  if (event.key === "+" || event.key === "Insert") {
    const [here, next] = [points[corner], points[(corner + 1) % points.length]]
    points.splice(corner + 1, 0, [kept((here[0] + next[0]) / 2), kept((here[1] + next[1]) / 2)])
    return { corner: corner + 1 }
  }
  if (event.key === "Delete" || event.key === "Backspace") {
    if (points.length > LEAST) points.splice(corner, 1)
    return { corner: corner % points.length }
  }
  return null
}

function moveBox(mark, dx, dy, isSizing) {
  if (isSizing) Object.assign(mark, { w: kept(mark.w + dx, STEP, 1 - mark.x), h: kept(mark.h + dy, STEP, 1 - mark.y) })
  else Object.assign(mark, { x: kept(mark.x + dx, 0, 1 - mark.w), y: kept(mark.y + dy, 0, 1 - mark.h) })
}

const boundsOf = (points) => [0, 1].map((axis) => [Math.min(...points.map((each) => each[axis])), Math.max(...points.map((each) => each[axis]))])

// The whole shape, as far as the picture goes: its form stays.
function shift(mark, dx, dy) {
  const [[left, right], [top, bottom]] = boundsOf(mark.points)
  const [x, y] = [kept(dx, -left, 1 - right), kept(dy, -top, 1 - bottom)]
  mark.points = mark.points.map((each) => [kept(each[0] + x), kept(each[1] + y)])
}

// Wider or higher from its left and top.
function size(mark, dx, dy) {
  const [[left, right], [top, bottom]] = boundsOf(mark.points)
  const [wide, high] = [Math.max(right - left, STEP), Math.max(bottom - top, STEP)]
  const [byX, byY] = [Math.max(STEP, wide + dx) / wide, Math.max(STEP, high + dy) / high]
  mark.points = mark.points.map((each) => [kept(left + (each[0] - left) * byX), kept(top + (each[1] - top) * byY)])
}
