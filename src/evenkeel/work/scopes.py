"""What people may do about work."""

from django.utils.translation import gettext_lazy as _

from evenkeel.ground.access import declare

_EVERYBODY = ("moderator", "qa_specialist", "lead", "vendor_manager", "quality_manager", "data_scientist")
_READERS = ("lead", "vendor_manager", "quality_manager", "data_scientist")

BULK_DO = declare("work:bulk:do", _("Change many tasks at once"), roles=("quality_manager",))
BULK_APPROVE = declare(
    "work:bulk:approve", _("Agree to somebody else's change of many tasks"), roles=("quality_manager",)
)
EXPORT_MAKE = declare(
    "work:export:make", _("Have files made of items and decisions"), roles=("quality_manager", "data_scientist")
)
PROGRAMME_VIEW = declare("work:programme:view", _("See programmes"), roles=_EVERYBODY)
PROGRAMME_EDIT = declare(
    "work:programme:edit",
    _("Add and change programmes, their forms and who takes part"),
    roles=("quality_manager", "data_scientist"),
)
QUEUE_VIEW = declare("work:queue:view", _("See queues"), roles=_EVERYBODY)
QUEUE_EDIT = declare(
    "work:queue:edit", _("Add, change, fill and close queues"), roles=("quality_manager", "data_scientist")
)
ITEM_VIEW = declare("work:item:view", _("See items and their content"), roles=("qa_specialist", *_READERS))
ITEM_ADD = declare("work:item:add", _("Add items"), roles=("quality_manager", "data_scientist"))
TASK_DECIDE = declare("work:task:decide", _("Take items and decide"), roles=("moderator",))
# An auditor judges blind, so the role of QA specialist does not carry this one.
DECISION_VIEW = declare("work:decision:view", _("See who decided what"), roles=_READERS)
IMPORT_ADD = declare(
    "work:import:add", _("Import decisions made elsewhere"), roles=("quality_manager", "data_scientist")
)
