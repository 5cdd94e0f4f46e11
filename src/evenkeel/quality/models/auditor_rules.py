"""What is asked of auditors: skills and certifications, by queue or by guideline."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity


class AuditorRule(Entity):
    """Whoever audits a queue's decisions, or those made under a guideline, has these. Append-only: a later rule replaces an
    earlier one, and one that asks for nothing ends it.
    """

    queue = models.ForeignKey("work.Queue", on_delete=models.PROTECT, null=True, related_name="auditor_rules")
    policy = models.ForeignKey("policy.Policy", on_delete=models.PROTECT, null=True, related_name="auditor_rules")
    skills = models.JSONField(default=list)
    certifications = models.JSONField(default=list)
    from_at = models.DateTimeField()
    set_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        verbose_name = _("rule about auditors")
        verbose_name_plural = _("rules about auditors")
        constraints = [
            models.CheckConstraint(
                condition=Q(queue=None, policy__isnull=False) | Q(queue__isnull=False, policy=None),
                name="quality_auditor_rule_of_one",
            ),
            # One first rule each; the chain of `replaces` leads to the present one.
            models.UniqueConstraint(
                fields=["queue"], condition=Q(replaces=None, queue__isnull=False), name="quality_auditor_rule_queue"
            ),
            models.UniqueConstraint(
                fields=["policy"], condition=Q(replaces=None, policy__isnull=False), name="quality_auditor_rule_policy"
            ),
        ]

    def __str__(self) -> str:
        return str(self.queue or self.policy)

    @property
    def asks(self) -> bool:
        """Whether it asks for anything: one that does not ends those before it."""
        return bool(self.skills or self.certifications)
