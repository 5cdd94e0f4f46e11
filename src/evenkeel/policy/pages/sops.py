"""A policy's SOP checks: the table in force, and writing the next one."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import may, require
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.trying import tried

from .. import scopes
from ..acts.sops import publish_sop
from ..rules import CHANGE_LENGTH
from ..sop_rules import read_rows, written
from ..sops import table_in_force
from .policies import policy_of, tabs_of


class SopForm(forms.Form):
    rows = forms.CharField(
        label=gettext_lazy("Rows"),
        max_length=60_000,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=gettext_lazy("A rule a line: warn or block | when | what people are told. No lines: no checks."),
    )
    what_changed = forms.CharField(label=gettext_lazy("What changed"), max_length=CHANGE_LENGTH, required=False)


@page(gettext_lazy("SOP checks"))
def sops(request: PageRequest, policy_id: UUID) -> HttpResponseBase:
    """What is asked about each answer before it becomes a decision; POST publishes another table."""
    found = policy_of(request, policy_id)
    table = table_in_force(found.pk, request.now)
    may_edit = bool(may(request.actor, scopes.POLICY_EDIT, found))
    form = SopForm(request.POST or None, initial={"rows": written(table.rows) if table else ""})
    if request.method == "POST":
        require(request.actor, scopes.POLICY_EDIT, found)
        made = tried(
            form,
            lambda said: publish_sop(
                request.actor,
                policy=found,
                rows=read_rows(said["rows"]),
                what_changed=said["what_changed"],
                now=request.now,
            ),
        )
        if made is not None:
            messages.success(request, _("Version %(n)d is asked from the next answer on.") % {"n": made.number})
            return redirect("policy:sops", found.pk)
    context = {
        "policy": found,
        "table": table,
        "form": form,
        "may_edit": may_edit,
        "tabs": tabs_of(found, "policy:sops"),
        "thing": {"policy": found, "table": table, "may_edit": may_edit},
    }
    crumbs = [(_("Policies"), reverse("policy:policies"))]
    return render(request, "policy/sops.html", context, crumbs=crumbs, status=422 if form.errors else 200)
