// Reads a chart's points out: the pointer and the arrow keys move over them, a line under the chart says each one.
// All listeners sit on the document, so that charts which arrive later work without being set up.

const REACH = 36; // how far from a point, in CSS pixels, a pointer still means it

const marksOf = (svg) => [...svg.querySelectorAll(".c-mark")];

function centre(mark) {
  // The last shape of a mark is its point; whiskers and names come before it.
  const shapes = mark.querySelectorAll("circle, path, rect");
  const box = (shapes[shapes.length - 1] ?? mark).getBoundingClientRect();
  return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
}

function sentence(mark) {
  return mark.getAttribute("aria-label") ?? mark.querySelector("title")?.textContent ?? "";
}

function show(svg, mark) {
  const active = svg.querySelector(".c-mark.is-active");
  if (active === mark) return;
  active?.classList.remove("is-active");
  mark?.classList.add("is-active");
  const line = svg.closest(".chart")?.querySelector(".chart-readout");
  if (line) line.textContent = mark ? sentence(mark) : "";
}

function nearest(svg, event) {
  const hit = event.target.closest(".c-mark");
  if (hit) return hit;
  let best = null;
  let least = REACH;
  for (const mark of marksOf(svg)) {
    const at = centre(mark);
    const away = Math.hypot(at.x - event.clientX, at.y - event.clientY);
    if (away < least) [best, least] = [mark, away];
  }
  return best;
}

// From left to right; points at the same place from top to bottom. In lists of rows that is from top to bottom.
function inOrder(svg) {
  const isList = svg.closest(".chart-forest, .chart-bars, .chart-pareto, .chart-distribution, .chart-matrix");
  if (isList) return marksOf(svg);
  const placed = marksOf(svg).map((mark) => ({ mark, ...centre(mark) }));
  placed.sort((a, b) => (Math.abs(a.x - b.x) > 0.5 ? a.x - b.x : a.y - b.y));
  return placed.map((each) => each.mark);
}

function moved(svg, key) {
  const marks = inOrder(svg);
  const now = marks.indexOf(svg.querySelector(".c-mark.is-active"));
  if (key === "Home") return marks[0];
  if (key === "End") return marks.at(-1);
  if (key === "ArrowRight" || key === "ArrowDown") return marks[Math.min(now + 1, marks.length - 1)];
  return marks[now < 0 ? marks.length - 1 : Math.max(now - 1, 0)];
}

const svgOf = (event) => (event.target instanceof Element ? event.target.closest(".chart-svg") : null);

let last = null;
let waiting = false;
document.addEventListener("pointermove", (event) => {
  last = event;
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    const svg = svgOf(last);
    document.querySelectorAll(".chart-svg:not(:focus-visible) .is-active").forEach((mark) => {
      const other = mark.closest(".chart-svg");
      if (other !== svg) show(other, null);
    });
    if (svg) show(svg, nearest(svg, last));
  });
});

document.addEventListener("pointerdown", (event) => {
  const svg = svgOf(event);
  if (svg) show(svg, nearest(svg, event));
});

document.addEventListener("keydown", (event) => {
  const svg = svgOf(event);
  if (!svg || event.altKey || event.ctrlKey || event.metaKey) return;
  const active = svg.querySelector(".c-mark.is-active");
  if (["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"].includes(event.key)) {
    event.preventDefault();
    show(svg, moved(svg, event.key) ?? null);
  } else if (event.key === "Enter" && active?.localName === "a" && event.target === svg) {
    // A real click, so that htmx and the browser treat it like one.
    active.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, view: window }));
  } else if (event.key === "Escape" && active) {
    event.stopPropagation();
    show(svg, null);
  }
});

document.addEventListener("focusout", (event) => {
  const svg = svgOf(event);
  if (svg) show(svg, null);
});
