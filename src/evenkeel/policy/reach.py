"""How far a grant reaches into policies: to our own people.

A policy belongs to no vendor. Which ones a partner's people read follows from the queues they work in; the room that knows
queues says so (`evenkeel.work.reach`).
"""

from evenkeel.ground.access import reach

from .models import (
    Certificate,
    Certification,
    ChangeAnswer,
    ChangePublication,
    ChangeRequest,
    Policy,
    PolicyExample,
    PolicyVersion,
    SopVersion,
)

reach(Policy, organisation=None)
reach(PolicyVersion, organisation=None)
reach(PolicyExample, organisation=None)
reach(SopVersion, organisation=None)
reach(Certification, organisation=None)
# Who holds one is a matter of whoever employs them.
reach(Certificate, organisation="worker__organisation", site="worker__site", team="worker__team")
# What a partner's people asked for is theirs to see; the house sees all.
reach(ChangeRequest, organisation="organisation")
reach(ChangeAnswer, organisation="request__organisation")
reach(ChangePublication, organisation="request__organisation")
