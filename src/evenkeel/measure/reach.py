"""How far a grant reaches into figures and signals."""

from evenkeel.ground.access import reach

from .models import (
    AlarmBudget,
    CellParts,
    CubeParts,
    CutParts,
    DataProblem,
    DayParts,
    Definition,
    DefinitionVersion,
    Evaluation,
    HandOver,
    ItemFigures,
    LiveReading,
    RaterFigures,
    Retirement,
    Series,
    Signal,
    SignalChannel,
    SignalMember,
    SignalMessage,
    SketchParts,
    Snooze,
    Target,
    TargetLine,
    Watch,
    WorkerDayParts,
    WorkerTally,
)

_PLACE = {"organisation": "organisation", "site": "site", "team": "team", "programme": "programme", "queue": "queue"}

reach(DayParts, **_PLACE)
reach(WorkerDayParts, **_PLACE)
reach(CellParts, **_PLACE)
reach(CutParts, **_PLACE)
# Cells of everybody's work packed together: nothing that a partner may see.
reach(CubeParts, organisation=None, programme="programme")
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
reach(Watch, **_PLACE)
# What is wrong with a programme's data is said of all of it: nothing that a partner may see.
reach(DataProblem, organisation=None, programme="programme")
reach(LiveReading, organisation=None, programme="queue__programme", queue="queue")
_SIGNALLED = {name: f"signal__{path}" for name, path in _PLACE.items()}
# A member is seen by whoever may see its own series: a partner learns nothing of the others in a group.
reach(SignalMember, **{name: f"series__{path}" for name, path in _PLACE.items()})
reach(Snooze, **_SIGNALLED)
reach(HandOver, **_SIGNALLED)
reach(AlarmBudget, organisation="organisation", own="person")
reach(SignalChannel, organisation="organisation", own="person")
reach(SignalMessage, organisation="channel__organisation", own="channel__person")
