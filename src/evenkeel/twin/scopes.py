"""What people may do with what-if studies."""

from django.utils.translation import gettext_lazy as _

from evenkeel.ground.access import declare

STUDY_VIEW = declare("twin:study:view", _("See what-if studies"), roles=("quality_manager", "data_scientist"))
STUDY_RUN = declare(
    "twin:study:run", _("Begin, stop and delete what-if studies"), roles=("quality_manager", "data_scientist")
)
