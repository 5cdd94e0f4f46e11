"""A delivery's certificate as a document: the verdict, the samples, the plan and what its risks were."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.html import strip_tags
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from evenkeel.ground.access import load
from evenkeel.ground.documents import Callout, Document, Paragraph, TableBlock, sentences, to_pdf
from evenkeel.ground.errors import NotNow
from evenkeel.ground.pages import PageRequest, page

from .. import scopes
from ..models import Batch
from .deliveries import told_of


@page(gettext_lazy("Certificate"))
def certificate_pdf(request: PageRequest, batch_id: UUID) -> HttpResponse:
    """The certificate of a judged delivery as PDF; the same delivery gives the same bytes. `NotNow` before its verdict."""
    rows = Batch.objects.select_related(
        "scheme__programme", "scheme__organisation", "queue", "handed_in_by", "resubmits"
    )
    found = load(request.actor, scopes.DELIVERY_VIEW, rows, batch_id)
    told = told_of(request, found)
    if told["verdict"] is None:
        raise NotNow(_("There is no verdict yet, so there is nothing to certify."), code="no-verdict")
    site = f"{request.scheme}://{request.get_host()}"
    answer = HttpResponse(to_pdf(_document(found, told, site=site)), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="certificate-{found.pk}.pdf"'
    return answer


def _document(found: Batch, told: dict[str, Any], *, site: str) -> Document:
    verdict = told["verdict"]
    said = {"wrong": verdict.wrong, "seen": f"{verdict.seen:,}", "lot": f"{found.lot:,}"}
    risks = told["risks"]
    facts = tuple((str(name), _plain(value)) for name, value in told["facts"])
    samples = tuple(
        (
            str(number),
            f"{row['size']:,}",
            "–" if row["accept"] < 0 else str(row["accept"]),
            str(row["reject"]),
            "–" if row["wrong"] is None else str(row["wrong"]),
        )
        for number, row in enumerate(told["rows"], 1)
    )
    plan = ""
    if risks:
        plan = _(
            "The plan: ISO 2859-1 (MIL-STD-105E). A delivery with %(aql)s %% wrong is accepted in %(chance)s of cases, one "
            "with %(good)s wrong in 95 %%, one with %(bad)s wrong in 10 %%."
        ) % {
            "aql": f"{found.scheme.aql:g}",
            "chance": f"{risks.at_aql:.0%}",
            "good": f"{risks.accepts_at:.2%}",
            "bad": f"{risks.rejects_at:.2%}",
        }
    how = _(
        "The sample follows from the decisions, listed by the SHA-256 of their sorted ids, and the salt: the decisions with "
        "the smallest numbers u(id, salt). Auditors saw neither the first answers nor who gave them."
    )
    outcome = _("Accepted") if verdict.is_accepted else _("Rejected")
    counted = _("%(wrong)s of %(seen)s decisions looked at were wrong, of %(lot)s delivered.") % said
    return Document(
        title=found.name,
        subtitle=_("Certificate of inspection by sampling"),
        made_at=verdict.given_at,
        language=get_language() or "en",
        site=site,
        blocks=(
            Callout(
                title=outcome,
                tone="good" if verdict.is_accepted else "bad",
                sentences=sentences((counted, found.get_absolute_url())),
            ),
            TableBlock(
                title=_("Samples"),
                header=(_("Sample"), _("Decisions"), _("Accepted up to"), _("Rejected from"), _("Wrong")),
                rows=samples,
            ),
            TableBlock(title=_("Delivery"), header=(_("What"), _("Which")), rows=facts),
            Paragraph(sentences=sentences(plan, how)),
        ),
    )


def _plain(value: object) -> str:
    """A fact of the page as text: moments and badges come as HTML."""
    return " ".join(strip_tags(str(value)).split())
