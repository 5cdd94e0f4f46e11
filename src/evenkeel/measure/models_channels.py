"""How signals reach people and systems outside these pages, and every message that was written."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.entity import Entity


class SignalChannel(Entity):
    """A way out: a person's mail, or an address of hers or of an organisation; with its hours of quiet and its rhythm."""

    KINDS = (
        ("mail", _("Mail")),
        ("webhook", _("Webhook, signed")),
        ("slack", _("Slack")),
        ("teams", _("Microsoft Teams")),
    )
    RHYTHMS = (("at_once", _("At once, one message a signal")), ("daily", _("One digest a day")))

    # An organisation's channel tells of its own signals; the house's of all. A person's tells of those that she owns.
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(_("way"), max_length=8, choices=KINDS)
    name = models.CharField(_("name"), max_length=160)
    # Empty for mail. Kept sealed: whoever knows the address of a Slack hook may write there.
    url_sealed = models.TextField(blank=True)
    host = models.CharField(max_length=253, blank=True)
    secret_sealed = models.TextField(blank=True)
    rhythm = models.CharField(_("rhythm"), max_length=8, choices=RHYTHMS, default="at_once")
    # Hours of the day in `zone`: quiet from <= hour < until, over midnight where from > until; the same = never.
    quiet_from = models.PositiveSmallIntegerField(default=0)
    quiet_until = models.PositiveSmallIntegerField(default=0)
    digest_hour = models.PositiveSmallIntegerField(default=8)
    zone = models.CharField(max_length=60, default="UTC")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation=None, person__isnull=False) | Q(organisation__isnull=False, person=None),
                name="measure_channel_of_one",
            ),
            models.CheckConstraint(
                condition=Q(quiet_from__lt=24, quiet_until__lt=24, digest_hour__lt=24), name="measure_channel_hours"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SignalMessage(Entity):
    """One message about one signal on one channel; those that share `goes_at` on a daily channel leave as one digest."""

    channel = models.ForeignKey(SignalChannel, on_delete=models.PROTECT, related_name="messages", db_index=False)
    signal = models.ForeignKey("measure.Signal", on_delete=models.PROTECT, related_name="messages")
    created_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    last_try_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            # One message a group: a member that joins later writes none.
            models.UniqueConstraint(fields=["channel", "signal"], name="measure_signal_message_once"),
            models.CheckConstraint(
                condition=Q(next_try_at=None) | Q(sent_at=None, dead_at=None), name="measure_signal_message_state"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"], name="measure_signal_message_due", condition=Q(next_try_at__isnull=False)
            )
        ]
