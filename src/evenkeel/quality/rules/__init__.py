"""Decisions on plain values, a file a subject. No queries here."""

from .audits import AUDIT_LEASE_S as AUDIT_LEASE_S
from .audits import ERROR_CLASSES as ERROR_CLASSES
from .audits import Drawn as Drawn
from .audits import draw as draw
from .audits import error_class as error_class
from .audits import is_critical as is_critical
from .audits import violates_by_audit as violates_by_audit
