"""Tables of people: organisations down to workers, the accounts they log in with, and what they may do."""

from .accounts import Notice, Person, PersonManager
from .looks import Look
from .moves import TeamMove
from .places import Organisation, Site, Team, check_time_zone, time_zones
from .rights import ApiToken, Role, RoleGrant
from .time import ORIGINS, STATE_TITLES, Heartbeat, Presence, TimeMark, TimeRequest, TimeSpan
from .workers import Skill, Worker, WorkerSkill

__all__ = [
    "ORIGINS",
    "STATE_TITLES",
    "ApiToken",
    "Heartbeat",
    "Look",
    "Notice",
    "Organisation",
    "Person",
    "PersonManager",
    "Presence",
    "Role",
    "RoleGrant",
    "Site",
    "Skill",
    "Team",
    "TeamMove",
    "TimeMark",
    "TimeRequest",
    "TimeSpan",
    "Worker",
    "WorkerSkill",
    "check_time_zone",
    "time_zones",
]
