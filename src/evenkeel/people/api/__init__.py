"""People's part of /api/v1."""

from ninja import Router

from . import records, rights, time

router = Router(tags=["people"])
router.add_router("", time.router)
router.add_router("", records.router)
router.add_router("", rights.router)
