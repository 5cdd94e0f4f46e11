"""What people may see of figures, and do about signals."""

from django.utils.translation import gettext_lazy as _

from evenkeel.ground.access import declare

FIGURE_VIEW = declare(
    "measure:figure:view",
    _("See figures of programmes, queues, organisations and teams"),
    roles=("qa_specialist", "lead", "vendor_manager", "quality_manager", "data_scientist"),
)
PERSON_VIEW = declare(
    "measure:person:view",
    _("See figures of single people"),
    roles=("lead", "vendor_manager", "quality_manager", "data_scientist"),
)
SIGNAL_VIEW = declare(
    "measure:signal:view", _("See signals"), roles=("lead", "vendor_manager", "quality_manager", "data_scientist")
)
SIGNAL_ACT = declare(
    "measure:signal:act", _("Take on signals and say what they were"), roles=("lead", "quality_manager")
)
METRIC_EDIT = declare(
    "measure:metric:edit",
    _("Define metrics, ratios and populations"),
    roles=("quality_manager", "data_scientist"),
)
TARGET_EDIT = declare("measure:target:edit", _("Set and end targets"), roles=("quality_manager", "vendor_manager"))
WATCH_EDIT = declare(
    "measure:watch:edit",
    _("Say what is watched, by whom, and how many false alarms may come"),
    roles=("quality_manager",),
)
CHANNEL_EDIT = declare(
    "measure:channel:edit", _("Send an organisation's signals to other systems"), roles=("quality_manager",)
)
CHANNEL_OWN = declare("measure:channel:own", _("Choose how one's own signals arrive"), own=True)
