"""Which tasks a bulk act means, and what it makes of one. Plain values, no queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.errors import Invalid

OPEN, CLOSED, ANY = "open", "closed", "any"
LIST_LIMIT = 10_000
# Why a task was left as it was, by the code that its row keeps.
WHY = {
    "in-hand": gettext_lazy("Somebody has it in hand."),
    "closed": gettext_lazy("It is closed already."),
    "open": gettext_lazy("It is open already."),
    "there": gettext_lazy("The queue has this item already."),
    "same": gettext_lazy("It is so already."),
    "since": gettext_lazy("It was changed meanwhile."),
    "decided": gettext_lazy("It was decided by another form."),
    "gone": gettext_lazy("Its item is not to be seen any more."),
}


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Which tasks of a programme are meant: by filter, or by a list of ids or of items' keys."""

    queue_ids: Sequence[UUID] = ()
    state: str = ANY
    kind: str = ""
    language: str = ""
    key_starts: str = ""
    attribute: str = ""
    value: str = ""
    task_ids: Sequence[UUID] = field(default=())
    item_keys: Sequence[str] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """As it is stored, without what says nothing."""
        said = {
            "queue_ids": [str(each) for each in self.queue_ids],
            "state": "" if self.state == ANY else self.state,
            "kind": self.kind,
            "language": self.language,
            "key_starts": self.key_starts,
            "attribute": self.attribute,
            "value": self.value,
            "task_ids": [str(each) for each in self.task_ids],
            "item_keys": list(self.item_keys),
        }
        return {name: value for name, value in said.items() if value}


def check_selection(selection: Selection) -> None:
    """Raise `Invalid`, field by field, for a selection that means nothing."""
    faults: dict[str, list[str]] = {}
    if selection.state not in (OPEN, CLOSED, ANY):
        faults["state"] = [_("Choose open, closed or any.")]
    for name in ("task_ids", "item_keys"):
        if len(getattr(selection, name)) > LIST_LIMIT:
            faults[name] = [_("At most %(n)s at once.") % {"n": f"{LIST_LIMIT:,}"}]
    if bool(selection.attribute) != bool(selection.value):
        faults["value"] = [_("Give both, the attribute and its value.")]
    for name in ("kind", "language", "key_starts", "attribute", "value"):
        if "\x00" in getattr(selection, name) or len(getattr(selection, name)) > 200:
            faults[name] = [_("At most 200 characters, and none of them NUL.")]
    if any("\x00" in key for key in selection.item_keys):
        faults["item_keys"] = [_("No key holds a NUL.")]
    if faults:
        raise Invalid(_("The selection does not fit."), fields=faults)


@dataclass(frozen=True, kw_only=True)
class TaskState:
    """What a bulk act may change of a task, and what tells whether somebody else has worked on it since."""

    queue: str
    priority: float
    wanted: int
    closed_at: str | None
    decided: int

    def to_dict(self) -> dict[str, Any]:
        """As it is stored."""
        return dict(vars(self))


# What each verb changes; a reversal compares these, and the decisions, with what the act left behind.
TOUCHES = {
    "close": ("closed_at", "decided"),
    "reopen": ("closed_at", "wanted", "decided"),
    "reroute": ("queue", "wanted", "decided"),
    "prioritise": ("priority",),
}
# Whatever somebody works on at this moment keeps its place; its priority matters to nobody then.
NEEDS_FREE_HANDS = ("close", "reroute", "reopen")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A verb with what it needs."""

    verb: str
    now: datetime
    to_queue: str = ""
    to_overlap: int = 1
    is_same_form: bool = True
    priority: float = 0.0


def changed(task: TaskState, plan: Plan, *, in_hand: bool) -> TaskState | str:
    """The task as it becomes, or the code of why it is left."""
    if in_hand and plan.verb in NEEDS_FREE_HANDS:
        return "in-hand"
    said = vars(task)
    if plan.verb == "close":
        return "closed" if task.closed_at else TaskState(**said | {"closed_at": plan.now.isoformat()})
    if plan.verb == "reopen":
        if not task.closed_at:
            return "open"
        # Whoever re-opens wants to hear one more opinion than there is.
        return TaskState(**said | {"closed_at": None, "wanted": max(task.wanted, task.decided + 1)})
    if plan.verb == "reroute":
        if task.queue == plan.to_queue:
            return "same"
        if task.closed_at:
            return "closed"
        if task.decided and not plan.is_same_form:
            return "decided"
        return TaskState(**said | {"queue": plan.to_queue, "wanted": max(plan.to_overlap, task.decided + 1)})
    if task.closed_at:
        return "closed"
    return "same" if task.priority == plan.priority else TaskState(**said | {"priority": plan.priority})


def restored(
    task: TaskState, *, verb: str, before: Mapping[str, Any], after: Mapping[str, Any], in_hand: bool
) -> TaskState | str:
    """The task as it was before an act, or why it is left: what changed since is not overwritten."""
    if in_hand and verb in NEEDS_FREE_HANDS:
        return "in-hand"
    if any(vars(task)[name] != after[name] for name in TOUCHES[verb]):
        return "since"
    return TaskState(**vars(task) | {name: before[name] for name in TOUCHES[verb] if name != "decided"})
