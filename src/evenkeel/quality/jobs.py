"""What time does to quality."""

from __future__ import annotations

from datetime import datetime

from evenkeel.ground.jobs import job

from .drawing import draw_due


@job(every_s=60)
def draw_decisions(now: datetime) -> None:
    """Draw decisions for audit that can no longer be taken back."""
    draw_due(now)
