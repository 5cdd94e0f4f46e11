"""What people do with investigations."""

from .blind import code_blind, code_for_validation
from .cases import code_case, draw_evidence
from .closing import close_investigation, reopen_investigation
from .opening import open_from_signal, open_investigation
from .papers import fetch_paper, order_paper
from .reasons import add_why, recommend, rule_accountability, strike_why
from .recipes import run_again
from .talking import add_note, hand_over, restate
from .validations import begin_validation, end_validation
from .wordings import set_error_cost, word_cause

__all__ = [
    "add_note",
    "add_why",
    "begin_validation",
    "close_investigation",
    "code_blind",
    "code_case",
    "code_for_validation",
    "draw_evidence",
    "end_validation",
    "fetch_paper",
    "hand_over",
    "open_from_signal",
    "open_investigation",
    "order_paper",
    "recommend",
    "reopen_investigation",
    "restate",
    "rule_accountability",
    "run_again",
    "set_error_cost",
    "strike_why",
    "word_cause",
]
