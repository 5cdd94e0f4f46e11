"""Files in and out of a programme: hand one in, order one, see how far it is, read what did not fit."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, may, visible
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.tables import Column, Empty, Table
from evenkeel.ground.trying import tried

from .. import scopes
from ..acts.transfers import fetch_file, hand_in, order_export, withdraw_transfer
from ..kinds.format import formats
from ..models import Programme, Transfer
from ..queries.transfers import own_file, transfers_of
from .queues import PROGRAMMES
from .transfer_forms import ExportForm, ImportForm

_TONES = {"done": "good", "failed": "bad", "queued": "info", "checking": "info", "writing": "info"}
_STAGES = {
    "queued": gettext_lazy("Waits for a worker"),
    "checking": gettext_lazy("Reads the file"),
    "writing": gettext_lazy("Writes"),
}


@page(gettext_lazy("Files"))
def transfers(
    request: PageRequest,
    programme_id: UUID,
    *,
    import_form: ImportForm | None = None,
    export_form: ExportForm | None = None,
) -> HttpResponseBase:
    """What came in and went out as files, and both doors."""
    programme = load(request.actor, scopes.ITEM_VIEW, Programme.objects.all(), programme_id)
    table = Table(
        request,
        transfers_of(request.actor, programme).select_related("queue"),
        title=_("Files"),
        columns=[
            Column(
                "created_at", _("When"), kind="moment", sort="created_at", link=lambda each: each.get_absolute_url()
            ),
            Column("file_name", _("File"), sort="file_name"),
            Column("direction", _("Way"), value=lambda each: each.get_direction_display()),
            Column("what", _("What"), value=lambda each: each.get_what_display()),
            Column("format", _("Format"), value=lambda each: formats[each.format].title),
            Column("rows", _("Rows"), kind="count", value=lambda each: each.counts.get("rows", 0)),
            Column(
                "state",
                _("State"),
                kind="badge",
                value=lambda each: each.get_state_display(),
                tone=lambda each: _TONES.get(each.state, "quiet"),
            ),
            Column("by_name", _("By"), sort="by_name"),
        ],
        default_sort="-created_at",
        empty=Empty(
            title=_("No files yet"),
            body=_(
                "Items, decisions and forms come in and go out as JSON Lines, CSV, Parquet, or as other tools write them."
            ),
            icon="file",
        ),
    )
    may_import = not request.actor.is_outside and bool(may(request.actor, scopes.ITEM_ADD, programme))
    may_export = not request.actor.is_outside and bool(may(request.actor, scopes.EXPORT_MAKE, programme))
    queues = visible(request.actor, scopes.QUEUE_VIEW, programme.queues.order_by("name"))
    context = {
        "programme": programme,
        "table": table,
        "import_form": (import_form or ImportForm(queues=queues)) if may_import else None,
        "export_form": (export_form or ExportForm(queues=queues)) if may_export else None,
    }
    status = 422 if import_form or export_form else 200
    return table.export() or render(request, "work/transfers.html", context, crumbs=_crumbs(programme), status=status)


@require_POST
@page(gettext_lazy("Hand a file in"))
def importing(request: PageRequest, programme_id: UUID) -> HttpResponseBase:
    """Hand a file in; it is checked and imported in the background."""
    programme = load(request.actor, scopes.ITEM_VIEW, Programme.objects.all(), programme_id)
    queues = visible(request.actor, scopes.QUEUE_VIEW, programme.queues.order_by("name"))
    form = ImportForm(request.POST, request.FILES, queues=queues)
    made = tried(form, lambda said: hand_in(request.actor, programme=programme, now=request.now, **said))
    if made is None:
        return transfers(request, programme_id, import_form=form)
    return redirect(made)


@require_POST
@page(gettext_lazy("Order a file"))
def exporting(request: PageRequest, programme_id: UUID) -> HttpResponseBase:
    """Have a file made in the background."""
    programme = load(request.actor, scopes.ITEM_VIEW, Programme.objects.all(), programme_id)
    queues = visible(request.actor, scopes.QUEUE_VIEW, programme.queues.order_by("name"))
    form = ExportForm(request.POST, queues=queues)
    made = tried(form, lambda said: order_export(request.actor, programme=programme, now=request.now, **said))
    if made is None:
        return transfers(request, programme_id, export_form=form)
    return redirect(made)


@page(gettext_lazy("File"))
def transfer(request: PageRequest, transfer_id: UUID) -> HttpResponse:
    """One file: how far it is, then what was found in it."""
    found = _transfer(request, transfer_id)
    context = {"programme": found.programme, **_state(request, found)}
    crumbs = [*_crumbs(found.programme), (_("Files"), reverse("work:transfers", args=[found.programme_id]))]
    return render(request, "work/transfer.html", context, crumbs=crumbs)


@page(gettext_lazy("File"))
def transfer_state(request: PageRequest, transfer_id: UUID) -> HttpResponse:
    """How far it is; the page asks until it is over."""
    found = _transfer(request, transfer_id)
    response: HttpResponse = TemplateResponse(request, "work/parts/transfer_state.html", _state(request, found))
    if found.is_over:
        response["HX-Refresh"] = "true"
    return response


@page(gettext_lazy("File"))
def transfer_file(request: PageRequest, transfer_id: UUID) -> HttpResponseBase:
    """The file that was made, for whoever ordered it."""
    found = _transfer(request, transfer_id)
    file, kind = fetch_file(request.actor, transfer=found, now=request.now), formats[found.format]
    response = FileResponse(file, as_attachment=True, filename=found.file_name, content_type=kind.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@page(gettext_lazy("Withdraw"))
def transfer_withdrawal(request: PageRequest, transfer_id: UUID) -> HttpResponse:
    """Stop what has not begun, or throw a file away."""
    found = withdraw_transfer(request.actor, transfer=_transfer(request, transfer_id), now=request.now)
    messages.info(request, _("The file is removed."))
    return redirect("work:transfers", found.programme_id)


def _transfer(request: PageRequest, transfer_id: UUID) -> Transfer:
    return load(request.actor, scopes.ITEM_VIEW, Transfer.objects.select_related("programme", "queue"), transfer_id)


def _state(request: PageRequest, found: Transfer) -> dict[str, Any]:
    bytes_checked = found.counts.get("bytes_checked", 0)
    is_reading = found.state == "checking"
    return {
        "transfer": found,
        "format": formats[found.format].title,
        "tone": _TONES.get(found.state, "quiet"),
        "stage": _STAGES.get(found.state, ""),
        "is_bytes": is_reading,
        "done": bytes_checked if is_reading else max(found.position, found.counts.get("rows", 0)),
        "total": found.size_bytes if is_reading else found.total,
        "counts": [(title, found.counts[name]) for name, title in _counted() if found.counts.get(name)],
        "may_fetch": found.direction == Transfer.OUT and own_file(request.actor, found) is not None,
        "may_withdraw": (not found.position and found.state in ("queued", "failed")) or found.direction == Transfer.OUT,
    }


def _counted() -> list[tuple[str, str]]:
    return [
        ("rows", _("Rows")),
        ("items", _("New items")),
        ("items_known", _("Known before")),
        ("items_completed", _("Show their file now")),
        ("tasks", _("Put into the queue")),
        ("decisions", _("Decisions")),
        ("workers", _("New workers")),
        ("forms", _("Forms")),
    ]


def _crumbs(programme: Programme) -> list[tuple[Any, str | None]]:
    return [PROGRAMMES, (programme.name, programme.get_absolute_url())]
