"""The form by which a drawn decision is audited: the very one that the moderator answered, or one made of known labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from evenkeel.work import Decision, FormVersion, ImportRun, asked_spec, label_spec

from .models import ExpertAnswer

_LABELS_LOOKED_AT = 5_000


def audit_spec(decision: Decision) -> Mapping[str, Any]:
    """The specification of the form for auditing a decision, by the guideline of then. It tells nothing of its answer."""
    version = decision.form_version or _newest_version(decision)
    if version is not None:
        return label_spec(asked_spec(version, decision.queue, decision.decided_at))
    return _spec_of(_labels_of(decision))


def main_choices(spec: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The choices of the main question as the form has them."""
    main = next(field for field in spec["fields"] if field["name"] == spec["main"])
    choices: Sequence[Mapping[str, Any]] = main.get("choices", ())
    return choices


def _newest_version(decision: Decision) -> FormVersion | None:
    """Imported decisions name no form; the programme's only form asks the same when it knows the label."""
    found = FormVersion.objects.filter(form__programme_id=decision.programme_id).order_by("-published_at")
    return next((version for version in found[:20] if decision.label in _values(version.spec)), None)


def _values(spec: Mapping[str, Any]) -> list[str]:
    return [choice["value"] for choice in main_choices(spec)]


def _labels_of(decision: Decision) -> list[str]:
    """The labels that the programme's imports and experts know, the same for each of its decisions."""
    labels: set[str] = set()
    for run in ImportRun.objects.filter(programme_id=decision.programme_id):
        labels.update(run.counts.get("answers", {}))
    in_programme = {"programme_id": decision.programme_id}
    for rows in (Decision.objects.filter(**in_programme), ExpertAnswer.objects.filter(**in_programme)):
        labels.update(rows.order_by("id").values_list("label", flat=True)[:_LABELS_LOOKED_AT])
    return sorted(labels | {decision.label})


def _spec_of(labels: Sequence[str]) -> dict[str, Any]:
    keys = [*"123456789"]
    choices = [
        {"value": label, "title": label, "key": keys[at] if at < len(keys) else "", "tone": "quiet"}
        for at, label in enumerate(labels)
    ]
    field = {"name": "label", "kind": "single_choice", "title": "", "required": True, "choices": choices}
    return {"question": _("Which label is right?"), "fields": [field], "main": "label", "confirm": False}
