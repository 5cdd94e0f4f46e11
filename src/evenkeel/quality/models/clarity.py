"""How clear a policy's clauses are, as experts' blind answers show, and since when a clause counts as unclear."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity


class ClauseClarity(Entity):
    """Experts' agreement on a clause of a policy's version, as last worked out from all sessions."""

    version = models.ForeignKey("policy.PolicyVersion", on_delete=models.CASCADE, related_name="clause_clarity")
    clause = models.CharField(_("clause"), max_length=260)
    estimate = models.JSONField()
    experts = models.PositiveIntegerField()
    standing = models.CharField(max_length=8)
    as_of = models.DateTimeField()

    class Meta:
        ordering = ["version", "clause"]
        verbose_name = _("clarity of a clause")
        constraints = [models.UniqueConstraint(fields=["version", "clause"], name="quality_clarity_once")]

    def __str__(self) -> str:
        return self.clause


class UnclearClause(Entity):
    """A clause was found unclear: what is decided under it with from_at <= t < until_at counts for the policy and not
    against people. It ends when experts agree again, or with the next version of the policy."""

    policy = models.ForeignKey("policy.Policy", on_delete=models.PROTECT, related_name="unclear_clauses")
    version = models.ForeignKey("policy.PolicyVersion", on_delete=models.PROTECT, related_name="+")
    clause = models.CharField(_("clause"), max_length=260)
    bound = models.FloatField()
    estimate = models.JSONField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["policy", "clause", "-from_at"]
        verbose_name = _("unclear clause")
        verbose_name_plural = _("unclear clauses")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "clause"], condition=Q(until_at=None), name="quality_unclear_once"
            ),
        ]

    def __str__(self) -> str:
        return self.clause
