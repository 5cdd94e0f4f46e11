"""Forms of signals' pages, and what all forms here share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.errors import Invalid

from .models import Disposition

T = TypeVar("T")


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


def tried(form: forms.Form, act: Callable[[dict[str, Any]], T]) -> T | None:
    """What the act answers to the form's data; None when it does not fit, with the reasons on the form."""
    if not form.is_valid():
        return None
    try:
        return act(form.cleaned_data)
    except Invalid as wrong:
        for name, sentences in wrong.fields.items():
            for sentence in sentences:
                form.add_error(name if name in form.fields else None, sentence)
        if not wrong.fields:
            form.add_error(None, wrong.sentence)
        return None
