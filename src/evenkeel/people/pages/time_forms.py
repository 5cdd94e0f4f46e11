"""Forms about time: clock times of one day at the worker's site."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from ..hours import Day
from ..models import STATE_TITLES
from ..rules.timeline import OFF, OWN_STATES, STATES


class _ClockForm(forms.Form):
    states: tuple[str, ...] = STATES

    began = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ended = forms.TimeField(
        label=_("Until"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Before “From”: on the next day."),
    )
    state = forms.ChoiceField(label=_("State"))
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, day: Day, **said: Any):
        super().__init__(*args, **said)
        self.day = day
        choices = [(each, STATE_TITLES[each]) for each in self.states]
        self.fields["state"].choices = [*choices, ("off", STATE_TITLES[OFF])]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "began" not in said or "ended" not in said:
            return said
        began, ended = self._moment(said.pop("began")), self._moment(said.pop("ended"))
        said["began_at"] = began
        said["ended_at"] = ended if ended > began else ended + timedelta(days=1)
        said["state"] = OFF if said.get("state") == "off" else said.get("state", "")
        return said

    def _moment(self, at: time) -> datetime:
        return datetime.combine(self.day.on, at, tzinfo=ZoneInfo(self.day.zone)).astimezone(UTC)


class CorrectionForm(_ClockForm):
    """A lead puts somebody's time right."""


class RequestForm(_ClockForm):
    """Somebody asks for her time to be put right."""

    states = OWN_STATES


class AnswerForm(forms.Form):
    remark = forms.CharField(
        label=_("Remark"), max_length=300, required=False, help_text=_("Needed when you turn the request down.")
    )
