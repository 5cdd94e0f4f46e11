"""Whether somebody's rights are still those with which a file was made."""

from __future__ import annotations

import hashlib
import json

from evenkeel.ground.access import Actor
from evenkeel.measure import FIGURE_VIEW, PERSON_VIEW

from .scopes import EXPORT_MAKE, FACT_READ


def fingerprint(actor: Actor) -> str:
    """The actor's grants, as far as they decide what an export holds, as one word."""
    wanted = {EXPORT_MAKE, FACT_READ, FIGURE_VIEW, PERSON_VIEW}
    grants = sorted(
        [grant.kind or "", str(grant.target_id or ""), *sorted(grant.scopes & wanted)] for grant in actor.grants
    )
    said = [actor.is_system, actor.is_outside, str(actor.organisation_id or ""), grants]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
