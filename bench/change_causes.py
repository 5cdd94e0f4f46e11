"""How often the causes of a change are named, and how fast: shipped cases, fresh made-up ones, many rows, and a peer.

    scripts/bench change_causes                     all of it (about a quarter of an hour)
    scripts/bench change_causes -- shipped fresh    parts of it: shipped, fresh, quiet, rows, peer
    scripts/bench change_causes -- rows 10000000    so many rows

Scores: F1 over all cases of a family together. Leaf tables and faults count a cause that is named exactly; decisions one whose
current rows have a Jaccard of .95 or more with the true one's. One default setting throughout. CPU is processor time of one
search, reading not counted. The shipped cases are read from the folder EVENKEEL_REFERENCE_DATA names, and left out where it is
not set. The fresh ones come from `_change_worlds.py`, with seeds that served no development. The peer (wise-pizza) is installed
by this file into an environment of its own; figures of others that cannot be installed are quoted from the study of 2026.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np
from pyarrow import compute as pc
from pyarrow import parquet

sys.path.insert(0, str(Path(__file__).parents[1]))
from bench import _change_worlds as worlds

from evenkeel.kernel import explain_rate, explain_shift

# This folder, where Python begins to look, holds a `coverage.py` that Numba would take for the package of that name.
sys.path.remove(str(Path(__file__).parent))

PEERS = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "evenkeel-bench" / "change-causes-peers"
WANTED = ("wise-pizza==0.2.9", "pyarrow")
FIRST_SEED = 90_000
PEER_SECONDS = 240
STUDY = """Quoted (study of 2026, the same kind of machine; F1, CPU seconds a case)
  B0      RiskLoc .96 / .38      AutoRoot .92 / .13     Squeeze .89 / 4.2   HotSpot .57   Adtributor .16
  S       RiskLoc .62 / 3.8-5.8  AutoRoot .45 / .9-1.3  Squeeze .00         Adtributor .05
  L       RiskLoc .64 / .85      AutoRoot .52 / .10     Squeeze .31 / 8.8   Adtributor .00
  faults  RobustSpot .42 (own published result .56)     Adtributor .27      AutoRoot .26   Squeeze .04   RiskLoc .03
  rates   wise-pizza .46 / 31 (5 dimensions), more than 200 s a case (12)   Adtributor .25  RiskLoc .18  AutoRoot .00"""

Score = tuple[int, int, int]
Cause = dict[str, Any]


def main(words: list[str]) -> None:
    """Print the tables asked for."""
    sizes = [int(word) for word in words if word.isdigit()]
    parts = [word for word in words if not word.isdigit()] or ["shipped", "fresh", "quiet", "rows", "peer"]
    print(f"load average {os.getloadavg()[0]:.1f}")
    if {"shipped", "fresh"} & set(parts):
        print(
            f"{'family':<28} {'cases':>6} {'F1':>6} {'named':>6} {'false':>6} {'missed':>7} {'CPU s mean':>11} {'most':>7}"
        )
    if "shipped" in parts:
        _shipped()
    if "fresh" in parts:
        _fresh()
    if "quiet" in parts:
        _quiet()
    if "rows" in parts:
        _rows(sizes or [90_000, 1_000_000, 10_000_000])
    if "peer" in parts:
        _peer()
        print(STUDY)


def _shipped() -> None:
    folder = os.environ.get("EVENKEEL_REFERENCE_DATA", "")
    if not folder or not (Path(folder) / "rca").is_dir():
        print("shipped cases: EVENKEEL_REFERENCE_DATA names no folder with them")
        return
    home = Path(folder) / "rca"
    tables = json.loads((home / "leaf/labels.json").read_text())
    for name in ("B0", "S", "L"):
        _family(f"shipped {name}", (_leaf(home, label) for label in tables if label["dataset"] == name))
    _family("shipped faults", _faults(home))
    _family(
        "shipped rates, 12 dimensions",
        (_rate(home, label) for label in json.loads((home / "rate/labels.json").read_text())),
    )


def _fresh() -> None:
    def rng(*seed: int) -> np.random.Generator:
        return np.random.default_rng([FIRST_SEED, *seed])

    settings = [(order, causes, turn) for order in (1, 2, 3) for causes in (1, 2, 3) for turn in range(10)]
    _family("fresh B0-like", (_dense(worlds.squeeze_like(rng(1, *s), order=s[0], causes=s[1])) for s in settings))
    for number, name in enumerate("SL"):
        _family(
            f"fresh {name}-like", (_dense(worlds.riskloc_like(rng(2, number, turn), kind=name)) for turn in range(60))
        )
    _family("fresh faults", (_cells(worlds.minutes(rng(3, turn))) for turn in range(120)))
    for few in (True, False):
        made = (
            _decided(worlds.decisions(rng(4, few, turn, k), kind=kind, few=few))
            for turn in range(6)
            for k, kind in enumerate(worlds.KINDS)
        )
        _family(f"fresh rates, {5 if few else 12} dimensions", made)


def _quiet() -> None:
    """Cases without a cause: how often one is named."""
    print(f"\n{'without a cause':<28} {'cases':>6} {'a cause named':>14}  verdicts")
    for kind in ("null", "mix", "global"):
        verdicts: dict[str, int] = {}
        for turn in range(40):
            world = worlds.decisions(
                np.random.default_rng([FIRST_SEED, 5, turn]), kind=kind, baseline=30_000, current=15_000
            )
            said = explain_rate(world.dimensions, world.events, world.is_current, hierarchies=world.hierarchies)
            verdicts[said.verdict] = verdicts.get(said.verdict, 0) + 1
        print(f"{'decisions, ' + kind:<28} {40:>6} {verdicts.get('localised', 0):>14}  {verdicts}")


def _rows(sizes: list[int]) -> None:
    print(f"\n{'rows x 12 dimensions':<22} {'path':<22} {'CPU s':>7} {'again':>7} {'wall s':>7} {'peak MB':>8}")
    for size in sizes:
        for path in ("plain", "with the extra"):
            words = [sys.executable, __file__, "--rows", str(size), path]
            done = subprocess.run(words, capture_output=True, text=True, check=False)
            last = done.stdout.strip().splitlines()[-1:] or [f"failed: {done.stderr.strip().splitlines()[-1:]}"]
            print(f"{size:<22,} {path:<22} {last[0]}", flush=True)


def rows(size: int, path: str) -> None:
    """Time one search over so many decisions, in this process."""
    if path == "plain":
        sys.modules["numba"] = None  # type: ignore[assignment]
        from evenkeel.kernel import machine_code

        machine_code._fewest_rows.set(float("inf"))
    world = worlds.decisions(
        np.random.default_rng(FIRST_SEED), kind="multi", baseline=size * 2 // 3, current=size - size * 2 // 3
    )
    columns = {name: column.astype(np.uint8) for name, column in world.dimensions.items()}
    events, now = world.events, world.is_current
    del world
    spent = []
    for _ in range(2):
        cpu, wall = process_time(), perf_counter()
        explain_rate(columns, events, now)
        spent.append((process_time() - cpu, perf_counter() - wall))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{spent[0][0]:>7.2f} {spent[1][0]:>7.2f} {spent[1][1]:>7.2f} {peak:>8.0f}")


def _family(name: str, cases: Iterator[tuple[Score, float]]) -> None:
    scores, seconds = zip(*cases, strict=True)
    right, wrong, missed = (sum(part) for part in zip(*scores, strict=True))
    f1 = 2 * right / max(2 * right + wrong + missed, 1)
    spent = f"{np.mean(seconds):>11.4f} {max(seconds):>7.4f}"
    print(f"{name:<28} {len(scores):>6} {f1:>6.3f} {right:>6} {wrong:>6} {missed:>7} {spent}", flush=True)


def _leaf(home: Path, label: dict[str, Any]) -> tuple[Score, float]:
    table = parquet.read_table(home.parent / "rca" / label["file"])
    columns = {name: table.column(name).to_numpy() for name in label["dims"]}
    real, predict = (table.column(name).to_numpy().astype(float) for name in ("real", "predict"))
    return _dense(worlds.Dense(columns, real, predict, label["causes"]))


def _dense(world: worlds.Dense) -> tuple[Score, float]:
    start = process_time()
    said = explain_shift(world.dimensions, world.real, world.predict)
    spent = process_time() - start
    return _exactly(world.causes, [dict(cause.where) for cause in said.causes]), spent


def _faults(home: Path) -> Iterator[tuple[Score, float]]:
    whole = parquet.read_table(home / "faults/faults.parquet", filters=[("minute", "<=", 0)])
    for label in json.loads((home / "faults/labels.json").read_text()):
        table = whole.filter(pc.equal(whole.column("case"), label["case"]))
        columns: Any = {name: np.array(table.column(name).to_pylist(), dtype=object) for name in label["dims"]}
        x, n, minute = (table.column(name).to_numpy().astype(float) for name in ("value", "cnt", "minute"))
        yield _cells(worlds.Counts(columns, x, n, minute == 0, label["causes"], "fault"))


def _cells(world: worlds.Counts) -> tuple[Score, float]:
    start = process_time()
    said = explain_rate(world.dimensions, world.events, world.is_current, n=world.n)
    spent = process_time() - start
    return _exactly(world.causes, [dict(cause.where) for cause in said.causes]), spent


def _rate(home: Path, label: dict[str, Any]) -> tuple[Score, float]:
    table = parquet.read_table(home / label["file"])
    columns = {name: table.column(name).to_numpy() for name in table.column_names}
    now, error = columns.pop("period") == 1, columns.pop("err").astype(float)
    causes = [cause["element"] for cause in label["causes"]]
    return _decided(worlds.Counts(columns, error, np.ones(len(error)), now, causes, label["kind"], worlds.NESTED))


def _decided(world: worlds.Counts) -> tuple[Score, float]:
    start = process_time()
    said = explain_rate(world.dimensions, world.events, world.is_current, hierarchies=world.hierarchies)
    spent = process_time() - start
    return _by_rows(world, [dict(cause.where) for cause in said.causes]), spent


def _exactly(causes: list[Cause], found: list[Cause]) -> Score:
    true, said = ({tuple(sorted(cause.items())) for cause in some} for some in (causes, found))
    return len(true & said), len(said - true), len(true - said)


def _by_rows(world: worlds.Counts, found: list[Cause]) -> Score:
    def inside(cause: Cause) -> Any:
        mask = world.is_current.copy()
        for name, value in cause.items():
            mask &= world.dimensions[name] == value
        return mask

    left = [inside(cause) for cause in world.causes]
    right = 0
    for cause in found:
        held = inside(cause)
        same = [k for k, other in enumerate(left) if (held & other).sum() >= 0.95 * (held | other).sum()][:1]
        right += len(same)
        left = [other for k, other in enumerate(left) if k not in same]
    return right, len(found) - right, len(left)


def _peer() -> None:
    """wise-pizza on a few of the fresh decisions with 5 dimensions, which it takes already counted by cell."""
    _install_peers()
    print(f"\n{'5 dimensions, 90,000 rows':<28} {'named':>6} {'false':>6} {'missed':>7} {'CPU s':>8}")
    for kind in ("one", "two", "three"):
        world = worlds.decisions(np.random.default_rng([FIRST_SEED, 6]), kind=kind, few=True)
        score, spent = _decided(world)
        print(f"{kind + ', evenkeel':<28} {score[0]:>6} {score[1]:>6} {score[2]:>7} {spent:>8.2f}")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "decisions.npz"
            columns: dict[str, Any] = dict(world.dimensions)
            np.savez(path, events=world.events, now=world.is_current, **columns)
            words = [str(PEERS / "bin" / "python"), "-c", _PIZZA, str(path), *world.dimensions]
            try:
                done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=PEER_SECONDS)
            except subprocess.TimeoutExpired:
                print(f"{kind + ', wise-pizza':<28} no answer in {PEER_SECONDS} s")
                continue
        if done.returncode:
            print(f"{kind + ', wise-pizza':<28} failed: {done.stderr.strip().splitlines()[-1][:80]}")
            continue
        said = json.loads(done.stdout.splitlines()[-1])
        found = [{name: int(value) for name, value in cause.items()} for cause in said["causes"]]
        score = _by_rows(world, found)
        print(f"{kind + ', wise-pizza':<28} {score[0]:>6} {score[1]:>6} {score[2]:>7} {said['cpu']:>8.2f}", flush=True)


_PIZZA = """
import json, sys, time
import numpy as np, pandas as pd
from wise_pizza import explain_changes_in_average
data, dims = np.load(sys.argv[1]), sys.argv[2:]
frame = pd.DataFrame({name: data[name].astype(str) for name in dims} | {"events": data["events"], "n": 1.0})
sides = [frame[rows].groupby(dims, as_index=False)[["events", "n"]].sum() for rows in (~data["now"], data["now"])]
start = time.process_time()
found = explain_changes_in_average(
    sides[0], sides[1], dims, "events", "n", how="totals", max_segments=3, solver="lasso", verbose=False)
causes = [{k: v for k, v in segment["segment"].items() if k in dims} for segment in found.segments]
print(json.dumps({"causes": [cause for cause in causes if cause], "cpu": time.process_time() - start}))
"""


def _install_peers() -> None:
    if (PEERS / "ready").exists():
        return
    PEERS.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["uv", "venv", "--quiet", "--clear", "--python", sys.executable, str(PEERS)], check=True)
    subprocess.run(["uv", "pip", "install", "--quiet", "--python", str(PEERS / "bin" / "python"), *WANTED], check=True)
    (PEERS / "ready").touch()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--rows"]:
        rows(int(sys.argv[2]), sys.argv[3])
    else:
        main(sys.argv[1:])
