"""Forms of quality's pages. They check shapes; whether it is allowed now, the acts say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from evenkeel.ground.trying import tell as tell


class WordsField(forms.CharField):
    """Words by commas; as a list."""

    def to_python(self, value: Any) -> Any:
        return [word.strip() for word in (value or "").split(",") if word.strip()]


class UploadForm(forms.Form):
    """Files with labels made elsewhere."""

    labels = forms.FileField(
        label=gettext_lazy("Labels"),
        widget=forms.FileInput(attrs={"accept": ".csv,.gz,.tsv,.txt,text/csv,application/gzip"}),
        help_text=gettext_lazy(
            "CSV or CSV.gz with the columns item, worker, label; replicate, decided_at, truth if known."
        ),
    )
    items = forms.FileField(
        label=gettext_lazy("Items"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.gz,.tsv,.txt,text/csv,application/gzip"}),
        help_text=gettext_lazy(
            "CSV with the column item and what it is: text, or context and response; truth if known."
        ),
    )
    programme_name = forms.CharField(
        label=gettext_lazy("Programme"),
        max_length=160,
        widget=forms.TextInput(attrs={"list": "programmes", "autocomplete": "off"}),
        help_text=gettext_lazy("One that is there, or the name of a new one."),
    )
    allowed_labels = WordsField(
        label=gettext_lazy("Labels that fit"),
        required=False,
        help_text=gettext_lazy(
            "By commas: Yes, No, Unsure. Empty: those of the programme's forms, else whatever is found."
        ),
    )
    ignore = WordsField(
        label=gettext_lazy("Columns to leave out"),
        required=False,
        help_text=gettext_lazy("By commas; columns of the labels' file that mean nothing here."),
    )
    on_repeat = forms.ChoiceField(
        label=gettext_lazy("The same person on the same item again"),
        choices=[("keep", gettext_lazy("keep, numbered as a repeat")), ("skip", gettext_lazy("keep the first only"))],
        widget=forms.RadioSelect,
        initial="keep",
    )


class ExpertForm(forms.Form):
    """What experts hold to be right about an item."""

    label = forms.CharField(label=gettext_lazy("Right answer"), max_length=120)
    source = forms.CharField(
        label=gettext_lazy("Source"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Who says so: a panel, a policy owner, a study."),
    )

    def __init__(self, *args: Any, labels: dict[str, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        if labels:
            self.fields["label"] = forms.ChoiceField(
                label=gettext_lazy("Right answer"),
                choices=[(value, title if title == value else f"{title} ({value})") for value, title in labels.items()],
                widget=forms.RadioSelect,
            )


class CorrectionForm(forms.Form):
    """An auditor puts her own verdict right."""

    label = forms.ChoiceField(label=gettext_lazy("Your answer"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of error"),
        required=False,
        help_text=gettext_lazy("Left open, it follows from the two answers."),
    )
    comment = forms.CharField(label=gettext_lazy("Comment"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    client_key = forms.CharField(max_length=64, widget=forms.HiddenInput)
