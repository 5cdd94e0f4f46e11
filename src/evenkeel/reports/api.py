"""/api/v1/reports: what the room offers programs, by subject."""

from ninja import Router

from .exports import api as exports

router = Router(tags=["reports"])
router.add_router("", exports.router)
