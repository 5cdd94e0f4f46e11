"""Tables: one definition gives the page (sorted, filtered, paged, columns to choose) and the export (CSV, JSON).

    table = Table(request, visible(actor, "work:queue:view", Queue.objects.all()), title=_("Queues"),
                  columns=[Column("title", _("Queue"), sort="title", link=lambda queue: queue.get_absolute_url())])
    return table.export() or render(request, "work/queue_list.html", {"table": table})

A template says `{% table table %}`.
"""

from .columns import Column as Column
from .filters import ChoiceFilter as ChoiceFilter
from .filters import Filter as Filter
from .filters import PeriodFilter as PeriodFilter
from .filters import TextFilter as TextFilter
from .source import Count as Count
from .table import Empty as Empty
from .table import Row as Row
from .table import Table as Table
