"""What people may do to people's records."""

from django.utils.translation import gettext_lazy as _

from evenkeel.ground.access import declare

ORGANISATION_VIEW = declare(
    "people:organisation:view",
    _("See organisations, sites and teams"),
    roles=("lead", "vendor_manager", "quality_manager", "data_scientist"),
)
ORGANISATION_EDIT = declare(
    "people:organisation:edit", _("Add and change organisations, sites and teams"), roles=("vendor_manager",)
)
WORKER_VIEW = declare(
    "people:worker:view", _("See workers"), roles=("lead", "vendor_manager", "quality_manager", "data_scientist")
)
WORKER_EDIT = declare(
    "people:worker:edit", _("Add and change workers and their skills"), roles=("vendor_manager", "data_scientist")
)
PERSON_EDIT = declare("people:person:edit", _("Give people an account, and close it"), roles=("vendor_manager",))
GRANT_VIEW = declare("people:grant:view", _("See who may do what"), roles=("lead", "vendor_manager", "quality_manager"))
GRANT_EDIT = declare("people:grant:edit", _("Give and end grants"), roles=("vendor_manager",))
TRAIL_VIEW = declare("people:trail:view", _("Read the trail of who did what"))
