"""Of the labels that the finder doubts most, how many are wrong? On public sets with known answers, and made-up ones.

    scripts/bench label_errors

The standing answer of an item is its most frequent one. Printed are the share of items whose standing answer is wrong, the
precision among the first k of the list, of a list by the share of dissenting votes, and of one in random order (the share
itself), the expected number of wrong answers beside the true one, and CPU seconds. The public sets are read from the
folder that EVENKEEL_REFERENCE_DATA names and left out where it is absent; made-up ones are seeded.
"""

from __future__ import annotations

import csv
import gzip
import os
from collections.abc import Iterator
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np

from evenkeel.quality.rules.label_errors import precision_at, suspects

KS = (25, 50, 100, 200)


def main() -> None:
    """Print a line a set and list."""
    print(f"load {os.getloadavg()[0]:.1f}")
    print(f"{'set':24} {'items':>6} {'wrong':>6} {'list':>10} " + " ".join(f"{f'at {k}':>6}" for k in KS)
          + f" {'expected':>9} {'true':>6} {'CPU s':>6}")  # fmt: skip
    for name, item, person, label, truth, told in _sets():
        began = process_time()
        width = int(max(label.max(), truth.max())) + 1
        found = suspects(item, person, label, n_items=len(truth), n_classes=width, probabilities=told)
        spent = process_time() - began
        known = np.flatnonzero((truth >= 0) & (found.label >= 0))
        wrong = (found.label != truth) & (truth >= 0)
        ranking = [at for at in found.ranking().tolist() if truth[at] >= 0]
        counts = np.zeros((len(truth), width))
        np.add.at(counts, (item, label), 1)
        share = counts.max(axis=1) / np.maximum(counts.sum(axis=1), 1)
        votes = known[np.lexsort((known, share[known]))]
        expected = float(np.nansum(found.chance_wrong[known]))
        for title, order in (("finder", ranking), ("by votes", votes)):
            at_k = " ".join(f"{precision_at(order, wrong, k):6.3f}" if k <= known.size else f"{'':6}" for k in KS)
            tail = f" {expected:9.1f} {int(wrong[known].sum()):6d} {spent:6.2f}" if title == "finder" else ""
            print(f"{name:24} {known.size:6d} {wrong[known].mean():6.3f} {title:>10} {at_k}{tail}", flush=True)


def _sets() -> Iterator[tuple[str, Any, Any, Any, Any, Any]]:
    folder = os.environ.get("EVENKEEL_REFERENCE_DATA")
    if folder:
        quality = Path(folder) / "quality"
        for name in ("zheng_d_product", "gal_adult2"):
            yield name, *_read(quality / f"{name}.csv.gz"), None
        yield "dices350", *_read(quality / "dices350_labels.csv.gz", quality / "dices350_items.csv.gz"), None
    for seed in (1, 2):
        item, person, label, truth, told = made_up(seed)
        yield f"one answer an item {seed}", item, person, label, truth, None
        yield f"  and a model {seed}", item, person, label, truth, told
    for seed in (1, 2):
        item, person, label, truth, told = made_up(seed, answers=3)
        yield f"three answers {seed}", item, person, label, truth, None
        yield f"  and a model {seed}", item, person, label, truth, told


def _read(labels: Path, items: Path | None = None) -> tuple[Any, Any, Any, Any]:
    with gzip.open(labels, "rt", newline="") as file:
        rows = list(csv.DictReader(file))
    truth = {row["item"]: row["truth"] for row in rows if row.get("truth")}
    if items is not None:
        with gzip.open(items, "rt", newline="") as file:
            truth = {row["item"]: row["truth"] for row in csv.DictReader(file) if row["truth"]}
    classes = sorted({row["label"] for row in rows} | set(truth.values()))
    place = {each: at for at, each in enumerate(dict.fromkeys(row["item"] for row in rows))}
    people = {each: at for at, each in enumerate(dict.fromkeys(row["worker"] for row in rows))}
    right = np.array([classes.index(truth[each]) if each in truth else -1 for each in place])
    return (
        np.array([place[row["item"]] for row in rows]),
        np.array([people[row["worker"]] for row in rows]),
        np.array([classes.index(row["label"]) for row in rows]),
        right,
    )


def made_up(seed: int, *, items: int = 4_000, answers: int = 1) -> tuple[Any, Any, Any, Any, Any]:
    """40 people right 92 times in 100, five of them 70; three classes; a model right 88 times in 100 that knows when."""
    rng = np.random.default_rng(seed)
    truth = rng.choice(3, items, p=[0.6, 0.3, 0.1])
    item = np.repeat(np.arange(items), answers)
    person = (np.argsort(rng.random((items, 40)), axis=1)[:, :answers]).ravel()
    skill = np.where(person < 5, 0.7, 0.92)
    label = np.where(rng.random(item.size) < skill, truth[item], (truth[item] + rng.integers(1, 3, item.size)) % 3)
    is_sure = rng.random(items) < 0.8
    said = np.where(rng.random(items) < np.where(is_sure, 0.95, 0.6), truth, (truth + rng.integers(1, 3, items)) % 3)
    score = np.where(is_sure, rng.uniform(0.85, 0.99, items), rng.uniform(0.4, 0.7, items))
    told = np.repeat(((1 - score) / 2)[:, None], 3, axis=1)
    told[np.arange(items), said] = score
    return item, person, label, truth, told


if __name__ == "__main__":
    main()
