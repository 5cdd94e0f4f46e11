"""Tables of people: organisations down to workers, the accounts they log in with, and what they may do."""

from .accounts import Notice, Person, PersonManager
from .places import Organisation, Site, Team, check_time_zone, time_zones
from .rights import ApiToken, Role, RoleGrant
from .workers import Skill, Worker, WorkerSkill

__all__ = [
    "ApiToken",
    "Notice",
    "Organisation",
    "Person",
    "PersonManager",
    "Role",
    "RoleGrant",
    "Site",
    "Skill",
    "Team",
    "Worker",
    "WorkerSkill",
    "check_time_zone",
    "time_zones",
]
