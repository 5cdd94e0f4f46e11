"""Forms of the room: whys, rulings, recommendations, blind codings, wordings, costs. Acts say what is allowed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evenkeel.quality import Verdict

from .models import SEVERITIES, AccountabilityRuling, EvidenceCase, Paper, Why
from .recommending import RECOMMENDATIONS
from .wordings import CauseNow
from .words import BRANCHES


def error_classes() -> list[tuple[str, Any]]:
    """The kinds of error that audits know."""
    return [(slug, title) for slug, title in Verdict.ERROR_CLASSES if slug]


class WhyForm(forms.Form):
    """An answer to why."""

    body = forms.CharField(label=_("Because"), max_length=300)
    branch = forms.ChoiceField(label=_("Branch"), choices=list(BRANCHES.items()), required=False)
    under = forms.ModelChoiceField(
        label=_("Why that? Under"), queryset=Why.objects.none(), required=False, empty_label=_("the problem itself")
    )
    case = forms.ModelChoiceField(
        label=_("Seen in the case"), queryset=EvidenceCase.objects.none(), required=False, empty_label=_("none")
    )

    def __init__(self, *args: Any, whys: Sequence[Why], cases: Sequence[EvidenceCase], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._choose("under", Why, whys, str)
        self._choose("case", EvidenceCase, cases, lambda case: case.decided.item.key)

    def _choose(self, name: str, model: Any, rows: Sequence[Any], label: Any) -> None:
        field: Any = self.fields[name]
        field.queryset = model.objects.filter(pk__in=[row.pk for row in rows])
        # The rows are at hand with what their names need; the field itself would ask for each.
        field.choices = [("", field.empty_label), *((str(row.pk), label(row)) for row in rows)]


class RulingForm(forms.Form):
    """Who answers for it."""

    party = forms.ChoiceField(label=_("Who answers for it"), choices=AccountabilityRuling.PARTIES)
    reason = forms.CharField(label=_("Reason"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 2}))


class RecommendationForm(forms.Form):
    """What should be done elsewhere."""

    kind = forms.ChoiceField(label=_("What should change"))
    body = forms.CharField(label=_("What should be done"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        kind: forms.ChoiceField = self.fields["kind"]  # type: ignore[assignment]
        kind.choices = [(each.slug, each.title) for each in RECOMMENDATIONS]


class BlindForm(forms.Form):
    """A case, coded without seeing what others said of it."""

    cause = forms.ChoiceField(label=_("Cause"))
    severity = forms.TypedChoiceField(label=_("Severity"), choices=SEVERITIES, coerce=int)
    # A form has an attribute of this name; Django takes fields off the class, so the two do not meet.
    error_class = forms.ChoiceField(label=_("Kind of error"), choices=error_classes)  # type: ignore[assignment]
    comment = forms.CharField(label=_("Comment"), max_length=300, required=False)

    def __init__(self, *args: Any, causes: Sequence[CauseNow], **kwargs: Any):
        super().__init__(*args, **kwargs)
        cause: forms.ChoiceField = self.fields["cause"]  # type: ignore[assignment]
        cause.choices = [("", _("Choose a cause")), *((each.slug, each.title) for each in causes)]


class WordingForm(forms.Form):
    """What a cause means."""

    slug = forms.CharField(
        label=_("Name in files"), max_length=40, help_text=_("Of a cause that is there: its name words it anew.")
    )
    title = forms.CharField(label=_("Title"), max_length=80)
    why = forms.CharField(label=_("What it means"), max_length=300)
    branch = forms.ChoiceField(label=_("Branch"), choices=list(BRANCHES.items()))
    example = forms.CharField(label=_("An error that it explains"), max_length=300)
    is_retired = forms.BooleanField(label=_("Not to be used any more"), required=False)


class PaperForm(forms.Form):
    """A document."""

    format = forms.ChoiceField(label=_("Format"), choices=Paper.FORMATS)
