"""The scorecard at the audit desk: filled in once the verdict stands."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.ids import uuid7
from evenkeel.ground.pages import PageRequest

from ..models import Draw, ScorecardVersion, Scoring, Verdict
from ..queries.scorecards import scorecard_of, scoring_in_force
from ..rules.scorecards import MET, MISSED, NOT_APPLICABLE, PARTLY, SEVERITIES, taken_marks

MARK_WORDS = {
    MET: gettext_lazy("met"),
    PARTLY: gettext_lazy("partly"),
    MISSED: gettext_lazy("missed"),
    NOT_APPLICABLE: gettext_lazy("does not apply"),
}


class ScoringForm(forms.Form):
    """One choice a point, and what is said beside them."""

    # Apart from the verdict's own fields on the same page.
    prefix = "score"
    severity = forms.TypedChoiceField(label=gettext_lazy("How grave"), required=False, coerce=int, empty_value=None)
    cause = forms.ChoiceField(label=gettext_lazy("Why it came about"), required=False)
    evidence = forms.CharField(
        label=gettext_lazy("Evidence"), required=False, max_length=8_000, widget=forms.Textarea(attrs={"rows": 2})
    )
    comment = forms.CharField(
        label=gettext_lazy("Comment"), required=False, max_length=8_000, widget=forms.Textarea(attrs={"rows": 2})
    )
    client_key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, version: ScorecardVersion, before: Scoring | None = None, **kwargs: Any):
        given = {"client_key": uuid7().hex}
        if before is not None:
            given |= {name: getattr(before, name) for name in ("severity", "cause", "evidence", "comment")}
            given |= before.marks
        super().__init__(*args, **kwargs)
        self.initial = given
        self.version = version
        for section in version.spec["sections"]:
            for point in section["points"]:
                self.fields[point["name"]] = forms.ChoiceField(
                    label=point["title"],
                    widget=forms.RadioSelect,
                    choices=[(mark, MARK_WORDS[mark]) for mark in taken_marks(point)],
                    help_text=_("Missed, it makes the whole score 0.") if point["is_critical"] else "",
                )
        severity, cause = self.fields["severity"], self.fields["cause"]
        severity.choices = [("", "–"), *((n, str(n)) for n in SEVERITIES)]  # type: ignore[attr-defined]
        cause.choices = [("", "–"), *((each, each) for each in version.spec["causes"])]  # type: ignore[attr-defined]

    def sections(self) -> list[dict[str, Any]]:
        """The points with their controls, by section, for the template."""
        return [
            {**section, "fields": [self[point["name"]] for point in section["points"]]}
            for section in self.version.spec["sections"]
        ]

    def said(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """What was filled in, as `score_verdict` takes it."""
        points = {point["name"] for section in self.version.spec["sections"] for point in section["points"]}
        rest = {name: value for name, value in cleaned.items() if name not in points}
        return {"marks": {name: cleaned[name] for name in points}, **rest}


def scoring_form(request: PageRequest, verdict: Verdict, draw: Draw, data: Any = None) -> ScoringForm | None:
    """The scorecard of a verdict; None where none is used."""
    before = scoring_in_force(verdict)
    version = before.version if before else scorecard_of(draw.plan, at=request.now)
    return ScoringForm(data, version=version, before=before) if version is not None else None


def scoring_part(request: PageRequest, verdict: Verdict, draw: Draw, form: ScoringForm | None) -> dict[str, Any]:
    """What the desk shows of the scorecard."""
    return {
        "scoring": form or scoring_form(request, verdict, draw),
        "scored": scoring_in_force(verdict),
        "is_scoring": form is not None,
    }
