"""What a queue's rules may be."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from evenkeel.ground.errors import Invalid
from evenkeel.people import wrong_languages

from .handout import handout_faults

# name -> (least, most)
BOUNDS = {
    "overlap": (1, 100),
    "lease_s": (60, 24 * 3600),
    "batch_size": (1, 100),
    "undo_s": (0, 24 * 3600),
    "severity": (0, 4),
}


def check_rules(*, languages: Collection[str], handout: Mapping[str, Any], **numbers: int) -> None:
    """Raise `Invalid`, field by field, for a queue that cannot work."""
    faults: dict[str, list[str]] = {}
    for field, value in numbers.items():
        least, most = BOUNDS[field]
        if not least <= value <= most:
            faults[field] = [_("Choose %(least)d to %(most)d.") % {"least": least, "most": most}]
    faults |= handout_faults(handout, overlap=numbers["overlap"])
    faults |= language_faults(languages)
    if faults:
        raise Invalid(_("The queue cannot work like this."), fields=faults)


def language_faults(languages: Collection[str]) -> dict[str, list[str]]:
    """What is wrong with a list of language codes, as `languages`."""
    wrong = wrong_languages(sorted(languages))
    return {"languages": wrong} if wrong else {}
