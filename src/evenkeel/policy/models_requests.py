"""Changes that somebody asked for: what, why, by what evidence; the answer; and the version that made it true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PROPOSED, ACCEPTED, REFUSED, PUBLISHED = "proposed", "accepted", "refused", "published"
STATES: dict[str, StrOrPromise] = {
    PROPOSED: _("proposed"),
    ACCEPTED: _("accepted"),
    REFUSED: _("refused"),
    PUBLISHED: _("published"),
}
TONES = {PROPOSED: "info", ACCEPTED: "warn", REFUSED: "quiet", PUBLISHED: "good"}


class ChangeRequest(Entity):
    """Somebody asks for another wording. Append-only; its answer and the version that followed it are rows of their own."""

    policy = models.ForeignKey("policy.Policy", on_delete=models.PROTECT, related_name="change_requests")
    clause = models.CharField(_("clause"), max_length=160, blank=True)
    what = models.TextField(_("what should change"))
    why = models.TextField(_("why"))
    # Pages that show it: [{"title": ..., "url": ...}], addresses on this site or https.
    evidence = models.JSONField(default=list)
    # What it was opened from, in the room that knows: a recommendation of an investigation.
    source_kind = models.CharField(max_length=40, blank=True)
    source_id = models.UUIDField(null=True)
    asked_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    # Whose person asked: a partner's people see what their own house asked for.
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["-asked_at", "-id"]
        verbose_name = _("change request")
        verbose_name_plural = _("change requests")
        constraints = [
            models.UniqueConstraint(
                fields=["source_kind", "source_id"], condition=~models.Q(source_id=None), name="policy_request_once"
            )
        ]

    def __str__(self) -> str:
        return self.clause or self.what[:80]

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("policy:change-request", args=[self.pk])

    @property
    def state(self) -> str:
        """Where it stands, by the rows that follow it."""
        if hasattr(self, "publication"):
            return PUBLISHED
        if not hasattr(self, "answer"):
            return PROPOSED
        return ACCEPTED if self.answer.is_accepted else REFUSED

    @property
    def state_title(self) -> StrOrPromise:
        """The same in words."""
        return STATES[self.state]

    @property
    def tone(self) -> str:
        """How its badge is coloured."""
        return TONES[self.state]


class ChangeAnswer(Entity):
    """Whoever keeps the policies accepted or refused it, with a reason. Append-only."""

    request = models.OneToOneField(ChangeRequest, on_delete=models.PROTECT, related_name="answer")
    is_accepted = models.BooleanField()
    reason = models.TextField(_("reason"))
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()


class ChangePublication(Entity):
    """The version that made an accepted request true. Append-only."""

    request = models.OneToOneField(ChangeRequest, on_delete=models.PROTECT, related_name="publication")
    version = models.ForeignKey("policy.PolicyVersion", on_delete=models.PROTECT, related_name="answered")
    at = models.DateTimeField()
