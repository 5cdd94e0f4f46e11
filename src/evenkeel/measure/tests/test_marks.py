"""What happened in a programme stands on its charts, in the drawing and in words."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from evenkeel.ground.templatetags.layout import chart as chart_part
from evenkeel.kernel import WeightedParts
from evenkeel.measure.metric import day_metric
from evenkeel.measure.pages.charts import control_chart, marks_of
from evenkeel.measure.rules.watching import watch_parts
from evenkeel.policy import publish_version
from evenkeel.work import open_incident
from evenkeel.work.tests import factories

from .floor import Floor, day

PARTS = WeightedParts(n=40, w=40, wy=36, ww=40, wwy=36, wwyy=36)


def test_charts_show_what_happened_meanwhile(floor: Floor) -> None:
    queue, first = floor.queues[0], day(0).date()
    queue.policy = policy = factories.make_policy("Scams")
    queue.save()
    publish_version(factories.SYSTEM, policy=policy, body_markdown="# New", what_changed="Gift cards", now=day(9))
    elsewhere = factories.make_policy("Elsewhere")
    publish_version(factories.SYSTEM, policy=elsewhere, body_markdown="# New", what_changed="All of it", now=day(9))
    open_incident(factories.SYSTEM, programme=floor.programme, title="Raid", impact=3, urgency=3, now=day(12))
    watched = watch_parts(
        [(first + timedelta(days=number), PARTS) for number in range(20)],
        estimate=day_metric("accuracy").estimate,
        baseline_from_on=first,
        baseline_until_on=None,
    )
    found = marks_of(factories.SYSTEM, watched, programme=floor.programme.pk)
    assert [(mark.x, mark.label) for mark in found] == [
        (day(9).date(), "Scams, version 2"),
        (day(12).date(), "Incident: Raid"),
    ]
    assert marks_of(factories.SYSTEM, watched, programme=uuid4()) == []
    drawn = control_chart(watched, title="Accuracy", where="here", rows_url=lambda reading: "", marks=found)
    markup = chart_part(drawn)
    assert "2 changes meanwhile" in markup
    assert markup.count("Incident: Raid") >= 2
