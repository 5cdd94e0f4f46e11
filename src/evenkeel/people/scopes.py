"""What people may do to people's records."""

from django.utils.translation import gettext_lazy as _

from evenkeel.ground.access import declare

ORGANISATION_VIEW = declare(
    "people:organisation:view",
    _("See organisations, sites and teams"),
    roles=("lead", "vendor_manager", "quality_manager", "data_scientist"),
)
# Adding a vendor reaches beyond any organisation there is, so it is apart from running one.
ORGANISATION_ADD = declare("people:organisation:add", _("Add vendors"))
ORGANISATION_EDIT = declare("people:organisation:edit", _("Add and change sites and teams"), roles=("vendor_manager",))
WORKER_VIEW = declare(
    "people:worker:view", _("See workers"), roles=("lead", "vendor_manager", "quality_manager", "data_scientist")
)
WORKER_EDIT = declare(
    "people:worker:edit", _("Add and change workers and their skills"), roles=("vendor_manager", "data_scientist")
)
# For good, and felt by everybody who measures: no role but the administrator's has it from the start.
WORKER_ERASE = declare("people:worker:erase", _("Erase a worker who has left, so that nobody can tell who she was"))
PERSON_VIEW = declare(
    "people:person:view", _("See who has an account"), roles=("lead", "vendor_manager", "quality_manager")
)
PERSON_EDIT = declare("people:person:edit", _("Give people an account, and close it"), roles=("vendor_manager",))
GRANT_VIEW = declare("people:grant:view", _("See who may do what"), roles=("lead", "vendor_manager", "quality_manager"))
GRANT_EDIT = declare("people:grant:edit", _("Give and end grants"), roles=("vendor_manager",))
TRAIL_VIEW = declare("people:trail:view", _("Read the trail of who did what"))
ROLE_VIEW = declare(
    "people:role:view",
    _("See the roles and what they allow"),
    roles=("lead", "vendor_manager", "quality_manager", "data_scientist"),
)
PROFILE_EDIT = declare("people:profile:edit", _("Change one's own profile"), own=True)
TOKEN_EDIT = declare("people:token:edit", _("Make and end one's own API tokens"), own=True)
LOOK_READ = declare("people:look:read", _("See who looked at one's own figures"), own=True)
NOTICE_READ = declare("people:notice:read", _("Read one's own notices"), own=True)
TIME_OWN = declare("people:time:own", _("Use the time clock, and ask for corrections of one's own time"), own=True)
TIME_VIEW = declare(
    "people:time:view", _("See who is in which state, and people's days"), roles=("lead", "vendor_manager")
)
TIME_CORRECT = declare("people:time:correct", _("Correct other people's time"), roles=("lead", "vendor_manager"))
TIME_IMPORT = declare(
    "people:time:import", _("Bring in time that another tool counted"), roles=("quality_manager", "data_scientist")
)
TIME_DOWN = declare("people:time:down", _("Note that the system was down"))
