"""A connection to read the log with."""

from evenkeel.ground.log import opened as log_open

__all__ = ["log_open"]
