from django.utils.translation import gettext_lazy as _

from evenkeel.people import TIME
from evenkeel.work import DECISIONS

from ..metric import Example, PerHour, metric


@metric
class Throughput(PerHour):
    subject = "productivity"
    slug = "throughput"
    title = _("Decisions per productive hour")
    why = _(
        "Decisions for each hour of production. People's days are the sample. Pushed alone it buys speed with quality."
    )
    formula = "Σ decisions / Σ productive hours; people's days as clusters"
    source = "Cochran (1977), section 6.3"
    guard = "accuracy"
    owner = "lead"
    grain = _("person's day")
    population = _(
        "People's days with decisions or productive time; answers to golden items count, as their time does. Decisions of "
        "people who clock no hours (a labelling study, an import) count above and add none below: narrow to queues whose "
        "people do."
    )
    facts = (DECISIONS, TIME)
    above = "decided"
    example = Example(
        beside={
            "decided": [{"worker_id": "a"}] * 60 + [{"worker_id": "b"}] * 30,
            "productive_hours": [
                {"worker_id": "a", "state": "production", "seconds": 3600.0},
                {"worker_id": "b", "state": "production", "seconds": 1800.0},
            ],
        },
        value=60,
        n=2,
    )
