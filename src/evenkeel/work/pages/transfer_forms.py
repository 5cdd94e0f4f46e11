"""Forms about files that come in and go out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ..kinds.format import formats
from ..models import Queue, Transfer


def _format_choices(way: str) -> list[tuple[str, Any]]:
    return [(kind.slug, kind.title) for kind in formats if getattr(kind, way)]


class _QueueForm(forms.Form):
    queue = forms.ModelChoiceField(
        queryset=Queue.objects.none(), required=False, label=_("Queue"), empty_label=_("None")
    )

    def __init__(self, *args: Any, queues: QuerySet[Queue], **said: Any):
        super().__init__(*args, **said)
        self.fields["queue"].queryset = queues  # type: ignore[attr-defined]


class ImportForm(_QueueForm):
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "Plain or gzip; or a zip of it with the pictures that it names, as COCO, CVAT and Label Studio export them. "
            "Larger ones by the command line."
        ),
    )
    what = forms.ChoiceField(label=_("It holds"), choices=Transfer.WHATS)
    file_format = forms.ChoiceField(label=_("Format"), required=False)
    signed_by = forms.CharField(
        label=_("Answers are by"),
        required=False,
        max_length=64,
        help_text=_("A worker's code, where the file does not say (COCO, CVAT). Empty: kept as predictions."),
    )
    is_partial = forms.BooleanField(
        label=_("Leave rows out that do not fit"),
        required=False,
        help_text=_("Otherwise one bad row stops everything."),
    )
    field_order = ("file", "what", "file_format", "queue", "signed_by", "is_partial")

    def __init__(self, *args: Any, **said: Any):
        super().__init__(*args, auto_id="id_import_%s", **said)
        self.fields["file_format"].choices = [("", _("Find it out")), *_format_choices("reads")]  # type: ignore[attr-defined]
        self.fields["queue"].help_text = _(
            "New items are put into it. Without one the routing rules say where they go."
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        said["uploaded"] = said.pop("file", None)
        return said


class ExportForm(_QueueForm):
    what = forms.ChoiceField(label=_("What"), choices=Transfer.WHATS, initial="decisions")
    file_format = forms.ChoiceField(label=_("Format"), initial="jsonl")
    field_order = ("what", "file_format", "queue")

    def __init__(self, *args: Any, **said: Any):
        super().__init__(*args, auto_id="id_export_%s", **said)
        self.fields["file_format"].choices = _format_choices("writes")  # type: ignore[attr-defined]
        self.fields["queue"].help_text = _("Only what belongs to it.")
