"""What people may do with dashboards and explorations. What these show is asked of `measure`, with its own scopes."""

from django.utils.translation import gettext_lazy as _

from evenkeel.ground.access import declare

DASHBOARD_OWN = declare("reports:dashboard:own", _("Have dashboards of one's own"), own=True)
EXPLORE = declare(
    "reports:exploration:view",
    _("Explore figures, and open what others share"),
    roles=("qa_specialist", "lead", "vendor_manager", "quality_manager", "data_scientist"),
)
EXPLORATION_OWN = declare("reports:exploration:own", _("Save, share and send one's own explorations"), own=True)
