"""What people may take out."""

from django.utils.translation import gettext_lazy as _

from evenkeel.ground.access import declare

EXPORT_MAKE = declare(
    "reports:export:make",
    _("Have files made of figures that one may see"),
    roles=("qa_specialist", "lead", "vendor_manager", "quality_manager", "data_scientist"),
)
FACT_READ = declare(
    "reports:fact:read",
    _("Read the rows behind figures, in files and feeds, without names of people"),
    roles=("vendor_manager", "quality_manager", "data_scientist"),
)
EXPORT_OWN = declare("reports:export:own", _("Fetch and remove the files that were made for oneself"), own=True)
ANALYTICS_EDIT = declare("reports:analytics:edit", _("Set up views and files for SQL tools"))
