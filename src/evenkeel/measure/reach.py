"""How far a grant reaches into figures and signals."""

from evenkeel.ground.access import reach

from .models import (
    CellParts,
    CutParts,
    DayParts,
    Definition,
    DefinitionVersion,
    Evaluation,
    ItemFigures,
    RaterFigures,
    Retirement,
    Series,
    Signal,
    SketchParts,
    Target,
    TargetLine,
    WorkerDayParts,
    WorkerTally,
)

_PLACE = {"organisation": "organisation", "site": "site", "team": "team", "programme": "programme", "queue": "queue"}

reach(DayParts, **_PLACE)
reach(WorkerDayParts, **_PLACE)
reach(CellParts, **_PLACE)
reach(CutParts, **_PLACE)
reach(SketchParts, **_PLACE)
reach(Series, **_PLACE)
reach(Signal, **_PLACE)
# A study's figures are over everybody in it (organisation empty) or over one partner's labels; never over one team's.
reach(Evaluation, organisation="organisation", programme="programme")
_OWN = {"organisation": "organisation", "site": "worker__site", "team": "worker__team", "programme": "programme"}
reach(WorkerTally, **_OWN)
reach(RaterFigures, **_OWN)
# Everybody's answers about an item: nothing that a partner may see.
reach(ItemFigures, organisation=None, programme="programme", part_of="item")
# What is defined for everybody belongs to no organisation: `queries.definitions.readable` adds it.
reach(Definition, organisation="organisation", programme="programme")
_DEFINED = {"organisation": "definition__organisation", "programme": "definition__programme"}
reach(DefinitionVersion, **_DEFINED)
reach(Retirement, **_DEFINED)
reach(TargetLine, **_PLACE)
reach(Target, **{name: f"line__{path}" for name, path in _PLACE.items()})
