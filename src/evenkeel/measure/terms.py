"""Words that pages explain where they stand: every metric by its own reason, and the words of charts and agreement."""

from django.utils.translation import gettext_lazy as _

from evenkeel.ground.templatetags.terms import define

define(
    "chance_agreement",
    _("Agreement by chance"),
    _("How often two people would agree if they answered by luck. Each coefficient imagines luck differently."),
)
define(
    "shrunk",
    _("Leaning on colleagues"),
    _(
        "With few answers a plain share is mostly luck, so it is drawn towards what colleagues reach; with many it stays."
    ),
)
define(
    "baseline", _("Baseline"), _("The days from which the limits were computed. They stay until somebody resets them.")
)
define(
    "ewma",
    _("Moving average"),
    _("An average that forgets: it shows small lasting shifts before single points leave their limits."),
)
define(
    "disagreement",
    _("Disagreement"),
    _("Share of pairs of answers to the item that differ: 0 all alike, near 1 all apart."),
)
