"""A form and the act behind it: the form checks shapes; whether it is allowed now, the act says."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from .errors import Invalid

if TYPE_CHECKING:
    from django import forms

T = TypeVar("T")


def tried(form: forms.Form, act: Callable[[dict[str, Any]], T]) -> T | None:
    """What the act answers to the form's data; None when it does not fit, with the reasons on the form."""
    if not form.is_valid():
        return None
    try:
        return act(form.cleaned_data)
    except Invalid as wrong:
        tell(form, wrong)
        return None


def tell(form: forms.Form, wrong: Invalid) -> None:
    """Put what does not fit beside its field, and above the form what belongs to none."""
    for name, sentences in wrong.fields.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)
    if not wrong.fields:
        form.add_error(None, wrong.sentence)
