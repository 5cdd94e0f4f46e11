"""Forms of work's pages. They check shapes; whether it is allowed now, the acts say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import visible
from evenkeel.ground.pages import PageRequest
from evenkeel.people import Organisation, Person
from evenkeel.policy import POLICY_VIEW, Policy

from .forms_handout import CodesField, HandOutForm
from .models import AnswerForm, Programme, Queue
from .rules.queues import BOUNDS

_TONES = ("good", "bad", "warn", "info", "quiet")


class ProgrammeForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    about = forms.CharField(
        label=gettext_lazy("What it is for"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ProgrammeChangeForm(ProgrammeForm):
    owner = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        label=gettext_lazy("Owner"),
        required=False,
        empty_label=gettext_lazy("Nobody"),
        help_text=gettext_lazy("One of those who may change it; told when something is wrong with it."),
    )

    def __init__(self, *args: Any, owners: Iterable[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Person.objects.filter(pk__in=[each.pk for each in owners]).order_by("name")


class EngagementForm(forms.Form):
    organisation = forms.ModelChoiceField(queryset=Organisation.objects.none(), label=gettext_lazy("Organisation"))

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Organisation.objects.exclude(engagements__programme=programme)


class QuestionForm(forms.Form):
    """A form with one question of one-of-several and an optional comment; the editor (`pages/forms.py`) has more."""

    name = forms.CharField(label=gettext_lazy("Name of the form"), max_length=160)
    question = forms.CharField(label=gettext_lazy("Question"), max_length=300)
    choices = forms.CharField(
        label=gettext_lazy("Choices"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "One a line: what is stored, what people read, and how it is meant (good, bad, warn, info or quiet), "
            "apart by |. For example: Yes | Unsafe | bad"
        ),
    )
    has_comment = forms.BooleanField(label=gettext_lazy("Let people add a comment"), required=False, initial=True)
    confirm = forms.BooleanField(
        label=gettext_lazy("A choice waits for Enter"),
        required=False,
        help_text=gettext_lazy("Otherwise one key decides, and the decision can be taken back for a while."),
    )

    def clean_choices(self) -> list[dict[str, str]]:
        lines = [line for line in self.cleaned_data["choices"].splitlines() if line.strip()]
        return [_choice(line) for line in lines]

    def spec(self) -> dict[str, Any]:
        """The form as its specification."""
        said = self.cleaned_data
        fields: list[dict[str, Any]] = [
            {
                "name": "label",
                "kind": "single_choice",
                "title": _("Answer"),
                "required": True,
                "choices": said["choices"],
            }
        ]
        if said["has_comment"]:
            fields.append({"name": "comment", "kind": "text", "title": _("Comment")})
        return {"question": said["question"], "fields": fields, "main": "label", "confirm": said["confirm"]}


def _choice(line: str) -> dict[str, str]:
    parts = [part.strip() for part in line.split("|")]
    value, title, tone = [*parts, "", ""][:3]
    if tone and tone not in _TONES:
        raise forms.ValidationError(
            _("“%(tone)s” in “%(line)s” is none of %(tones)s.")
            % {"tone": tone, "line": line.strip(), "tones": ", ".join(_TONES)}
        )
    return {"value": value, "title": title or value, "tone": tone or "quiet"}


def _bounded(name: str, **said: Any) -> forms.IntegerField:
    least, most = BOUNDS[name]
    return forms.IntegerField(min_value=least, max_value=most, **said)


class QueueForm(HandOutForm):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    form = forms.ModelChoiceField(queryset=AnswerForm.objects.none(), label=gettext_lazy("Form"))
    policy = forms.ModelChoiceField(
        queryset=Policy.objects.none(),
        required=False,
        label=gettext_lazy("Guideline"),
        help_text=gettext_lazy("Shown beside each item; decisions remember its version."),
    )
    overlap = _bounded(
        "overlap", label=gettext_lazy("People an item"), help_text=gettext_lazy("How many decide each item, apart.")
    )
    severity = forms.TypedChoiceField(
        coerce=int,
        label=gettext_lazy("Severity of its content"),
        choices=(
            (0, gettext_lazy("0: ordinary")),
            (1, gettext_lazy("1: unpleasant")),
            (2, gettext_lazy("2: distressing")),
            (3, gettext_lazy("3: severe")),
            (4, gettext_lazy("4: the worst")),
        ),
        help_text=gettext_lazy(
            "From 1 on pictures come blurred and silent, from 2 on grey, from 3 on small. Counts towards limits of exposure."
        ),
    )
    languages = CodesField(
        required=False,
        label=gettext_lazy("Languages"),
        help_text=gettext_lazy("Codes by commas (de, pt-BR): a worker speaks at least one. Empty for everybody."),
    )
    batch_size = _bounded(
        "batch_size",
        label=gettext_lazy("Items in hand"),
        help_text=gettext_lazy("How many one person has at a time; the next ones wait in the browser."),
    )
    lease_s = _bounded(
        "lease_s",
        label=gettext_lazy("Seconds to keep an item"),
        help_text=gettext_lazy("Without a sign of life it then goes to somebody else."),
    )
    undo_s = _bounded(
        "undo_s",
        label=gettext_lazy("Seconds to take back"),
        help_text=gettext_lazy("Audits wait until a decision stands."),
    )

    def __init__(
        self, *args: Any, request: PageRequest, programme: Programme, queue: Queue | None = None, **kwargs: Any
    ):
        source = queue or Queue()
        kwargs.setdefault("initial", {name: getattr(source, name) for name in self.base_fields if name != "form"})
        if queue is not None:
            kwargs["initial"] |= {"form": queue.form_id, "policy": queue.policy_id}
        super().__init__(*args, **kwargs)
        form, policy = self.fields["form"], self.fields["policy"]
        assert isinstance(form, forms.ModelChoiceField)
        assert isinstance(policy, forms.ModelChoiceField)
        form.queryset = AnswerForm.objects.filter(programme=programme)
        policies = visible(request.actor, POLICY_VIEW, Policy.objects.all())
        # A guideline that this person may not read stays chosen all the same.
        policy.queryset = (
            policies | Policy.objects.filter(pk=queue.policy_id) if queue and queue.policy_id else policies
        )


class AnswerBodyForm(forms.Form):
    body = forms.CharField(
        label=gettext_lazy("Your answer"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Written once. Name the rule it follows from, so that the next item is clear as well."),
    )
