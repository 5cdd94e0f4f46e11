"""Who may audit what. Rules of assignment change no odds: they only say whose hands a drawn decision comes into."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

# A limit on how often one auditor judges one person counts these days back.
WITHIN = timedelta(days=7)
# A draw that waited so long goes to whoever is there: one that is never judged would bias the figure.
PATIENCE = timedelta(days=3)


@dataclass(frozen=True, kw_only=True)
class Auditor:
    """An auditor as she stands now: who she is, what she reads, and what she has audited."""

    worker_id: UUID
    team_id: UUID | None = None
    languages: Collection[str] = ()
    # Skills and certifications that she has in force, of those that some rule asks for.
    has: Collection[str] = ()
    today: int = 0
    lately: dict[UUID, int] | None = None  # person -> audits in the last seven days


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A drawn decision that waits, with its plan's rules."""

    worker_id: UUID
    team_id: UUID | None = None
    language: str = ""
    # What the rules about its queue and its guideline ask of an auditor.
    asks: Collection[str] = ()
    waited: timedelta = timedelta(0)
    keeps_teams_apart: bool = False
    most_a_person: int | None = None
    most_a_day: int | None = None
    spreads_evenly: bool = False
    # How many audits of its plan wait for anybody, and what the others on duty who may have them have audited today.
    left: int = 0
    others: Collection[int] = ()


# In the order in which they are asked.
REASONS = ("own", "team", "language", "unqualified", "too_often", "enough", "ahead")


def why_not(auditor: Auditor, task: Waiting) -> str:
    """Why the auditor may not take the audit: own, team, language, unqualified, too_often, enough, ahead; "" when she may.

    Her own she never audits, nor her team's where the plan keeps teams apart, nor a language that she does not read (an
    auditor without languages on record reads all), nor what asks for a skill or a certification that she has not in force.
    How often, how much and how evenly give way once a draw has waited three days.

    >>> ada, mo = UUID(int=1), UUID(int=2)
    >>> why_not(Auditor(worker_id=ada), Waiting(worker_id=ada)), why_not(Auditor(worker_id=ada), Waiting(worker_id=mo))
    ('own', '')
    """
    if auditor.worker_id == task.worker_id:
        return "own"
    if task.keeps_teams_apart and auditor.team_id is not None and auditor.team_id == task.team_id:
        return "team"
    if task.language and auditor.languages and task.language not in auditor.languages:
        return "language"
    if not set(task.asks) <= set(auditor.has):
        return "unqualified"
    if task.waited >= PATIENCE:
        return ""
    if task.most_a_person is not None and (auditor.lately or {}).get(task.worker_id, 0) >= task.most_a_person:
        return "too_often"
    if task.most_a_day is not None and auditor.today >= task.most_a_day:
        return "enough"
    if task.spreads_evenly and is_left_to_others(today=auditor.today, left=task.left, others=task.others):
        return "ahead"
    return ""


def is_left_to_others(*, today: int, left: int, others: Iterable[int]) -> bool:
    """Whether what waits is left to those on duty who audited less today (`others`: how much each did).

    Each of them could take as many as she is behind; only what is beyond that is anybody's. With plenty waiting nobody is
    kept from work, and near the end the day's audits come out even.

    >>> is_left_to_others(today=9, left=4, others=[3, 8]), is_left_to_others(today=9, left=8, others=[3, 8])
    (True, False)
    """
    return left <= sum(max(0, today - each) for each in others)
