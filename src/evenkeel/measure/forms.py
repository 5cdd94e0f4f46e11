"""Forms of signals' pages, and what all forms here share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Disposition


class DispositionForm(forms.Form):
    """What a signal was, and why one thinks so."""

    kind = forms.ChoiceField(label=_("What was it?"), choices=Disposition.KINDS, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why do you think so?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences. Whoever sees the next signal here will read them."),
        max_length=2000,
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["kind"].initial = None


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label=_("Why?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
