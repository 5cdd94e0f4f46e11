"""An answer form as plain controls, for rulings that are made away from the desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy


class AnswerControls(forms.Form):
    """One control a field of the form's specification: radio buttons for choices, a text area for the rest.

    `is_needed` False leaves every field optional: whether an answer is asked follows from another choice on the page.
    """

    # Apart from the page's own fields, which may be named the same.
    prefix = "answer"

    def __init__(self, *args: Any, spec: Mapping[str, Any], is_needed: bool = True, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for field in spec["fields"]:
            self.fields[field["name"]] = _control(field, is_needed=is_needed)

    def answer(self) -> dict[str, Any]:
        """What was filled in, as the form's specification wants it."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}


class NoteForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AdviceForm(NoteForm):
    note = forms.CharField(
        label=gettext_lazy("What you say to it"), max_length=4_000, widget=forms.Textarea(attrs={"rows": 3})
    )


def _control(field: Mapping[str, Any], *, is_needed: bool) -> forms.Field:
    label, required = field["title"] or field["name"], is_needed and bool(field.get("required"))
    if field["kind"] == "single_choice":
        choices = [(choice["value"], choice["title"]) for choice in field["choices"]]
        return forms.ChoiceField(label=label, required=required, choices=choices, widget=forms.RadioSelect)
    return forms.CharField(label=label, required=required, widget=forms.Textarea(attrs={"rows": 3}))
