"""Forms about deliveries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import Actor, visible
from evenkeel.kernel import AQLS
from evenkeel.people import Organisation
from evenkeel.work import Programme, Queue

from .. import scopes
from ..models import AcceptanceScheme, Batch
from ..models.deliveries import LEVELS, PLAN_TYPES
from ..rules.deliveries import LARGEST_AQL


class SchemeForm(forms.Form):
    """How a vendor's deliveries are judged."""

    place = forms.ChoiceField(label=gettext_lazy("Programme and vendor"))
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    aql = forms.ChoiceField(
        label=gettext_lazy("Acceptable share of errors (AQL), in percent"),
        choices=[(f"{each:g}", f"{each:g}") for each in AQLS if each <= LARGEST_AQL],
        initial="4",
        help_text=gettext_lazy("Deliveries as good as this are nearly always accepted."),
    )
    level = forms.ChoiceField(
        label=gettext_lazy("Inspection level"),
        choices=LEVELS,
        initial="II",
        help_text=gettext_lazy("II unless agreed otherwise; I looks at less, III at more, S at very little."),
    )
    plan_type = forms.ChoiceField(label=gettext_lazy("Samples"), choices=PLAN_TYPES, initial="single")
    allows_reduced = forms.BooleanField(
        label=gettext_lazy("Reduced inspection while work is steady"), required=False, initial=True
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any):
        super().__init__(*args, **kwargs)
        programmes = visible(actor, scopes.SCHEME_EDIT, Programme.objects.all())
        self.programmes = {str(each.pk): each for each in programmes}
        pairs = Organisation.objects.filter(engagements__programme__in=programmes).values_list(
            "engagements__programme_id", "pk", "name"
        )
        choices: list[tuple[str, list[tuple[str, str]]]] = [
            (
                programme.name,
                [(f"{key}:{vendor}", name) for of, vendor, name in pairs if str(of) == key],
            )
            for key, programme in self.programmes.items()
        ]
        self.fields["place"].choices = [each for each in choices if each[1]]  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """What was filled in, as `start_scheme` takes it."""
        found = dict(self.cleaned_data)
        programme, _colon, vendor = found.pop("place").partition(":")
        organisation = Organisation.objects.get(pk=vendor)
        return found | {
            "programme": self.programmes[programme],
            "organisation": organisation,
            "aql": float(found["aql"]),
        }


class HandInForm(forms.Form):
    """Which decisions a delivery holds: those of whole days (UTC), or a rejected one that was put right."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    first_on = forms.DateField(
        label=gettext_lazy("Decisions from"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    last_on = forms.DateField(
        label=gettext_lazy("up to and with"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    queue = forms.ChoiceField(label=gettext_lazy("Queue"), required=False)
    resubmits = forms.ChoiceField(
        label=gettext_lazy("Put right after it was rejected"),
        required=False,
        help_text=gettext_lazy("The days are then those of the rejected delivery."),
    )

    def __init__(self, data: Any, *, scheme: AcceptanceScheme, now: datetime):
        yesterday = now.astimezone(UTC).date() - timedelta(days=1)
        super().__init__(data, initial={"first_on": yesterday - timedelta(days=6), "last_on": yesterday})
        self.queues = {str(each.pk): each for each in Queue.objects.filter(programme=scheme.programme_id)}
        rejected = Batch.objects.filter(scheme=scheme, verdict__is_accepted=False, resubmitted_as=None)
        self.rejected = {str(each.pk): each for each in rejected}
        self.fields["queue"].choices = [  # type: ignore[attr-defined]
            ("", _("all of the programme")), *((key, each.name) for key, each in self.queues.items()),
        ]  # fmt: skip
        self.fields["resubmits"].choices = [  # type: ignore[attr-defined]
            ("", "–"), *((key, each.name) for key, each in self.rejected.items()),
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Days are needed unless a rejected delivery says them."""
        found = super().clean() or {}
        if not found.get("resubmits"):
            for name in ("first_on", "last_on"):
                if not found.get(name) and name not in self.errors:
                    self.add_error(name, _("Say which days."))
        return found

    def said(self) -> dict[str, Any]:
        """What was filled in, as `hand_in` takes it."""
        found = self.cleaned_data
        again = self.rejected.get(found["resubmits"])
        if again is not None:
            return {"name": found["name"], "from_at": again.from_at, "until_at": again.until_at, "resubmits": again}
        begin = datetime.combine(found["first_on"], datetime.min.time(), UTC)
        end = datetime.combine(found["last_on"], datetime.min.time(), UTC) + timedelta(days=1)
        return {"name": found["name"], "from_at": begin, "until_at": end, "queue": self.queues.get(found["queue"])}


class ResumeForm(forms.Form):
    """Why deliveries are taken again."""

    why = forms.CharField(label=gettext_lazy("How you know that things were put right"), max_length=300)
