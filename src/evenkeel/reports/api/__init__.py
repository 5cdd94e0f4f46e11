"""/api/v1/reports: dashboards with their figures, saved explorations."""

from ninja import Router

from . import dashboards, explorations

router = Router(tags=["reports"])
for _part in (dashboards, explorations):
    router.add_router("", _part.router)
