"""What a row of another tool may tell: the fields that a mapping fills, and the choices that it makes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

ITEM, DECISION, REVIEW, TIME = "item", "decision", "review", "time"
SECTIONS = {
    ITEM: _("What it is about"),
    DECISION: _("The decision"),
    REVIEW: _("A review of it"),
    TIME: _("Working time"),
}


@dataclass(frozen=True, kw_only=True)
class Field:
    """One thing that a row may tell. `guesses` are names under which other tools know it; `has_values`: it has few values."""

    slug: str
    section: str
    title: Any
    help: Any = ""
    guesses: Sequence[str] = ()
    has_values: bool = False


FIELDS = {
    field.slug: field
    for field in (
        Field(
            slug="item", section=ITEM, title=_("Item"), help=_("The key by which the other tool knows it."),
            guesses=("item", "item_id", "content_id", "task_id", "subject", "record", "key"),
        ),
        Field(
            slug="text", section=ITEM, title=_("Text"), help=_("What was to be decided about; left open, the item is its key."),
            guesses=("text", "content", "body", "message", "caption"),
        ),
        Field(slug="context", section=ITEM, title=_("Conversation before"), guesses=("context", "prompt")),
        Field(slug="response", section=ITEM, title=_("Answer to judge"), guesses=("response", "completion")),
        Field(
            slug="link", section=ITEM, title=_("Link"), help=_("Where the content is shown, if it stays in the other tool."),
            guesses=("link", "url", "permalink"),
        ),
        Field(slug="language", section=ITEM, title=_("Language"), guesses=("language", "lang", "locale")),
        Field(
            slug="decision_id", section=DECISION, title=_("Decision’s id"),
            help=_("Never changes there. Without one, item, person and moment together tell decisions apart."),
            guesses=("decision_id", "annotation_id", "id"),
        ),
        Field(
            slug="worker", section=DECISION, title=_("Who decided"),
            help=_("A code, a name or an address; up to 64 characters."),
            guesses=("worker", "moderator", "annotator", "agent", "user", "decided_by", "completed_by", "worker_id", "user_id"),
        ),
        Field(slug="worker_name", section=DECISION, title=_("Her name"), guesses=("worker_name", "moderator_name")),
        Field(slug="site", section=DECISION, title=_("Site then"), guesses=("site", "location")),
        Field(slug="team", section=DECISION, title=_("Team then"), guesses=("team", "team_name", "squad")),
        Field(
            slug="label", section=DECISION, title=_("Answer"), has_values=True,
            guesses=("label", "decision", "answer", "action", "verdict", "outcome", "resolution"),
        ),
        Field(slug="answer", section=DECISION, title=_("Whole answer, as JSON"), guesses=()),
        Field(
            slug="decided_at", section=DECISION, title=_("When"), help=_("Left open: the moment of the import."),
            guesses=("decided_at", "created_at", "completed_at", "timestamp", "decision_time", "date"),
        ),
        Field(
            slug="seconds", section=DECISION, title=_("Seconds it took"),
            guesses=("seconds", "lead_time", "handle_time", "handle_time_s", "duration_s", "aht"),
        ),
        Field(slug="milliseconds", section=DECISION, title=_("Milliseconds it took"), guesses=("active_ms", "duration_ms")),
        Field(slug="queue", section=DECISION, title=_("Queue"), has_values=True, guesses=("queue", "queue_name", "workflow")),
        Field(
            slug="policy_version", section=DECISION, title=_("Number of the guideline’s version"),
            help=_("Left open: the one that was in force for the queue."), guesses=("policy_version",),
        ),
        Field(slug="review_id", section=REVIEW, title=_("Review’s id"), guesses=("review_id", "audit_id")),
        Field(
            slug="reviewed_decision", section=REVIEW, title=_("Id of the decision reviewed"),
            help=_("Where reviews come in a file of their own."), guesses=("reviewed_decision",),
        ),
        Field(slug="reviewer", section=REVIEW, title=_("Who reviewed"), guesses=("reviewer", "auditor", "reviewed_by", "qa")),
        Field(
            slug="review_right", section=REVIEW, title=_("Was it right?"), has_values=True,
            guesses=("is_right", "accepted", "correct", "is_correct", "review_result", "agrees"),
        ),
        Field(
            slug="review_label", section=REVIEW, title=_("Reviewer’s answer"), has_values=True,
            guesses=("review_label", "audit_label", "reviewer_label", "correct_label", "qa_label"),
        ),
        Field(
            slug="review_error", section=REVIEW, title=_("Kind of error"), has_values=True,
            guesses=("error_class", "error_type"),
        ),
        Field(slug="review_comment", section=REVIEW, title=_("Remark"), guesses=("review_comment", "qa_comment")),
        Field(slug="reviewed_at", section=REVIEW, title=_("Reviewed when"), guesses=("reviewed_at", "audited_at", "qa_date")),
        Field(
            slug="review_odds", section=REVIEW, title=_("Odds of being reviewed"), help=_("Between 0 and 1."),
            guesses=("pi", "odds", "sampling_rate"),
        ),
        Field(slug="time_worker", section=TIME, title=_("Whose time"), guesses=()),
        Field(slug="time_state", section=TIME, title=_("State"), has_values=True, guesses=("state", "aux", "activity")),
        Field(slug="time_began_at", section=TIME, title=_("From"), guesses=("began_at", "started_at", "start")),
        Field(slug="time_ended_at", section=TIME, title=_("Until"), guesses=("ended_at", "finished_at", "end")),
    )
}  # fmt: skip

# A section's row is there when one of these is filled in; then the needed ones must be, too.
ANCHORS = {DECISION: ("label",), REVIEW: ("review_right", "review_label", "reviewer"), TIME: ("time_state",)}
NEEDED = {
    DECISION: ("item", "worker", "label"),
    REVIEW: ("reviewer",),
    TIME: ("time_worker", "time_state", "time_began_at", "time_ended_at"),
}

UNKNOWN, ALL, SHARE, COLUMN = "unknown", "all", "share", "column"
DESIGNS = {
    UNKNOWN: _("nobody knows by which odds: a figure of the reviewed ones only"),
    ALL: _("every decision is reviewed"),
    SHARE: _("a random share, the same for every decision"),
    COLUMN: _("with the odds that a column says"),
}
ISO, UNIX_S, UNIX_MS = "iso", "unix_s", "unix_ms"
MOMENTS = {
    ISO: _("2026-03-02T09:30:00Z and the like"),
    UNIX_S: _("seconds since 1970"),
    UNIX_MS: _("milliseconds since 1970"),
}
OPTIONS: dict[str, Any] = {
    "add_workers": True,
    "add_places": False,
    "add_queues": False,
    "time_zone": "UTC",
    "moments": ISO,
    "design": UNKNOWN,
    "share": None,
    "attributes": [],
    "connection": "",
    "query": "",
}


def section_of(slug: str) -> str:
    """The section that a field belongs to."""
    return FIELDS[slug].section
