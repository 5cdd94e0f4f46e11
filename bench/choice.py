"""What `auto` chooses on labels that played no part in setting its limits, and what becomes of the confidence.

    scripts/bench choice                    made-up sets
    scripts/bench choice -- FOLDER          and every folder under it with label.csv (item,worker,label) and truth.csv

Each set twice: the truth hidden from the choice, and given to it as gold. Printed are the vote's accuracy (a tie right in
part), that of what was chosen, and the calibration error (ten bins) of plain Dawid-Skene and of what was chosen after
recalibration on gold, each gold item mended by the other gold items. Seeded; nothing here is fitted to the outcome.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from evenkeel.kernel import gold_accuracy, infer_truth, recalibrate

Set = tuple[str, Any, Any, Any, Any]  # name, items, people, labels, true class by item or -1


def main(folders: list[Path]) -> None:
    """Print a line a set, and what they come to."""
    print(f"{'set':34} {'labels':>7} {'gold':>6} {'vote':>6} {'hidden: chosen':>24} {'given: chosen':>24} calibration")
    gaps: list[tuple[float, float]] = []
    errors: list[tuple[float, float]] = []
    for name, item, person, label, gold in _every(folders):
        sizes: dict[str, Any] = {"n_items": len(gold), "n_classes": int(max(label.max(), gold.max())) + 1}
        vote = gold_accuracy(infer_truth(item, person, label, method="mv", **sizes).truth, gold)
        hidden = infer_truth(item, person, label, **sizes)
        given = infer_truth(item, person, label, gold=gold, **sizes)
        plain = infer_truth(item, person, label, method="ds-plain", **sizes)
        before = recalibrate(plain.truth.posterior, gold).error_before
        after = recalibrate(given.truth.posterior, gold).error
        without, having = (gold_accuracy(found.truth, gold) for found in (hidden, given))
        if vote is None or without is None or having is None:
            continue
        gaps.append((without.value - vote.value, having.value - vote.value))
        errors.append((before, after))
        said = [
            f"{found.method} {found.reason} {right.value:.4f}" for found, right in ((hidden, without), (given, having))
        ]
        print(
            f"{name:34} {item.size:>7} {vote.n:>6} {vote.value:>6.4f} {said[0]:>24} {said[1]:>24} "
            f"{before:.3f} -> {after:.3f}",
            flush=True,
        )
    gap, error = np.array(gaps), np.array(errors)
    print(f"{len(gap)} sets; less the vote: hidden mean {gap[:, 0].mean():+.4f} least {gap[:, 0].min():+.4f}, "
          f"given mean {gap[:, 1].mean():+.4f} least {gap[:, 1].min():+.4f}")  # fmt: skip
    print(f"calibration error: plain Dawid-Skene {error[:, 0].mean():.4f}, chosen {error[:, 1].mean():.4f}; "
          f"a third or less on {int((error[:, 1] <= error[:, 0] / 3).sum())} of {len(error)} sets")  # fmt: skip


def _every(folders: list[Path]) -> Iterator[Set]:
    for kind in KINDS:
        for seed in (1, 2):
            yield f"{kind} {seed}", *made_up(kind, seed)
    for folder in folders:
        for path in sorted(folder.rglob("label.csv")):
            yield path.parent.name, *_read(path)


def _read(path: Path) -> tuple[Any, Any, Any, Any]:
    rows = [line.split(",")[:3] for line in path.read_text().splitlines()[1:]]
    told = [line.split(",")[:2] for line in (path.parent / "truth.csv").read_text().splitlines()[1:]]
    items = {name: at for at, name in enumerate(dict.fromkeys([row[0] for row in rows]))}
    people = {name: at for at, name in enumerate(dict.fromkeys(row[1] for row in rows))}
    classes = {name: at for at, name in enumerate(sorted({row[2] for row in rows} | {row[1] for row in told}))}
    gold = np.full(len(items), -1)
    for name, true in told:
        if name in items:
            gold[items[name]] = classes[true]
    columns = zip(*[(items[row[0]], people[row[1]], classes[row[2]]) for row in rows], strict=True)
    item, person, label = (np.array(column) for column in columns)
    return item, person, label, gold


# Items, labels an item, people, classes.
KINDS: dict[str, tuple[int, int, int, int]] = {
    "few labels, many classes": (1500, 3, 120, 12),
    "steady people": (800, 5, 25, 4),
    "spammers": (1000, 5, 60, 3),
    "habits by class": (1500, 4, 40, 4),
    "rare class": (3000, 4, 60, 2),
    "hard items": (1000, 7, 50, 3),
    "people err together": (1000, 5, 40, 3),
    "against the truth": (800, 5, 30, 2),
}


def made_up(kind: str, seed: int) -> tuple[Any, Any, Any, Any]:
    """Labels of one kind of trouble: item, person, label, true class by item (known for 400)."""
    n, each, people, q = KINDS[kind]
    rng = np.random.default_rng([seed, len(kind)])
    truth = (rng.random(n) < 0.06).astype(int) if kind == "rare class" else rng.integers(0, q, n)
    item = np.repeat(np.arange(n), each)
    busy = rng.gamma(0.6, size=people) + 0.02
    person = rng.choice(people, item.size, p=busy / busy.sum())
    skill = np.repeat(rng.beta(7, 3, people)[:, None], q, axis=1)
    if kind == "habits by class":
        skill = rng.beta(4, 2, (people, q))
    right = skill[person, truth[item]]
    if kind == "hard items":
        right = 1 / q + (right - 1 / q) * rng.beta(2, 1, n)[item]
    away = (
        rng.integers(1, max(q, 2), n)[item] if kind == "people err together" else rng.integers(1, max(q, 2), item.size)
    )
    label = np.where(rng.random(item.size) < right, truth[item], (truth[item] + away) % q)
    if kind == "spammers":
        favourite, is_spammer = rng.integers(0, q, people), rng.random(people) < 0.35
        label = np.where(is_spammer[person], favourite[person], label)
    if kind == "against the truth":
        label = np.where((rng.random(people) < 0.15)[person], 1 - label, label)
    gold = np.full(n, -1)
    some = rng.permutation(n)[:400]
    gold[some] = truth[some]
    return item, person, label, gold


if __name__ == "__main__":
    main([Path(word) for word in sys.argv[1:]])
