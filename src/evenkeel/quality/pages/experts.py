"""What experts hold to be right about an item."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import may, require
from evenkeel.ground.errors import NotFound
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.trying import tried
from evenkeel.work import Item, item_content_html, item_summary, programme_labels

from .. import scopes
from ..acts.experts import set_expert_answer
from ..queries import answers_about
from .forms import ExpertForm


@page(gettext_lazy("Experts' answers"))
def item(request: PageRequest, item_id: UUID) -> HttpResponse:
    """Everything experts said about an item, newest first; who may adds another answer."""
    require(request.actor, scopes.EXPERT_VIEW)
    found = Item.objects.select_related("programme").filter(pk=item_id).first()
    # A partner's people see none of these, whatever their roles: an answer known beforehand needs no skill.
    if found is None or request.actor.is_outside or not may(request.actor, scopes.EXPERT_VIEW, found):
        raise NotFound(_("There is no such page, or it is not yours to see."))
    may_edit = bool(may(request.actor, scopes.EXPERT_EDIT, found))
    answers = answers_about(found)
    form = ExpertForm(
        request.POST or None,
        labels=programme_labels(found.programme),
        initial={"label": answers[0].label if answers else ""},
    )
    if request.method == "POST":
        made = tried(form, lambda said: set_expert_answer(request.actor, item=found, now=request.now, **said))
        if made is not None:
            messages.success(request, _("Experts say %(label)s.") % {"label": made.label})
            return redirect("quality:expert", found.pk)
    context = {
        "item": found,
        "summary": item_summary(found),
        "item_html": item_content_html(found),
        "answers": answers,
        "form": form,
        "may_edit": may_edit,
    }
    crumbs = [(found.programme.name, found.programme.get_absolute_url()), (found.key, found.get_absolute_url())]
    return render(request, "quality/expert.html", context, crumbs=crumbs, status=422 if form.errors else 200)
