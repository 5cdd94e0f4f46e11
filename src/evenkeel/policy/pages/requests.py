"""Changes that were asked for: the list of all, those of a policy with the form to ask, one with its answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import load, may, require
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.tables import Column, Empty, Table, TextFilter
from evenkeel.ground.trying import tried

from .. import scopes
from ..acts.requests import answer_change, propose_change
from ..models import ChangeRequest
from ..requests import change_requests
from ..rules_requests import CLAUSE_LENGTH, MOST
from .policies import policy_of, tabs_of


class RequestForm(forms.Form):
    """What should change, and why."""

    clause = forms.CharField(label=gettext_lazy("Clause"), max_length=CLAUSE_LENGTH, required=False)
    what = forms.CharField(
        label=gettext_lazy("What should change"), max_length=MOST, widget=forms.Textarea(attrs={"rows": 4})
    )
    why = forms.CharField(label=gettext_lazy("Why"), max_length=MOST, widget=forms.Textarea(attrs={"rows": 3}))
    evidence = forms.CharField(
        label=gettext_lazy("Pages that show it"),
        max_length=9_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("An address a line: a case, a question, an investigation."),
    )

    def clean_evidence(self) -> list[dict[str, str]]:
        """The lines as pages."""
        lines = self.cleaned_data["evidence"].splitlines()
        return [{"title": "", "url": line.strip()} for line in lines if line.strip()]


class AnswerForm(forms.Form):
    """Yes or no, and why."""

    is_accepted = forms.ChoiceField(
        label=gettext_lazy("Answer"),
        choices=[("yes", gettext_lazy("Accept: the next version says so")), ("no", gettext_lazy("Refuse"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=MOST, widget=forms.Textarea(attrs={"rows": 3}))


@page(gettext_lazy("Changes asked for"))
def all_requests(request: PageRequest) -> HttpResponseBase:
    """Every change that was asked for, of any policy."""
    require(request.actor, scopes.CHANGE_VIEW)
    table = _table(request, change_requests(request.actor), with_policy=True)
    crumbs = [(_("Policies"), reverse("policy:policies"))]
    return table.export() or render(request, "policy/change_requests.html", {"table": table}, crumbs=crumbs)


@page(gettext_lazy("Changes asked for"))
def requests_of(request: PageRequest, policy_id: UUID) -> HttpResponseBase:
    """Those of one policy; POST asks for another. ?what=, ?why=, ?clause=, ?evidence= fill the form in."""
    found = policy_of(request, policy_id)
    require(request.actor, scopes.CHANGE_VIEW)
    may_ask = bool(may(request.actor, scopes.CHANGE_PROPOSE, found))
    filled = {name: request.GET[name][:MOST] for name in ("clause", "what", "why", "evidence") if name in request.GET}
    form = RequestForm(request.POST or None, initial=filled)
    if request.method == "POST":
        require(request.actor, scopes.CHANGE_PROPOSE, found)
        made = tried(form, lambda said: propose_change(request.actor, policy=found, now=request.now, **said))
        if made is not None:
            messages.success(request, _("Whoever keeps the policy was told."))
            return redirect(made)
    table = _table(request, change_requests(request.actor).filter(policy=found), with_policy=False)
    context = {
        "policy": found,
        "table": table,
        "form": form if may_ask else None,
        "is_open": bool(form.errors or filled),
        "tabs": tabs_of(found, "policy:change-requests"),
    }
    crumbs = [(_("Policies"), reverse("policy:policies"))]
    status = 422 if form.errors else 200
    return table.export() or render(request, "policy/change_requests.html", context, crumbs=crumbs, status=status)


@page(gettext_lazy("Change asked for"))
def change_request(request: PageRequest, change_request_id: UUID) -> HttpResponse:
    """One of them; POST answers it."""
    found = request_of(request, change_request_id)
    may_answer = bool(may(request.actor, scopes.POLICY_EDIT, found.policy)) and found.state == "proposed"
    form = AnswerForm(request.POST or None)
    if request.method == "POST":
        made = tried(
            form,
            lambda said: answer_change(
                request.actor,
                request=found,
                is_accepted=said["is_accepted"] == "yes",
                reason=said["reason"],
                now=request.now,
            ),
        )
        if made is not None:
            return redirect(found)
    context = {"request_row": found, "form": form if may_answer else None}
    crumbs = [
        (_("Policies"), reverse("policy:policies")),
        (found.policy.name, reverse("policy:change-requests", args=[found.policy_id])),
    ]
    return render(request, "policy/change_request.html", context, crumbs=crumbs, status=422 if form.errors else 200)


def request_of(request: PageRequest, change_request_id: UUID) -> ChangeRequest:
    """A request that the reader may see."""
    rows = ChangeRequest.objects.select_related(
        "policy", "asked_by__organisation", "answer__by__organisation", "publication__version__policy"
    )
    return load(request.actor, scopes.CHANGE_VIEW, rows, change_request_id)


def _table(request: PageRequest, rows: QuerySet[ChangeRequest], *, with_policy: bool) -> Table:
    policy: list[Any] = [Column("policy", _("Policy"), sort="policy__name")] if with_policy else []
    return Table(
        request,
        rows,
        title=_("Changes asked for"),
        columns=[
            Column("what", _("What"), value=lambda each: each.what[:120], link=lambda each: each.get_absolute_url()),
            *policy,
            Column("clause", _("Clause"), sort="clause"),
            Column(
                "state",
                _("State"),
                kind="badge",
                value=lambda each: str(each.state_title),
                tone=lambda each: each.tone,
            ),
            Column("asked_by", _("Asked by"), kind="person"),
            Column("asked_at", _("Asked"), kind="moment", sort="asked_at"),
        ],
        filters=[TextFilter("q", _("Search"), fields=["what", "clause"])],
        default_sort="-asked_at",
        export_name="policy-changes",
        empty=Empty(
            title=_("Nobody asked for a change"),
            body=_("What a guideline says too little of is asked for here, with the pages that show it."),
            icon="edit",
        ),
    )
