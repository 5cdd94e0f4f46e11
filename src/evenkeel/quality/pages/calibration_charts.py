"""Sessions and ring tests as charts. Sites stand by name: where intervals overlap, an order by value would rank luck."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from evenkeel.ground.charts import Axis, Event, Forest, Point, Reading, Reference, Row, Series, Trend
from evenkeel.kernel import Estimate

from ..models import CalibrationSession
from ..queries.calibration import AlignedPoint
from ..rules.ring import Ring

_SHARE = Axis(format="percent")


def alignment_forest(said: Mapping[str, Estimate], *, title: str) -> Forest:
    """Who gave the settled answer how often, by name."""
    return Forest(
        title=title,
        description=_("Share of blind answers that are the settled one, with its 95 % interval, by name."),
        rows=[Row(label=name, value=Reading.of(each), thin=each.is_thin()) for name, each in said.items()],
        x=_SHARE,
        empty=_("No case is settled yet."),
    )


def site_forest(found: Ring) -> Forest:
    """Each site's bias against the settled answers, by name; its strictness before cases are settled."""
    has_bias = any(site.bias.is_known for site in found.sites)
    return Forest(
        title=_("How much stricter than the settled answers") if has_bias else _("Share of cases called violating"),
        description=_("Site by site and by name, with 95 % intervals over the cases."),
        rows=[
            Row(label=site.site, value=Reading.of(site.bias if has_bias else site.strictness)) for site in found.sites
        ],
        x=_SHARE,
        reference=Reference(value=0.0, label=_("as settled"))
        if has_bias
        else Reference(value=found.assigned.mean, label=_("all sites")),
        empty=_("Nobody has answered."),
    )


def alignment_chart(
    trend: Mapping[str, Sequence[AlignedPoint]], *, title: str, meanwhile: Sequence[Event] = ()
) -> Trend:
    """Alignment session by session, and what changed `meanwhile`."""
    return Trend(
        title=title,
        description=_("Share of blind answers that are the settled one, session by session, with intervals."),
        series=[
            Series(
                name=name,
                points=[Point(x=each.session.opened_at.date(), y=Reading.of(each.estimate)) for each in points],
            )
            for name, points in trend.items()
        ],
        y=_SHARE,
        events=meanwhile,
        empty=_("No session is settled yet."),
    )


def bias_chart(cycles: Sequence[tuple[CalibrationSession, Ring]], *, meanwhile: Sequence[Event] = ()) -> Trend:
    """Bias of each site over the cycles of a programme's ring tests."""
    names = sorted({site.site for _session, found in cycles for site in found.sites})
    return Trend(
        title=_("Bias of sites over the cycles"),
        description=_("How much stricter each site was than the settled answers, cycle by cycle, with intervals."),
        series=[
            Series(
                name=name,
                points=[
                    Point(x=session.opened_at.date(), y=Reading.of(site.bias))
                    for session, found in cycles
                    for site in found.sites
                    if site.site == name and site.bias.is_known
                ],
            )
            for name in names
        ],
        y=_SHARE,
        references=[Reference(value=0.0, label=_("as settled"))],
        events=meanwhile,
        empty=_("No cycle is settled yet."),
    )
