"""Forms of the routing pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from evenkeel.ground.errors import Invalid

from .models import Programme, Queue, RoutingRule
from .rules.routing import as_lines, from_lines


class RuleForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=160)
    meets = forms.ChoiceField(
        label=gettext_lazy("An item fits when"),
        choices=(("all", gettext_lazy("all lines hold")), ("any", gettext_lazy("any line holds"))),
    )
    condition = forms.CharField(
        label=gettext_lazy("Condition"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "One comparison a line: field, operator, value. Fields: key, kind, language, or an attribute. Operators: is, "
            "is_not, at_least, at_most, above, below, contains, starts_with, present, missing. For example: language is de, fr"
        ),
    )
    queue = forms.ModelChoiceField(queryset=Queue.objects.none(), label=gettext_lazy("Goes to"))

    def __init__(self, *args: Any, programme: Programme, rule: RoutingRule | None = None, **kwargs: Any):
        if rule is not None:
            meets = "any" if "any" in rule.condition else "all"
            kwargs["initial"] = {
                "title": rule.title, "queue": rule.queue_id, "meets": meets, "condition": as_lines(rule.condition)
            }  # fmt: skip
        super().__init__(*args, **kwargs)
        queue = self.fields["queue"]
        assert isinstance(queue, forms.ModelChoiceField)
        queue.queryset = Queue.objects.filter(programme=programme)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "condition" in said and "meets" in said:
            try:
                said["condition"] = from_lines(said["condition"], meets=said.pop("meets"))
            except Invalid as wrong:
                for sentence in wrong.fields.get("condition", [wrong.sentence]):
                    self.add_error("condition", sentence)
        return said


class DefaultForm(forms.Form):
    default_queue = forms.ModelChoiceField(
        queryset=Queue.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nowhere: they wait to be put in by hand"),
        label=gettext_lazy("Everything else goes to"),
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any):
        super().__init__(*args, **kwargs)
        queue = self.fields["default_queue"]
        assert isinstance(queue, forms.ModelChoiceField)
        queue.queryset = Queue.objects.filter(programme=programme)
