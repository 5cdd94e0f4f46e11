"""A list of workers taken over from a file: first it is looked at, then it is done."""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from io import BytesIO
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import load, may, require
from evenkeel.ground.pages import PageRequest, object_url, page, render
from evenkeel.ground.reading.sources import Source
from evenkeel.ground.trying import tried

from .. import acts, scopes
from ..models import Organisation, Role
from ..rules.staff import COLUMNS
from ..staff_file import read_staff
from .organisations import list_url

_SHOWN = 100


class StaffForm(forms.Form):
    """The file, what may be made along the way, and on the second look the file that was looked at."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV as a spreadsheet saves it, at most 20,000 rows. Only “code” must be there."),
    )
    adds_teams = forms.BooleanField(label=gettext_lazy("Make teams that a site does not have yet"), required=False)
    adds_accounts = forms.BooleanField(
        label=gettext_lazy("Give an account to whoever has an address and none yet"),
        required=False,
        help_text=gettext_lazy("A link to set a password is mailed to each."),
    )
    role = forms.ModelChoiceField(
        label=gettext_lazy("Their role"),
        queryset=Role.objects.order_by("name"),
        required=False,
        empty_label=gettext_lazy("None"),
        help_text=gettext_lazy("Of those who get an account, everywhere in their organisation."),
    )
    # What was looked at comes back with the second step: a browser does not send a file twice.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **said: Any):
        super().__init__(*args, **said)
        self.fields["file"].required = not self.data.get("seen")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        file, seen = said.pop("file", None), said.pop("seen", "")
        if file is not None:
            said["content"], said["name"] = file.read(), file.name
            return said
        try:
            said["content"] = b64decode(seen, validate=True)
        except (binascii.Error, ValueError):
            said["content"] = b""
        if not said["content"] and not self.errors:
            self.add_error("file", _("Choose the file again."))
        return said


@page(gettext_lazy("Workers from a list"))
def staff_list(request: PageRequest, organisation_id: UUID) -> HttpResponse:
    """POST looks at a file and says what it would do; with `done` it is done."""
    found = load(request.actor, scopes.ORGANISATION_VIEW, Organisation.objects.all(), organisation_id)
    require(request.actor, scopes.WORKER_EDIT, found)
    form = StaffForm(request.POST, request.FILES) if request.method == "POST" else StaffForm()
    if not may(request.actor, scopes.PERSON_EDIT, found):
        for name in ("adds_accounts", "role"):
            del form.fields[name]
    report = None
    if request.method == "POST":

        def taken(said: dict[str, Any]) -> acts.StaffImport:
            rest = {name: value for name, value in said.items() if name not in ("content", "name")}
            return acts.import_staff(
                request.actor,
                organisation=found,
                rows=read_staff(Source.of(BytesIO(said["content"]), name=said["name"])),
                only_tries="done" not in request.POST,
                now=request.now,
                **rest,
            )

        report = tried(form, taken)
        if report is not None and report.is_done:
            messages.success(request, _told(report))
            return redirect("people:organisation-workers", found.pk)
    context = {
        "organisation": found,
        "form": form,
        "columns": COLUMNS,
        "report": report,
        "told": _told(report) if report else "",
        "bad": report.bad[:_SHOWN] if report else (),
        "more": max(0, len(report.bad) - _SHOWN) if report else 0,
        "seen": b64encode(form.cleaned_data["content"]).decode() if report and not report.bad else "",
    }
    crumbs = [
        (gettext_lazy("Organisations"), list_url()),
        (found.name, object_url("people:organisation-workers", found.pk)),
    ]
    is_wrong = form.errors or (report is not None and report.bad)
    return render(request, "people/staff_list.html", context, crumbs=crumbs, status=422 if is_wrong else 200)


def _told(found: acts.StaffImport) -> str:
    said = {name: getattr(found, name) for name in ("added", "changed", "left", "same")}
    return _("New: %(added)d; changed: %(changed)d; leaving: %(left)d; as they were: %(same)d.") % said
