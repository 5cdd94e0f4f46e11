"""Putting somebody's decision right, on a page of its own."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import load, require
from evenkeel.ground.pages import PageRequest, page, render

from .. import scopes
from ..acts.appeals import form_of
from ..acts.corrections import correct
from ..models import Decision
from ..queries.asked import asked_spec
from ..queries.desk import item_content_html
from ..queries.programmes import LabelTitles
from .answer_form import AnswerControls, answered


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Whoever made the first decision is told it."),
    )


@page(gettext_lazy("Correct a decision"))
def correcting(request: PageRequest, decision_id: UUID) -> HttpResponse:
    """The item, the form as it was answered, and why another answer is right; POST corrects."""
    rows = Decision.objects.select_related("item", "programme", "queue", "form_version")
    found = load(request.actor, scopes.DECISION_VIEW, rows, decision_id)
    require(request.actor, scopes.DECISION_CORRECT, found)
    sent = request.POST if request.method == "POST" else None
    form = ReasonForm(sent)
    spec = asked_spec(form_of(found), found.queue, request.now, found.decided_at)
    controls = AnswerControls(sent, spec=spec, given=found.answer)
    if sent is not None and form.is_valid():
        reason = form.cleaned_data["reason"]
        made = answered(
            controls,
            lambda answer: correct(request.actor, decision=found, answer=answer, reason=reason, now=request.now),
        )
        if made is not None:
            messages.success(request, _("Corrected. Both decisions stay on record; yours counts from now on."))
            return redirect(made.second)
    title = LabelTitles().of(found.label, found.programme)
    context = {
        "decision": found,
        "title": title,
        "content": item_content_html(found.item),
        "form": form,
        "controls": controls,
    }
    crumbs = [(found.programme.name, found.programme.get_absolute_url()), (found.item.key, found.get_absolute_url())]
    is_wrong = bool(form.errors or controls.errors)
    return render(request, "work/correction.html", context, crumbs=crumbs, status=422 if is_wrong else 200)
