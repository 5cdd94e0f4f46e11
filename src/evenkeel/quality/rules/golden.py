"""Golden items among the work: which place of a hand-out one takes, and which one it is. Plain values, no queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from uuid import UUID

# Whoever says that an item is golden stands beside somebody else.
VOICES = 2
LONGEST = 300


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A golden item that somebody may be handed: its right answer, and whether she was handed it and never answered."""

    gold_id: UUID
    item_id: UUID
    label: str
    was_handed: bool = False


def keyed(salt: int, *parts: UUID | date | str) -> float:
    """A number in [0, 1) from a secret and what it is about: the same whenever it is asked, unforeseeable without the secret.

    The first 53 bits of BLAKE2b, keyed with the salt (0 <= salt < 2^63).

    >>> keyed(7, "a") == keyed(7, "a"), keyed(7, "a") == keyed(8, "a")
    (True, False)

    Reference: RFC 7693 (keyed BLAKE2b is a pseudo-random function).
    """
    said = blake2b("|".join(map(str, parts)).encode(), digest_size=8, key=salt.to_bytes(8, "big")).digest()
    return (int.from_bytes(said, "big") >> 11) / 2.0**53


def share_for(*, share: float, new_share: float, new_days: int, tenure_days: int | None) -> float:
    """The share of golden items for somebody: the greater one while she is new.

    >>> share_for(share=0.03, new_share=0.1, new_days=30, tenure_days=5)
    0.1
    """
    is_new = tenure_days is not None and tenure_days < new_days
    return max(share, new_share) if is_new else share


def places(tasks: Sequence[UUID], *, worker_id: UUID, day: date, salt: int, share: float) -> list[UUID]:
    """Of the tasks that come in turn, those whose places golden items take: each for itself, with the odds `share`.

    Keyed by person, day and task, so that giving a task back and taking it again changes nothing, and no pattern shows.
    """
    return [task for task in tasks if keyed(salt, "place", worker_id, day, task) < share]


def choose(
    candidates: Iterable[Candidate],
    n: int,
    *,
    worker_id: UUID,
    day: date,
    salt: int,
    met: Mapping[str, int],
) -> list[Candidate]:
    """`n` golden items for somebody, evenly over the right answers: each from a class that she has `met` least so far.

    What she was handed before and never answered comes first: she may know it already, and nobody else's is spent. Among
    equals the keyed hash decides, differently for each person and day.
    """
    waiting: dict[str, list[Candidate]] = {}
    chosen: list[Candidate] = []
    for each in sorted(candidates, key=lambda each: keyed(salt, "gold", worker_id, day, each.gold_id)):
        if each.was_handed and len(chosen) < n:
            chosen.append(each)
        elif not each.was_handed:
            waiting.setdefault(each.label, []).append(each)
    counts = Counter(met)
    counts.update(each.label for each in chosen)
    while len(chosen) < n and waiting:
        label = min(waiting, key=lambda label: (counts[label], keyed(salt, "class", worker_id, day, label)))
        chosen.append(waiting[label].pop(0))
        counts[label] += 1
        if not waiting[label]:
            del waiting[label]
    return chosen


def agreed(labels: Sequence[str], label: str) -> bool | None:
    """Whether experts, each with her own answer, make it golden: two or more of one mind and nobody against.

    None while too few have spoken; False when somebody says otherwise.

    >>> agreed(["Spam"], "Spam"), agreed(["Spam", "Spam"], "Spam"), agreed(["Spam", "Fine"], "Spam")
    (None, True, False)
    """
    if any(each != label for each in labels):
        return False
    return True if len(labels) >= VOICES else None


@dataclass(frozen=True, kw_only=True)
class Balance:
    """One right answer among the golden items in force: how many, its share, and how many there should be."""

    label: str
    n: int
    share: float
    wanted: int

    @property
    def missing(self) -> int:
        """How many more it takes."""
        return max(0, self.wanted - self.n)


def balance(labels: Iterable[str], *, known: Sequence[str], a_class: int) -> list[Balance]:
    """How evenly golden items are spread over the form's answers; `a_class`: how many each should have.

    >>> [(each.label, each.missing) for each in balance(["a", "a"], known=["a", "b"], a_class=2)]
    [('a', 0), ('b', 2)]
    """
    counts = Counter(labels)
    total = sum(counts.values())
    names = [*known, *sorted(set(counts) - set(known))]
    return [
        Balance(label=name, n=counts[name], share=counts[name] / total if total else 0.0, wanted=a_class)
        for name in names
    ]
