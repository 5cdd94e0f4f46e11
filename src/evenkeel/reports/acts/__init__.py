"""What people do with dashboards, explorations and mailings. Each is one whole act on what is their own."""

from .dashboards import (
    add_tile,
    begin_dashboard,
    delete_dashboard,
    move_tile,
    order_tiles,
    remove_tile,
    rename_dashboard,
)
from .explorations import change_exploration, delete_exploration, save_exploration
from .mailings import end_mailing, subscribe

__all__ = [
    "add_tile", "begin_dashboard", "change_exploration", "delete_dashboard", "delete_exploration", "end_mailing", "move_tile",
    "order_tiles", "remove_tile", "rename_dashboard", "save_exploration", "subscribe",
]  # fmt: skip
