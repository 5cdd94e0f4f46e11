"""/api/v1/measure: the metric catalogue, figures, series, any cut, definitions, targets, studies, signals."""

from ninja import Router

from . import channels, definitions, evaluation, figures, signals, studies, targets, watching

router = Router(tags=["measure"])
for _part in (figures, evaluation, definitions, targets, studies, signals, watching, channels):
    router.add_router("", _part.router)
