"""Certifications: which there are, who holds one, giving and withdrawing them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, may, require, visible
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.ground.tables import Column, Empty, Table, TextFilter
from evenkeel.ground.trying import tried
from evenkeel.people import WORKER_VIEW, Worker

from .. import scopes
from ..acts.certifications import (
    DAYS,
    NAME_LENGTH,
    REASON_LENGTH,
    RENEW_DAYS,
    add_certification,
    certify,
    withdraw_certificate,
)
from ..certificates import AHEAD, EXPIRED, REPLACED, WITHDRAWN, Holding, holding_of, versioned
from ..models import Certificate, Certification, Policy

_STATES = {
    "": gettext_lazy("in force"),
    EXPIRED: gettext_lazy("lapsed"),
    REPLACED: gettext_lazy("lapsed with a new version"),
    WITHDRAWN: gettext_lazy("withdrawn"),
    AHEAD: gettext_lazy("begins later"),
}


class CertificationForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=NAME_LENGTH)
    policy = forms.ModelChoiceField(queryset=Policy.objects.none(), required=False, label=gettext_lazy("Guideline"))
    lapses_after_days = forms.IntegerField(
        label=gettext_lazy("Days until it lapses"), required=False, min_value=DAYS[0], max_value=DAYS[1]
    )
    lapses_with_policy = forms.BooleanField(
        label=gettext_lazy("Lapses with a new version of the guideline"), required=False
    )
    renew_days = forms.IntegerField(
        label=gettext_lazy("Days in which it is renewed"),
        required=False,
        min_value=0,
        max_value=RENEW_DAYS,
        initial=14,
        help_text=gettext_lazy("After a new version, and before the day it lapses. 0: a new version ends it at once."),
    )

    def __init__(self, *args: Any, request: PageRequest, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["policy"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = visible(request.actor, scopes.POLICY_VIEW, Policy.objects.order_by("name"))

    def clean_renew_days(self) -> int:
        """What was left open is no day."""
        return self.cleaned_data["renew_days"] or 0


class CertifyForm(forms.Form):
    worker = forms.CharField(
        label=gettext_lazy("Worker’s code"), max_length=64, help_text=gettext_lazy("As on the worker's page.")
    )
    valid_until = forms.DateTimeField(
        label=gettext_lazy("Until"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text=gettext_lazy("Empty: as the certification says."),
    )


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=REASON_LENGTH)


@page(
    gettext_lazy("Certifications"),
    name="policy:certifications",
    nav=Nav(section="work", icon="badge-check", order=42, scope=scopes.CERTIFICATION_VIEW),
)
def certifications(request: PageRequest) -> HttpResponseBase:
    """Every certification; POST adds one."""
    form = CertificationForm(request.POST or None, request=request)
    if request.method == "POST":
        made = tried(form, lambda said: add_certification(request.actor, now=request.now, **said))
        if made is not None:
            return redirect(made)
    rows = visible(request.actor, scopes.CERTIFICATION_VIEW, Certification.objects.select_related("policy"))
    table = Table(
        request,
        rows,
        title=_("Certifications"),
        columns=[
            Column("name", _("Name"), sort="name", link=lambda each: each.get_absolute_url()),
            Column("policy", _("Guideline"), value=lambda each: each.policy.name if each.policy else None),
            Column("lapses_after_days", _("Days until it lapses"), kind="count"),
            Column(
                "lapses_with_policy",
                _("With a new version"),
                value=lambda each: _("lapses") if each.lapses_with_policy else _("stays"),
            ),
        ],
        filters=[TextFilter("q", _("Search certifications"), fields=["name"])],
        default_sort="name",
        empty=Empty(
            title=_("No certifications yet"),
            body=_("A queue hands its items only to people who hold every certification that it asks for."),
            icon="badge-check",
        ),
    )
    context = {"table": table, "form": form, "may_edit": may(request.actor, scopes.CERTIFICATION_EDIT)}
    return render(request, "policy/certifications.html", context, status=422 if form.errors else 200)


@page(gettext_lazy("Certification"))
def certification(request: PageRequest, certification_id: UUID) -> HttpResponseBase:
    """One certification and who holds it; POST gives a certificate."""
    return _one(request, _certification(request, certification_id), is_giving=request.method == "POST")


@require_POST
@page(gettext_lazy("Withdraw a certificate"))
def withdrawing(request: PageRequest, certificate_id: UUID) -> HttpResponseBase:
    """Take a certificate away."""
    rows = Certificate.objects.select_related("certification")
    found = load(request.actor, scopes.CERTIFICATION_VIEW, rows, certificate_id)
    require(request.actor, scopes.CERTIFICATION_EDIT, found)
    form = WithdrawForm(request.POST)
    made = tried(form, lambda said: withdraw_certificate(request.actor, certificate=found, now=request.now, **said))
    if made is None:
        return _one(request, found.certification, withdraw_form=form)
    messages.success(request, _("Withdrawn. The next hand-out obeys."))
    return redirect(found.certification)


def _one(
    request: PageRequest,
    found: Certification,
    *,
    is_giving: bool = False,
    withdraw_form: WithdrawForm | None = None,
) -> HttpResponseBase:
    form = CertifyForm(request.POST if is_giving else None)
    if is_giving:
        require(request.actor, scopes.CERTIFICATION_EDIT, found)
        if form.is_valid():
            code = form.cleaned_data["worker"].strip()
            workers = Worker.objects.filter(code=code) if "\x00" not in code else Worker.objects.none()
            worker = visible(request.actor, WORKER_VIEW, workers).order_by("organisation__name").first()
            if worker is None:
                form.add_error("worker", _("There is no such worker, or she is not yours to see."))
            elif _given(request, found, worker, form) is not None:
                messages.success(request, _("%(name)s is certified from now on.") % {"name": worker.name})
                return redirect(found)

    def state(each: Certificate) -> Holding:
        return holding_of(each, request.now)

    def is_due(each: Certificate) -> bool:
        return state(each).is_to_be_renewed(found.renew_days, now=request.now)

    rows = versioned(Certificate.objects.filter(certification=found), now=request.now)
    rows = rows.select_related("worker__organisation")
    may_edit = bool(may(request.actor, scopes.CERTIFICATION_EDIT, found))
    table = Table(
        request,
        visible(request.actor, scopes.CERTIFICATION_VIEW, rows),
        title=_("Who holds it"),
        columns=[
            Column("worker", _("Worker"), kind="person"),
            Column(
                "state",
                _("State"),
                kind="badge",
                value=lambda each: _("to be renewed") if is_due(each) else _STATES[state(each).lapse],
                tone=lambda each: "warn" if state(each).lapse else "info" if is_due(each) else "good",
            ),
            Column("valid_from", _("From"), kind="moment", sort="valid_from"),
            Column("until", _("Until"), kind="moment", value=lambda each: state(each).at),
        ],
        default_sort="-valid_from",
        empty=Empty(title=_("Nobody holds it yet"), icon="badge-check"),
    )
    held = [each for each in rows[:200] if may_edit and not state(each).lapse]
    context = {
        "certification": found,
        "table": table,
        "form": form,
        "withdraw_form": withdraw_form or WithdrawForm(),
        "held": held,
        "may_edit": may_edit,
        "facts": [
            (_("Guideline"), found.policy.name if found.policy else None),
            (_("Days until it lapses"), found.lapses_after_days),
            (_("With a new version"), _("lapses") if found.lapses_with_policy else _("stays")),
            (_("Days in which it is renewed"), found.renew_days),
        ],
    }
    crumbs = [(_("Certifications"), reverse("policy:certifications"))]
    is_wrong = form.errors or (withdraw_form and withdraw_form.errors)
    return render(request, "policy/certification.html", context, crumbs=crumbs, status=422 if is_wrong else 200)


def _given(request: PageRequest, found: Certification, worker: Worker, form: CertifyForm) -> Certificate | None:
    return tried(
        form,
        lambda said: certify(
            request.actor, certification=found, worker=worker, valid_until=said["valid_until"], now=request.now
        ),
    )


def _certification(request: PageRequest, pk: UUID) -> Certification:
    return load(request.actor, scopes.CERTIFICATION_VIEW, Certification.objects.select_related("policy"), pk)
