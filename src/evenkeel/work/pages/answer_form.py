"""An answer form on a page of its own, for what is decided away from the desk: the desk's controls, sent as one field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext_lazy

from evenkeel.ground.errors import Invalid

from ..rules.schemas import form_schema
from .desk_words import desk_modules, desk_words

T = TypeVar("T")
# No field of a form can be named like this: theirs are in small letters.
_SAID = "JSON"


class AnswerControls(forms.Form):
    """An answer by a form's specification, as `work/parts/answer_sheet.html` draws it: every kind of field, marks included.

    `when` (a name and a value of another control of the page) says when an answer is asked at all.
    """

    # Apart from the page's own fields, which may be named the same.
    prefix = "answer"

    def __init__(
        self,
        *args: Any,
        spec: Mapping[str, Any],
        given: Mapping[str, Any] | None = None,
        when: tuple[str, str] | None = None,
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self.spec, self.given, self.when = spec, given, when
        self.fields[_SAID] = forms.JSONField(required=False, widget=forms.HiddenInput)

    def answer(self) -> dict[str, Any]:
        """What was filled in; {} for nothing."""
        said = self.cleaned_data.get(_SAID)
        return said if isinstance(said, dict) else {}

    @property
    def start(self) -> dict[str, Any]:
        """What the page's script needs."""
        # What was sent and did not fit stands there again, to be put right.
        given = self.answer() if self.is_bound and self.errors is not None else dict(self.given or {})
        return {
            "spec": self.spec,
            "schema": form_schema(self.spec) if self.spec["main"] else None,
            "given": given,
            "when": self.when,
            "words": desk_words(),
            "modules": desk_modules(),
        }


def answered(controls: AnswerControls, act: Callable[[dict[str, Any]], T]) -> T | None:
    """What the act makes of the answer; None when it does not fit, with the reasons on the form, each with its field."""
    if not controls.is_valid():
        return None
    try:
        return act(controls.answer())
    except Invalid as wrong:
        titles = {field["name"]: field["title"] or field["name"] for field in controls.spec["fields"]}
        for name, sentences in wrong.fields.items():
            for sentence in sentences:
                controls.add_error(None, f"{titles[name]}: {sentence}" if name in titles else sentence)
        if not wrong.fields:
            controls.add_error(None, wrong.sentence)
        return None


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
