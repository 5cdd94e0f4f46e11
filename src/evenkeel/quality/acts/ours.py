"""What a partner's people never do, whatever their roles."""

from __future__ import annotations

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.errors import Refused


def insist_on_ours(actor: Actor) -> None:
    """Raise `Refused` for a partner's person: a sample, an import and a right answer concern every organisation's work."""
    if actor.is_outside:
        raise Refused(_("Only people of our own organisation may do this."), code="ours-only")
