"""Forms of calibration sessions."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import Actor, visible
from evenkeel.people import Worker
from evenkeel.work import Queue

from .. import scopes
from ..models import CalibrationSession
from ..queries.calibration import cases_for

_PEOPLE = 1_000


class SessionForm(forms.Form):
    """Which cases, to whom, until when."""

    queue = forms.ChoiceField(
        label=gettext_lazy("Queue"), help_text=gettext_lazy("Its form and its guideline are used, as they are now.")
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    deadline_on = forms.DateField(
        label=gettext_lazy("Blind until the end of"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Or until everybody has answered. Days are UTC."),
    )
    how = forms.ChoiceField(label=gettext_lazy("Cases"), choices=CalibrationSession.CHOSEN, initial="divided")
    n = forms.IntegerField(label=gettext_lazy("How many"), min_value=1, max_value=200, initial=12, required=False)
    keys = forms.CharField(
        label=gettext_lazy("Keys of the items"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One a line, when they are chosen by hand."),
    )
    people = forms.MultipleChoiceField(label=gettext_lazy("People"), widget=forms.SelectMultiple(attrs={"size": 8}))
    experts = forms.MultipleChoiceField(
        label=gettext_lazy("Of them experts"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=gettext_lazy("How far they agree tells how clear the guideline's clauses are."),
    )
    is_ring = forms.BooleanField(label=gettext_lazy("Ring test: compare sites, no discussion"), required=False)
    repeats = forms.IntegerField(
        label=gettext_lazy("Cases that come twice"), min_value=0, max_value=100, initial=0, required=False
    )

    def __init__(self, data: Any, *, actor: Actor, now: datetime):
        super().__init__(data, initial={"deadline_on": (now + timedelta(days=7)).astimezone(UTC).date()})
        rows = visible(actor, scopes.CALIBRATION_EDIT, Queue.objects.filter(closed_at=None)).select_related("programme")
        self.queues = {str(each.pk): each for each in rows}
        workers = visible(actor, scopes.CALIBRATION_EDIT, Worker.objects.filter(left_on=None, person__is_active=True))
        found = workers.select_related("person", "organisation", "site").order_by("organisation__name", "name")[
            :_PEOPLE
        ]
        self.workers = {str(each.pk): each for each in found}
        names = [(key, f"{each.name} ({each.organisation.name})") for key, each in self.workers.items()]
        self.fields["queue"].choices = [  # type: ignore[attr-defined]
            (key, f"{each.programme.name}: {each.name}") for key, each in self.queues.items()
        ]
        for name in ("people", "experts"):
            self.fields[name].choices = names  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Cases that there are."""
        found = super().clean() or {}
        queue = self.queues.get(found.get("queue", ""))
        if queue is not None and found.get("how"):
            keys = [key.strip() for key in found.get("keys", "").splitlines() if key.strip()]
            found["items"] = cases_for(
                queue.programme_id, how=found["how"], n=found.get("n") or 0, keys=keys, salt=secrets.randbelow(2**32)
            )
            unknown = [key for key in keys if key not in {item.key for item in found["items"]}]
            if found["how"] == "hand" and unknown:
                self.add_error("keys", _("There is no item %(key)s.") % {"key": unknown[0][:80]})
            elif not found["items"]:
                self.add_error("how", _("No item is known there; choose some by hand."))
        return found

    def said(self) -> dict[str, Any]:
        """What was filled in, as `open_session` takes it."""
        found = self.cleaned_data
        return {
            "queue": self.queues[found["queue"]],
            "name": found["name"],
            "items": found["items"],
            "workers": [self.workers[key] for key in found["people"]],
            "experts": [self.workers[key] for key in found["experts"]],
            "deadline_at": datetime.combine(found["deadline_on"] + timedelta(days=1), time(), UTC),
            "chosen_by": found["how"],
            "is_ring": found["is_ring"],
            "repeats": found["repeats"] or 0,
        }


class RemarkForm(forms.Form):
    """What is said about a case."""

    body = forms.CharField(
        label=gettext_lazy("Your remark"), max_length=4_000, widget=forms.Textarea(attrs={"rows": 2})
    )


class SettleForm(forms.Form):
    """Why an answer is right."""

    reason = forms.CharField(
        label=gettext_lazy("Why it is right"), max_length=4_000, widget=forms.Textarea(attrs={"rows": 3})
    )
