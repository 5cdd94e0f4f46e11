"""Forms in Label Studio's words: a labelling configuration taken over, and a form given as one."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import load, require
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.trying import tried

from .. import scopes
from ..acts.programmes import add_form
from ..models import AnswerForm, FormVersion, Programme
from ..rules.label_config import CONFIG_LIMIT, spec_from_config
from ..rules.label_config_writing import SHOWS, config_from_spec
from .programmes import CRUMB


class ConfigForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    config = forms.CharField(
        label=gettext_lazy("Labelling configuration"),
        max_length=CONFIG_LIMIT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false"}),
        help_text=gettext_lazy("The XML of Label Studio's settings, Labeling Interface, Code."),
    )


@page(gettext_lazy("Take a labelling configuration over"))
def taking_over(request: PageRequest, programme_id: UUID) -> HttpResponse:
    """POST makes a form, or the next version of the one of this name, from a labelling configuration."""
    programme = load(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    require(request.actor, scopes.PROGRAMME_EDIT, programme)
    form = ConfigForm(request.POST or None)
    remarks: list[str] = []
    if request.method == "POST":

        def publish(said: dict[str, str]) -> FormVersion:
            spec, found = spec_from_config(said["config"])
            remarks.extend(found)
            return add_form(request.actor, programme=programme, name=said["name"], spec=spec, now=request.now)

        made = tried(form, publish)
        if made is not None:
            messages.success(request, _("“%(form)s” is published.") % {"form": made})
            for remark in remarks:
                messages.info(request, remark)
            return redirect("work:form", made.form_id)
    crumbs = [CRUMB, (programme.name, programme.get_absolute_url())]
    context = {"programme": programme, "form": form}
    return render(request, "work/forms/label_config.html", context, crumbs=crumbs, status=422 if form.errors else 200)


@page(gettext_lazy("As a labelling configuration"))
def giving(request: PageRequest, form_id: UUID) -> HttpResponse:
    """A form as Label Studio's labelling configuration, about items that show ?shows=."""
    rows = AnswerForm.objects.select_related("programme")
    found = load(request.actor, scopes.PROGRAMME_VIEW, rows, form_id)
    newest = found.versions.order_by("-number")[:1].get()
    shows = request.GET.get("shows", "")
    shows = shows if shows in SHOWS else SHOWS[0]
    config, faults = "", []
    titles = {each["name"]: each["title"] or each["name"] for each in newest.spec["fields"]}
    try:
        config = config_from_spec(newest.spec, shows=shows)
    except Invalid as wrong:
        faults = [f"{titles[name]}: {sentence}" for name, all_ in wrong.fields.items() for sentence in all_]
    context = {"form": found, "config": config, "faults": faults, "shows": shows, "all_shows": SHOWS}
    crumbs = [
        CRUMB,
        (found.programme.name, found.programme.get_absolute_url()),
        (found.name, reverse("work:form", args=[found.pk])),
    ]
    return render(request, "work/forms/as_label_config.html", context, crumbs=crumbs)
