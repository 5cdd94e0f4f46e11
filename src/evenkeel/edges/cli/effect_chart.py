"""What was seen and what would have been, as a drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evenkeel.ground.charts import Chart, X

    from .effect_designs import Proved


def draw(proved: Proved, value: str) -> str:
    """One SVG: a trend where the design has a course in time, else the effect's two estimates."""
    _without_install()
    from evenkeel.ground.charts import to_svg

    return to_svg(
        _forest(proved) if proved.effect.course is None else _trend(proved, value), theme="print-light", width=960
    )


def _without_install() -> None:
    """Charts translate and format by Django's settings; those of an installation would make its data folder here."""
    from django.conf import settings

    if not settings.configured:
        settings.configure(LANGUAGE_CODE="en", USE_I18N=False)


def _trend(proved: Proved, value: str) -> Chart:
    from evenkeel.ground.charts import Axis, Event, Point, Reading, Series, Trend

    course = proved.effect.course
    assert course is not None
    seen, expected = list[Point](), list[Point]()
    for k, time in enumerate(course.time.tolist()):
        x = _x(proved, time)
        seen.append(Point(x=x, y=Reading.of(float(course.observed[k]))))
        band = [Reading.of(float(line[k])).value for line in (course.expected, course.low, course.high)]
        expected.append(Point(x=x, y=Reading(*band)))
    began = [_x(proved, time) for time, after in zip(course.time.tolist(), course.is_after, strict=True) if after][:1]
    return Trend(
        title=f"{value}: {proved.effect.verdict.replace('_', ' ')}",
        description=proved.effect.because,
        series=[Series(name="Without the action", points=expected), Series(name="Seen", points=seen)],
        y=Axis(title=value),
        events=[Event(x=x, label="Action") for x in began],
    )


def _x(proved: Proved, time: float) -> X:
    from .effect_tables import as_moment, as_number

    said = proved.names.get(time, "")
    moment = None if as_number(said) is not None else as_moment(said)
    return time if moment is None else moment.date()


def _forest(proved: Proved) -> Chart:
    from evenkeel.ground.charts import Forest, Reference, Row

    found = proved.effect
    rows = [Row(label="Effect", value=found.effect)]
    if found.criterion is None or found.criterion.scale == found.scale:
        rows.append(Row(label="Careful", value=found.careful))
    null = 1.0 if found.scale == "ratio" else 0.0
    return Forest(
        title=found.verdict.replace("_", " "), description=found.because, rows=rows,
        reference=Reference(value=null, label="No effect"),
    )  # fmt: skip
