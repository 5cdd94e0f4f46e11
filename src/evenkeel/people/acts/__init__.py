"""What people do to people's records."""

from .erasure import erase_worker
from .grants import end_grant, give_grant
from .organisations import add_organisation, add_site, add_team
from .persons import add_person, change_profile, close_account, invite, note_security, open_account
from .staff import StaffImport, import_staff
from .time import (
    answer_request,
    ask_correction,
    correct_time,
    end_shift,
    import_time,
    note_downtime,
    resume,
    switch_state,
)
from .tokens import issue_token, revoke_token
from .workers import add_worker, add_worker_skill, change_worker, end_worker, link_account

__all__ = [
    "StaffImport",
    "add_organisation",
    "add_person",
    "add_site",
    "add_team",
    "add_worker",
    "add_worker_skill",
    "answer_request",
    "ask_correction",
    "change_profile",
    "change_worker",
    "close_account",
    "correct_time",
    "end_grant",
    "end_shift",
    "end_worker",
    "erase_worker",
    "give_grant",
    "import_staff",
    "import_time",
    "invite",
    "issue_token",
    "link_account",
    "note_downtime",
    "note_security",
    "open_account",
    "resume",
    "revoke_token",
    "switch_state",
]
