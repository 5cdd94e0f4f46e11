"""/api/v1/reports: dashboards with their figures, saved explorations, files and feeds."""

from ninja import Router

from ..exports import api as exports
from . import dashboards, explorations

router = Router(tags=["reports"])
for _part in (dashboards, explorations, exports):
    router.add_router("", _part.router)
