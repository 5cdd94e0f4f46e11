"""Limits of exposure. There is no page about anybody's dose."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, may, visible
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.people import Organisation

from . import scopes
from .acts import drop_limit, set_limit
from .models import ExposureLimit

SEVERITIES = (
    (1, gettext_lazy("1 and worse: unpleasant")),
    (2, gettext_lazy("2 and worse: distressing")),
    (3, gettext_lazy("3 and worse: severe")),
    (4, gettext_lazy("4: the worst")),
)


class LimitForm(forms.Form):
    organisation = forms.ModelChoiceField(queryset=Organisation.objects.none(), label=gettext_lazy("Organisation"))
    severity_from = forms.TypedChoiceField(choices=SEVERITIES, coerce=int, label=gettext_lazy("Severity"))
    minutes_a_day = forms.IntegerField(
        min_value=0, max_value=1440, label=gettext_lazy("Minutes a day"), help_text=gettext_lazy("0 means none at all.")
    )

    def __init__(self, *args: Any, request: PageRequest, **kwargs: Any):
        super().__init__(*args, **kwargs)
        organisations = visible(request.actor, scopes.LIMIT_EDIT, Organisation.objects.all())
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = organisations


@page(
    gettext_lazy("Exposure limits"),
    name="wellness:limits",
    nav=Nav(section="setup", icon="heart-pulse", order=30, scope=scopes.LIMIT_VIEW),
)
def limits(request: PageRequest) -> HttpResponse:
    """How much difficult content a day an organisation's people are handed; POST sets a limit."""
    form = LimitForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        try:
            set_limit(request.actor, now=request.now, **form.cleaned_data)
            messages.success(request, _("The limit holds from the next item that is handed out."))
            return redirect("wellness:limits")
        except Invalid as wrong:
            for name, sentences in wrong.fields.items():
                form.add_error(name if name in form.fields else None, sentences[0])
    found = visible(request.actor, scopes.LIMIT_VIEW, ExposureLimit.objects.select_related("organisation"))
    context = {
        "limits": [(limit, dict(SEVERITIES)[limit.severity_from]) for limit in found],
        "form": form,
        "may_edit": may(request.actor, scopes.LIMIT_EDIT),
    }
    return render(request, "wellness/limits.html", context, status=422 if form.errors else 200)


@require_POST
@page(gettext_lazy("Drop a limit"))
def dropping(request: PageRequest, limit_id: UUID) -> HttpResponse:
    """Take a limit away."""
    drop_limit(
        request.actor,
        limit=load(request.actor, scopes.LIMIT_VIEW, ExposureLimit.objects.all(), limit_id),
        now=request.now,
    )
    messages.success(request, _("The limit is gone."))
    return redirect("wellness:limits")


urlpatterns = [
    path("wellness/limits/", limits, name="limits"),
    path("wellness/limits/<uuid:limit_id>/dropping/", dropping, name="dropping"),
]
