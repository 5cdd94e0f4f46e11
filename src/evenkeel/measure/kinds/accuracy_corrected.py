from django.utils.translation import gettext_lazy as _

from evenkeel.quality import AUDITOR_CHECKS, AUDITS

from ..metric import CorrectedRate, Example, metric
from .accuracy import Accuracy


@metric
class AccuracyCorrected(CorrectedRate):
    slug = "accuracy_corrected"
    title = _("Accuracy, auditors' errors taken out")
    why = _(
        "What accuracy would be if auditors never erred, from how often checks of their audits found them wrong. Not "
        "known until audits are checked."
    )
    formula = "(p + Sp − 1) / (Se + Sp − 1), Se and Sp of the auditors"
    source = "Rogan, Gladen (1978) Am. J. Epidemiology 107; Lang, Reiczigel (2014)"
    guard = "auditor_accuracy"
    grain = _("audited decision")
    population = _("Decisions that were drawn for audit with known odds and judged.")
    facts = (AUDITS, AUDITOR_CHECKS)
    apparent = Accuracy
    finds = "auditor_sensitivity"
    spares = "auditor_specificity"
    example = Example(
        rows=(),
        beside={
            "accuracy": [{"pi": 1.0, "is_right": place < 90} for place in range(100)],
            "auditor_sensitivity": [{"said_right": place < 19, "truly_right": True} for place in range(20)],
            "auditor_specificity": [{"said_right": place >= 16, "truly_right": False} for place in range(20)],
        },
        value=(0.9 + 0.8 - 1) / (0.95 + 0.8 - 1),
        n=100,
    )
