"""The application as `evenkeel serve` runs it: the web, and the jobs in threads beside it."""

from evenkeel.ground.jobs import Worker

from .wsgi import application

__all__ = ["application"]

# After wsgi has set Django up. Granian imports this module in each web process; claims make several harmless.
Worker().start()
