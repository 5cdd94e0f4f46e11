"""A labelling study that was done elsewhere and comes in as files: replies, twelve raters, expert answers."""

from __future__ import annotations

import csv
import tempfile
from datetime import datetime
from pathlib import Path

import numpy as np

from evenkeel.quality import import_labels

from .organisation import SYSTEM
from .texts import TONE_LABELS, reply
from .world import STUDY, World

# The twelfth rater joined late: too few labels to say much about her.
_TAKEN, _TAKEN_BY_LAST = 0.7, 0.12


def import_study(world: World, *, items: int, now: datetime) -> None:
    """Write the two files and import them as a person would."""
    rng = world.stream(STUDY)
    # From careful to careless; the last two hardly look.
    skill = np.concatenate([rng.beta(14, 3, size=10), [0.45, 0.4]])
    with tempfile.TemporaryDirectory() as folder:
        label_path, item_path = Path(folder) / "tone_labels.csv", Path(folder) / "tone_items.csv"
        with label_path.open("w", newline="") as label_file, item_path.open("w", newline="") as item_file:
            label_rows, item_rows = csv.writer(label_file), csv.writer(item_file)
            label_rows.writerow(["item", "worker", "label"])
            item_rows.writerow(["item", "truth", "text"])
            for number in range(1, items + 1):
                tone = str(rng.choice(TONE_LABELS, p=[0.3, 0.5, 0.2]))
                key = f"reply-{number:03d}"
                item_rows.writerow([key, tone, reply(tone, rng)])
                label_rows.writerows(_labels_of(key, tone, skill, rng))
        import_labels(SYSTEM, labels=label_path, items=item_path, programme_name="Tone of replies", now=now)


def _labels_of(key: str, tone: str, skill: np.ndarray, rng: np.random.Generator) -> list[list[str]]:
    found = []
    for rater, right in enumerate(skill, start=1):
        if rng.random() < (_TAKEN_BY_LAST if rater == len(skill) else _TAKEN):
            near = "Neutral" if tone != "Neutral" else str(rng.choice(["Friendly", "Hostile"]))
            found.append([key, f"rater-{rater:02d}", tone if rng.random() < right else near])
    return found
