"""Writes the icon sprite of the pages from the npm package lucide-static (ISC).

    python scripts/icons.py                      downloads the pinned package with npm
    python scripts/icons.py path/to/package      reads an unpacked one

The sprite is committed, so that nobody needs npm to run or to build evenkeel. To add an icon, add its line to NAMES.
"""

import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

VERSION = "1.62.0"
TARGET = Path(__file__).parents[1] / "src/evenkeel/ground/static/ground/icons.svg"

# Our name, and Lucide's where it differs. Ours say what a thing is for, so that a drawing can change without a template.
NAMES = """
activity  alarm-clock  archive  arrow-down  arrow-left  arrow-right  arrow-up  award  badge-check  ban  bell
sort=arrow-up-down  book=book-open  bookmark  bot  brain  briefcase  building=building-2  calculator  calendar
calendar-clock  chart=chart-line  chart-bar=chart-column  chart-scatter  check  check-all=check-check  chevron-down
chevron-left  chevron-right  chevron-up  circle  circle-alert  circle-check  circle-dashed  circle-dot  circle-x  clipboard
clipboard-check  clipboard-list  clock  code  coffee  columns=columns-3  compass  copy  credit-card  database  download
edit=pencil  external-link  eye  eye-off  file=file-text  file-check  filter=list-filter  flag  flask=flask-conical
folder  fork=git-branch  gauge  gavel  gift  globe  grid=layout-grid  hand  handshake  hash  heart  heart-pulse
help=circle-question-mark  history  home=house  hourglass  image  inbox  info  key  keyboard  languages  layers
life-buoy  lightbulb  link  list  list-checks  list-tree  loader=loader-circle  lock  log-in  log-out  mail
map-pin  megaphone  menu  message=message-square  microscope  minus  monitor  moon  more=ellipsis  network  note=sticky-note
package  panel-left  pause  percent  phone  pin  play  plug  plus  power  question=message-circle-question-mark  receipt
redo=redo-2  refresh=refresh-cw  reopen=rotate-ccw  rocket  route  save  scale  scroll=scroll-text  search  send  server
settings  share=share-2  shield  shield-alert  shield-check  shuffle  siren  sliders=sliders-horizontal  smile  sparkles  split
star  sun  table=table-2  tag  target  telescope  terminal  thumbs-down  thumbs-up  timer  training=graduation-cap
trash=trash-2  trending-down  trending-up  trophy  undo=undo-2  unlock=lock-open  upload  user  user-check  user-plus  users
video  wallet  warning=triangle-alert  waypoints  wrench  x  zap
"""

MARK = (
    '<symbol id="keel" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" '
    'stroke-linejoin="round"><path d="M2 10h20"/><path d="M4.5 10c.9 5.6 3.7 8.6 7.5 8.6s6.6-3 7.5-8.6"/>'
    '<path d="M12 18.6V22"/><path d="M12 10V3"/></symbol>'
)


def main() -> None:
    """Write the sprite; the licence goes with it."""
    if len(sys.argv) > 1:
        TARGET.write_text(sprite(Path(sys.argv[1])))
    else:
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(
                ["npm", "pack", f"lucide-static@{VERSION}"], cwd=folder, check=True, stdout=subprocess.DEVNULL
            )
            with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
                archive.extractall(folder, filter="data")
            TARGET.write_text(sprite(Path(folder) / "package"))
    print(f"{TARGET}: {TARGET.stat().st_size:,} bytes")


def sprite(package: Path) -> str:
    """One SVG with a symbol per name in NAMES, and the whole licence text above them."""
    licence = re.sub("-{2,}", "...", (package / "LICENSE").read_text())  # two hyphens would end an XML comment
    symbols = [symbol(package, *pair) for pair in sorted(names().items())]
    return (
        f"<!-- Drawings: lucide-static {VERSION}, https://lucide.dev (the mark `keel` is our own). Made by scripts/icons.py."
        "\n\n"
        f'{licence}-->\n<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join([MARK, *symbols]) + "\n</svg>\n"
    )


def names() -> dict[str, str]:
    """Our name of each icon, and Lucide's."""
    pairs = (entry.partition("=") for entry in NAMES.split())
    return {ours: theirs or ours for ours, _, theirs in pairs}


def symbol(package: Path, ours: str, theirs: str) -> str:
    """One drawing as a symbol; strokes take the colour of the text around it."""
    source = (package / "icons" / f"{theirs}.svg").read_text()
    shapes = re.sub(r"\s+", " ", source[source.index(">", source.index("<svg")) + 1 : source.index("</svg>")]).strip()
    shapes = shapes.replace(" />", "/>").replace("> <", "><")
    style = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
    return f'<symbol id="{ours}" viewBox="0 0 24 24" {style}>{shapes}</symbol>'


if __name__ == "__main__":
    main()
