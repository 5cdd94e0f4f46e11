"""Routing: a programme's rules in order, and why one item goes where it goes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, may, require, visible
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.trying import tried

from .. import scopes
from ..acts.routing import add_rule, apply_rules, change_rule, drop_rule, move_rule, set_default_queue
from ..forms_routing import DefaultForm, RuleForm
from ..models import Item, Programme, Queue, RoutingRule
from ..queries.routing import explain_route
from ..routes import rules_in_force
from ..rules.routing import as_lines, condition_text
from .queues import PROGRAMMES


@page(gettext_lazy("Routing"))
def routing(request: PageRequest, programme_id: UUID) -> HttpResponse:
    """The rules in order; POST adds one, or sets where everything else goes."""
    programme = load(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    require(request.actor, scopes.QUEUE_VIEW, programme)
    sets_default = "default_queue" in request.POST
    form = RuleForm(request.POST if request.POST and not sets_default else None, programme=programme)
    default_form = DefaultForm(request.POST if sets_default else None, programme=programme)
    if request.method == "POST":
        require(request.actor, scopes.QUEUE_EDIT, programme)
        done = _set_default(request, programme, default_form) if sets_default else _add(request, programme, form)
        if done:
            return redirect("work:routing", programme.pk)
    rules = _seen(request, programme)
    if not sets_default:
        default = next((rule.queue_id for rule in rules if rule.is_default), None)
        default_form = DefaultForm(initial={"default_queue": default}, programme=programme)
    context = {
        "programme": programme,
        "rules": [
            {"rule": rule, "text": condition_text(rule.condition), "has_lines": as_lines(rule.condition) is not None}
            for rule in rules
            if not rule.is_default
        ],
        "default": next((rule for rule in rules if rule.is_default), None),
        "form": form,
        "default_form": default_form,
        "may_edit": may(request.actor, scopes.QUEUE_EDIT, programme),
    }
    is_wrong = form.errors or default_form.errors
    return render(request, "work/routing.html", context, crumbs=_crumbs(programme), status=422 if is_wrong else 200)


@page(gettext_lazy("Change a routing rule"))
def changing(request: PageRequest, routing_rule_id: UUID) -> HttpResponse:
    """Change one rule."""
    rule = _rule(request, routing_rule_id)
    require(request.actor, scopes.QUEUE_EDIT, rule.programme)
    form = RuleForm(request.POST or None, programme=rule.programme, rule=rule)
    if request.method == "POST":
        changed = tried(form, lambda said: change_rule(request.actor, rule=rule, now=request.now, **said))
        if changed is not None:
            messages.success(request, _("The rule holds for what arrives from now on."))
            return redirect(changed)
    context = {
        "rule": rule,
        "programme": rule.programme,
        "form": form,
        "has_lines": as_lines(rule.condition) is not None,
    }
    crumbs = [*_crumbs(rule.programme), (_("Routing"), rule.get_absolute_url())]
    return render(request, "work/routing_rule.html", context, crumbs=crumbs, status=422 if form.errors else 200)


@require_POST
@page(gettext_lazy("Move a routing rule"))
def moving(request: PageRequest, routing_rule_id: UUID) -> HttpResponse:
    """One place up or down."""
    rule = _rule(request, routing_rule_id)
    step = -1 if request.POST.get("to") == "up" else 1
    move_rule(request.actor, rule=rule, place=rule.place + step, now=request.now)
    return redirect(rule)


@require_POST
@page(gettext_lazy("Drop a routing rule"))
def dropping(request: PageRequest, routing_rule_id: UUID) -> HttpResponse:
    """Ask it no more."""
    rule = _rule(request, routing_rule_id)
    drop_rule(request.actor, rule=rule, now=request.now)
    messages.success(request, _("The rule is dropped. What it placed stays where it is."))
    return redirect(rule)


@require_POST
@page(gettext_lazy("Apply the rules"))
def applying(request: PageRequest, programme_id: UUID) -> HttpResponse:
    """Ask the rules again about what is in no queue, and with `moves` about what waits untouched."""
    programme = load(request.actor, scopes.PROGRAMME_VIEW, Programme.objects.all(), programme_id)
    done = apply_rules(request.actor, programme=programme, moves=bool(request.POST.get("moves")), now=request.now)
    said = ngettext("%(n)d item was put into a queue", "%(n)d items were put into queues", done.placed) % {
        "n": done.placed
    }
    rest = _("%(moved)d moved, %(left)d stayed because somebody has them, %(nowhere)d fit no rule.") % {
        "moved": done.moved,
        "left": done.left,
        "nowhere": done.nowhere,
    }
    messages.success(request, f"{said}; {rest}")
    return redirect("work:routing", programme.pk)


@page(gettext_lazy("Why it went there"))
def route(request: PageRequest, item_id: UUID) -> HttpResponse:
    """Which rule matched an item, and why the others did not."""
    item = load(request.actor, scopes.ITEM_VIEW, Item.objects.select_related("programme"), item_id)
    context = {"item": item, "found": explain_route(request.actor, item)}
    crumbs = [*_crumbs(item.programme), (item.key, item.get_absolute_url())]
    return render(request, "work/route.html", context, crumbs=crumbs)


def _add(request: PageRequest, programme: Programme, form: RuleForm) -> RoutingRule | None:
    return tried(form, lambda said: add_rule(request.actor, programme=programme, now=request.now, **said))


def _set_default(request: PageRequest, programme: Programme, form: DefaultForm) -> bool:
    def set_it(said: dict[str, Any]) -> bool:
        set_default_queue(request.actor, programme=programme, queue=said["default_queue"], now=request.now)
        return True

    return bool(tried(form, set_it))


def _seen(request: PageRequest, programme: Programme) -> list[RoutingRule]:
    """The rules to queues that the person may see."""
    seen = set(
        visible(request.actor, scopes.QUEUE_VIEW, Queue.objects.filter(programme=programme)).values_list(
            "pk", flat=True
        )
    )
    return [rule for rule in rules_in_force(programme) if rule.queue_id in seen]


def _rule(request: PageRequest, rule_id: UUID) -> RoutingRule:
    rows = RoutingRule.objects.filter(ended_at=None).select_related("programme", "queue")
    return load(request.actor, scopes.QUEUE_VIEW, rows, rule_id)


def _crumbs(programme: Programme) -> list[tuple[Any, str | None]]:
    return [PROGRAMMES, (programme.name, programme.get_absolute_url())]
