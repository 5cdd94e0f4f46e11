"""What people do to people's records."""

from .grants import end_grant, give_grant
from .organisations import add_organisation, add_site, add_team
from .persons import add_person, change_profile, close_account, invite, note_security, open_account
from .tokens import issue_token, revoke_token
from .workers import add_worker, add_worker_skill, change_worker, end_worker

__all__ = [
    "add_organisation",
    "add_person",
    "add_site",
    "add_team",
    "add_worker",
    "add_worker_skill",
    "change_profile",
    "change_worker",
    "close_account",
    "end_grant",
    "end_worker",
    "give_grant",
    "invite",
    "issue_token",
    "note_security",
    "open_account",
    "revoke_token",
]
