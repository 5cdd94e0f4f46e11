"""Statements that are made ready once: the ORM writes the SQL the first time, afterwards only the values are new.

Building a statement costs the ORM several times what running it costs the database, and so do planning it and making
objects of its rows. On a path that thousands take at once a *shape* keeps what was built: a query whose form is always the
same while its values differ. On PostgreSQL it is prepared once a connection, and several go to the server in one journey.

    TASKS = Shape(lambda *, queue: Task.objects.filter(queue=queue).order_by("-priority"))
    tasks = TASKS.fetch(queue=queue.pk)
    tasks, leases = gather(TASKS.asked(queue=queue.pk), LEASES.asked(worker=worker.pk))

Values are UUIDs, moments, texts, and lists of UUIDs or texts; an empty list finds nothing. Everything else that makes a
difference to the statement, a limit or a flag, goes into `form` and is part of the key.
"""

from .checked import checked
from .driver import together
from .fresh import fresh, link
from .reading import Asked, Shape, gather
from .ready import Value
from .writing import UpdateShape, insert

__all__ = ["Asked", "Shape", "UpdateShape", "Value", "checked", "fresh", "gather", "insert", "link", "together"]
