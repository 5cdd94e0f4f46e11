"""Charts that are hard to draw: many points, long names, close labels, one value, nothing."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta

from evenkeel.ground.charts import (
    Axis,
    Bars,
    Chart,
    Control,
    ControlPoint,
    CountRow,
    Distribution,
    Event,
    Forest,
    Funnel,
    FunnelPoint,
    Histogram,
    Matrix,
    Pareto,
    PartRow,
    Point,
    Reading,
    Reference,
    Row,
    Series,
    Sparkline,
    Trend,
)

LONG = "A very long category name that nobody would ever want to read in full"
PERCENT = Axis(format="percent", title="Accuracy")
START = date(2024, 11, 1)


def wave(index: int) -> float:
    """Something irregular, the same every time."""
    return math.sin(index * 1.7) + 0.6 * math.sin(index * 0.31 + 1)


def control_point(index: int) -> ControlPoint:
    centre, half = (0.92, 0.95)[index >= 60], 0.03 + 0.01 * abs(wave(index * 3))
    value = centre + half * wave(index) * 0.7
    return ControlPoint(
        x=START + timedelta(days=index),
        y=Reading(value, value - 0.02, min(1, value + 0.02), 100 + index),
        centre=centre,
        lower=centre - half,
        upper=min(1, centre + half),
        ewma=centre + half * wave(index) * 0.1,
        flag="Beyond limits" if value < centre - half else "Eight on one side" if index in (50, 51) else "",
        phase="Before" if index < 60 else "After the new guideline",
        href=f"/weeks/{index}",
    )


def hard_cases() -> dict[str, Chart]:
    events = [
        Event(x=date(2024, 12, 1), label="Policy 4.2"),
        Event(x=date(2024, 12, 5), label="New tool"),
        Event(x=date(2025, 1, 20), label=LONG),
        Event(x=date(2030, 1, 1), label="After the last point"),
    ]
    references = [Reference(value=0.95, label="Target"), Reference(value=0.951, label="Last year", tone="good")]
    names = [f"{LONG} {index}" for index in range(20)]
    return {
        "control, 100 points": Control(
            title="100", points=[control_point(i) for i in range(100)], y=PERCENT, events=events, references=references
        ),
        "control, one point": Control(title="1", points=[control_point(0)], y=PERCENT, interval="band"),
        "control, names": Control(
            title="names",
            points=[ControlPoint(x=f"Batch {i} of the vendor", y=1e6 * wave(i)) for i in range(14)],
            centre=0,
            lower=-9e5,
            upper=9e5,
        ),
        "control, all equal": Control(title="=", points=[ControlPoint(x=i, y=0.9) for i in range(5)], centre=0.9),
        "trend, eight series": Trend(
            title="8",
            series=[
                Series(
                    name=f"Market {k} {LONG}",
                    points=[Point(x=START + timedelta(days=30 * i), y=wave(k + i)) for i in range(24)],
                )
                for k in range(8)
            ],
            y=Axis(title="Index"),
        ),
        "trend, ends close": Trend(
            title="close",
            series=[
                Series(
                    name=name,
                    points=[Point(x=START + timedelta(days=i), y=Reading(30 + i, n=i * 10)) for i in range(20)],
                )
                for name in ("Alpha", f"Beta {LONG}", "Gamma")
            ],
            show_n="dots",
            references=references,
            events=events,
        ),
        "trend, hours": Trend(
            title="hours",
            series=[
                Series(
                    name="x",
                    points=[Point(x=datetime(2025, 1, 1, 7) + timedelta(hours=i), y=-1e9 * wave(i)) for i in range(30)],
                )
            ],
            show_n="bars",
        ),
        "trend, huge and equal": Trend(
            title="huge", series=[Series(name="x", points=[Point(x=i, y=1e18) for i in range(5)])]
        ),
        "trend, decades": Trend(
            title="decades",
            series=[Series(name="x", points=[Point(x=date(1900 + 5 * i, 1, 1), y=i) for i in range(25)])],
        ),
        "forest, long": Forest(
            title="long",
            rows=[Row(label=name, value=Reading(wave(i), -2, 2, 10**i)) for i, name in enumerate(names[:9])]
            + [Row(label="nobody", value=None), Row(label="no interval", value=0.5)] * 5,
            reference=Reference(value=2, label="No effect of the action at all"),
            x=Axis(title="Effect on accuracy in points of percent"),
            thin_below=100,
            order="up",
        ),
        "distribution, 12 answers": Distribution(
            title="12",
            answers=[f"Answer {index}" for index in range(12)],
            rows=[
                CountRow(label=name, counts=[(k * 7 + i * 3) % 31 for k in range(12)]) for i, name in enumerate(names)
            ]
            + [CountRow(label="none", counts=[])],
        ),
        "matrix, 10 by 10": Matrix(
            title="10",
            rows=[f"Category {index} long" for index in range(10)],
            columns=[f"Category {index} long" for index in range(10)],
            counts=[[12_345 if i == j else (i * 37 + j * 11) % 400 for j in range(10)] for i in range(10)],
            row_title="Expert's answer",
            column_title="Given",
        ),
        "matrix, ragged": Matrix(title="ragged", rows=["a", "b"], columns=["b", "c"], counts=[[1], [None, 2.5, 9]]),
        "bars, both signs": Bars(
            title="signs",
            rows=[
                Row(label="a", value=-3e12),
                Row(label="b", value=Reading(5e12, 2e12, 8e12, 4)),
                Row(label="c", value=None),
            ],
            reference=Reference(value=-3e12, label="Far left"),
        ),
        "pareto, long": Pareto(
            title="long", rows=[PartRow(label=name, count=2 ** (20 - i)) for i, name in enumerate(names)]
        ),
        "funnel, many": Funnel(
            title="many",
            points=[
                FunnelPoint(
                    label=f"Rater {i}",
                    n=abs(wave(i)) * 1000,
                    value=0.9 + wave(i * 5) / 20,
                    flag="Far" if i % 5 == 0 else "",
                )
                for i in range(120)
            ],
            centre=0.9,
            y=PERCENT,
        ),
        "histogram, tail": Histogram.of([1 / (1 - i / 4000) for i in range(4000)], title="tail", until=10),
        "histogram, equal": Histogram.of([5.0] * 7, title="equal", references=references),
        "sparkline, one": Sparkline(title="one", values=[0.5]),
        "sparkline, equal": Sparkline(title="equal", values=[3, 3, 3], low=3, high=3),
    }
