"""Why it happened, why that, and who answers for it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

from ..causes import BRANCHES
from .investigations import EvidenceCase, Investigation


class Why(Entity):
    """An answer to "why?": under the problem itself, or under another answer. At most five deep.

    A struck one stays, with who struck it, and is no longer counted; those under it go with it.
    """

    investigation = models.ForeignKey(Investigation, on_delete=models.PROTECT, related_name="whys")
    under = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="deeper")
    branch = models.CharField(_("branch"), max_length=20, choices=[(branch, branch) for branch in BRANCHES])
    body = models.CharField(_("because"), max_length=300)
    # What it rests on: a drawn case, whose page shows the rows. Drivers are made anew at each look, hence no key to them.
    case = models.ForeignKey(EvidenceCase, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    struck_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    struck_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(struck_by=None, struck_at=None) | Q(struck_by__isnull=False, struck_at__isnull=False),
                name="improve_why_struck",
            )
        ]

    def __str__(self) -> str:
        return self.body


class AccountabilityRuling(Entity):
    """Somebody says who answers for it, against or with what the figures say. Append-only; the latest counts."""

    VENDOR, CLIENT, NOBODY = "vendor", "client", "nobody"
    PARTIES = ((VENDOR, _("vendor")), (CLIENT, _("client")), (NOBODY, _("nobody")))

    investigation = models.ForeignKey(Investigation, on_delete=models.PROTECT, related_name="rulings")
    party = models.CharField(_("who answers for it"), max_length=8, choices=PARTIES)
    # What the figures said at that moment.
    derived = models.CharField(max_length=12)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]


class Recommendation(Entity):
    """What should be done elsewhere about a cause. Append-only; `kind` is one of the catalogue's."""

    investigation = models.ForeignKey(Investigation, on_delete=models.PROTECT, related_name="recommendations")
    kind = models.CharField(max_length=20)
    cause = models.CharField(max_length=40, blank=True)
    body = models.TextField(_("what should be done"))
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.body[:80]
