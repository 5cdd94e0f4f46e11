"""Forms about changes to many tasks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..kinds.item import item_kinds
from ..models import BulkAct, Queue
from ..rules.bulk import ANY, CLOSED, OPEN, Selection


class BulkForm(forms.Form):
    verb = forms.ChoiceField(label=gettext_lazy("What to do"), choices=BulkAct.VERBS[:4])
    queues = forms.ModelMultipleChoiceField(
        queryset=Queue.objects.none(),
        required=False,
        label=gettext_lazy("In the queues"),
        help_text=gettext_lazy("None chosen: all."),
    )
    state = forms.ChoiceField(
        label=gettext_lazy("Tasks that are"),
        choices=((OPEN, gettext_lazy("open")), (CLOSED, gettext_lazy("closed")), (ANY, gettext_lazy("open or closed"))),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind of item"), required=False)
    language = forms.CharField(label=gettext_lazy("Language"), required=False, max_length=12)
    key_starts = forms.CharField(label=gettext_lazy("Key starts with"), required=False, max_length=200)
    attribute = forms.CharField(label=gettext_lazy("Attribute"), required=False, max_length=200)
    value = forms.CharField(label=gettext_lazy("has the value"), required=False, max_length=200)
    tasks = forms.CharField(
        label=gettext_lazy("Only these items"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Keys of items or ids of tasks, one a line; at most 10,000."),
    )
    to_queue = forms.ModelChoiceField(
        queryset=Queue.objects.none(),
        required=False,
        label=gettext_lazy("To the queue"),
        help_text=gettext_lazy("To re-route."),
    )
    priority = forms.FloatField(
        required=False, label=gettext_lazy("New priority"), help_text=gettext_lazy("To re-prioritise.")
    )
    # Asked where it is done, below what is meant; nobody needs one to look.
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, required=False)

    def __init__(self, *args: Any, queues: QuerySet[Queue], **said: Any):
        super().__init__(*args, **said)
        self.fields["queues"].queryset = queues  # type: ignore[attr-defined]
        self.fields["to_queue"].queryset = queues.filter(closed_at=None)  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", _("any")), *((kind.slug, kind.title) for kind in item_kinds)]  # type: ignore[attr-defined]

    def selection(self) -> Selection:
        """Which tasks are meant."""
        said = self.cleaned_data
        ids, keys = [], []
        for line in said["tasks"].split("\n"):
            if word := line.strip():
                try:
                    ids.append(UUID(word))
                except ValueError:
                    keys.append(word)
        names = ("state", "kind", "language", "key_starts", "attribute", "value")
        return Selection(
            queue_ids=[queue.pk for queue in said["queues"]],
            task_ids=ids,
            item_keys=keys,
            **{name: said[name].strip() for name in names},
        )

    def what(self) -> dict[str, Any]:
        """What is to be done with them, and why."""
        return {name: self.cleaned_data[name] for name in ("verb", "to_queue", "priority", "reason")}


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)
