"""What people do with investigations, actions, initiatives and suggestions."""

from .actions import begin_action as begin_action
from .actions import drop_action as drop_action
from .actions import finish_action as finish_action
from .actions import hand_over_action as hand_over_action
from .actions import note_lesson as note_lesson
from .actions import open_action as open_action
from .actions import reschedule_action as reschedule_action
from .actions import set_action_rules as set_action_rules
from .cases import code_case, draw_evidence
from .closing import close_investigation, reopen_investigation
from .initiatives import close_risk as close_risk
from .initiatives import draft_note as draft_note
from .initiatives import link_action as link_action
from .initiatives import move_initiative as move_initiative
from .initiatives import note_risk as note_risk
from .initiatives import plan_tollgate as plan_tollgate
from .initiatives import review_tollgate as review_tollgate
from .initiatives import send_note as send_note
from .initiatives import set_market_status as set_market_status
from .initiatives import set_stakeholder as set_stakeholder
from .initiatives import start_initiative as start_initiative
from .opening import open_from_signal, open_investigation
from .plans import Asked as Asked
from .plans import approve_plan as approve_plan
from .plans import extend_plan as extend_plan
from .plans import freeze_plan as freeze_plan
from .proving import check_effect as check_effect
from .proving import note_recurrence as note_recurrence
from .suggestions import suggest as suggest
from .suggestions import triage as triage
from .suggestions import vote as vote
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
