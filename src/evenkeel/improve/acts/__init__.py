"""What people do with investigations."""

from .cases import code_case, draw_evidence
from .closing import close_investigation, reopen_investigation
from .opening import open_from_signal, open_investigation
from .talking import add_note, hand_over, restate

__all__ = [
    "add_note",
    "close_investigation",
    "code_case",
    "draw_evidence",
    "hand_over",
    "open_from_signal",
    "open_investigation",
    "reopen_investigation",
    "restate",
]
