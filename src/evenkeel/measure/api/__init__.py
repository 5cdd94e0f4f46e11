"""/api/v1/measure: the metric catalogue, figures, series, any cut, studies, signals."""

from ninja import Router

from . import evaluation, figures, signals, studies

router = Router(tags=["measure"])
for _part in (figures, evaluation, studies, signals):
    router.add_router("", _part.router)
