"""How often a mapping's query is asked by itself."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load
from evenkeel.ground.errors import Invalid
from evenkeel.ground.pages import PageRequest, page

from .. import scopes
from ..acts.rhythms import repeat_mapping
from ..models import Mapping, MappingRhythm


class RhythmForm(forms.Form):
    """Never, or how often."""

    every = forms.ChoiceField(
        label=gettext_lazy("Ask it"),
        required=False,
        choices=[("", gettext_lazy("when I say so")), *MappingRhythm.EVERY],
    )
    is_partial = forms.BooleanField(label=gettext_lazy("Leave rows out that do not fit"), required=False)

    def __init__(self, *args: object, rhythm: MappingRhythm | None = None, **kwargs: object):
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.initial = {"every": rhythm.every, "is_partial": rhythm.is_partial} if rhythm else {}
        # The page has a form for a single import beside this one.
        self.auto_id = "rhythm_%s"


@require_POST
@page(gettext_lazy("Ask by itself"))
def mapping_rhythm(request: PageRequest, mapping_id: UUID) -> HttpResponseBase:
    """Set how often a query is asked, or end it."""
    found = load(request.actor, scopes.IMPORT_DO, Mapping.objects.select_related("tool__programme"), mapping_id)
    form = RhythmForm(request.POST)
    form.is_valid()
    try:
        is_partial = bool(form.cleaned_data.get("is_partial"))
        every = request.POST.get("every", "")
        made = repeat_mapping(request.actor, mapping=found, every=every, is_partial=is_partial, now=request.now)
        messages.success(
            request, _("It is asked by itself from now on.") if made else _("It is asked when you say so.")
        )
    except Invalid as wrong:
        messages.error(request, next(iter(wrong.fields.values()))[0])
    answer: HttpResponse = redirect(found)
    return answer
