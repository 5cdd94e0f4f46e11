"""By which rules a queue hands its items out."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class HandOutRules(models.Model):
    """The part of a queue that says how many decide an item, who may, and what comes first."""

    FIXED, SHARE, ADAPTIVE = "fixed", "share", "adaptive"
    OVERLAPS = (
        (FIXED, _("the same number for every item")),
        (SHARE, _("more for a share of the items")),
        (ADAPTIVE, _("more until the answer is sure enough")),
    )
    ARRIVAL, RISK = "arrival", "risk"
    PRIORITIES = (
        (ARRIVAL, _("given priority, then arrival")),
        (RISK, _("risk × reach × time left")),
    )
    PRELABELS = (("off", _("off")), ("hidden", _("shown once answered")), ("shown", _("shown from the start")))

    overlap_rule = models.CharField(_("how many decide an item"), max_length=8, choices=OVERLAPS, default=FIXED)
    overlap_most = models.PositiveSmallIntegerField(_("people an item at most"), default=3)
    overlap_share = models.FloatField(_("share of items with more people"), default=0.1)
    overlap_target = models.FloatField(_("how sure the answer must be"), default=0.9)
    teams_apart = models.BooleanField(_("further opinions come from other teams"), default=False)
    skills = models.JSONField(_("skills asked"), default=list, blank=True)
    certifications = models.JSONField(_("certifications asked"), default=list, blank=True)
    priority_rule = models.CharField(_("what comes first"), max_length=8, choices=PRIORITIES, default=ARRIVAL)
    target_s = models.PositiveIntegerField(_("seconds to a decision"), null=True, blank=True)
    day_cap = models.PositiveIntegerField(_("decisions a person a day"), null=True, blank=True)
    may_skip = models.BooleanField(_("people may skip"), default=True)
    may_return = models.BooleanField(_("people may give back"), default=True)
    may_ask = models.BooleanField(_("people may ask"), default=True)
    may_escalate = models.BooleanField(_("people may escalate"), default=True)
    prelabel = models.CharField(_("label suggested beforehand"), max_length=8, choices=PRELABELS, default="off")

    class Meta:
        abstract = True
