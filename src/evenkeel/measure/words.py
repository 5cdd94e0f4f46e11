"""Findings in words: doubts about labels, why coefficients differ, what a signal says. Plain values in, sentences out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenkeel.ground.templatetags.wording import count_text, number_text, percent_text
from evenkeel.kernel import WhyTheyDiffer

TONES = {
    "swapped": "bad",
    "all_alike": "warn",
    "no_better_than_chance": "warn",
    "one_class": "warn",
    "swapped_by_person": "warn",
    "constant_person": "warn",
}


def guard_words(code: str, figures: Mapping[str, Any]) -> tuple[str, str]:
    """Title and sentence of a doubt."""
    titles = {
        "swapped": _("Answers and experts look the wrong way round"),
        "all_alike": _("Everybody agrees on everything"),
        "no_better_than_chance": _("Agreement is no better than chance"),
        "one_class": _("Nearly all answers are the same"),
        "swapped_by_person": _("Some people answer against the experts"),
        "constant_person": _("Some people always give the same answer"),
        "experts_without_labels": _("Experts answered items that have no labels"),
        "repeats": _("Some people answered the same item more than once"),
    }
    return titles[code], _sentence(code, figures)


def _sentence(code: str, figures: Mapping[str, Any]) -> str:
    if code == "swapped":
        return _(
            "Over %(n)s answers people agree with the experts less than chance would (kappa %(kappa)s). One side may mean "
            "the opposite by the same word: check what each label stands for before you read anything else here."
        ) % {"n": count_text(figures["n"]), "kappa": number_text(figures["kappa"], digits=3)}
    if code == "all_alike":
        return _(
            "Alpha is %(alpha)s over %(n)s items. Independent people never agree so well; these may be labels that were "
            "merged before they came in."
        ) % {"alpha": number_text(figures["alpha"], digits=3), "n": count_text(figures["n"])}
    if code == "no_better_than_chance":
        return _(
            "Alpha is %(alpha)s, and its interval reaches down to %(low)s. The question may be unclear, or the answers "
            "are guesses."
        ) % {"alpha": number_text(figures["alpha"], digits=3), "low": number_text(figures["low"], digits=3)}
    if code == "one_class":
        return _(
            "%(share)s of all answers are “%(label)s”. Alpha and kappa say little then; read AC1 and the percentage, and "
            "look at the rare answers one by one."
        ) % {"share": percent_text(figures["share"]), "label": figures["label"]}
    if code == "swapped_by_person":
        return ngettext(
            "%(people)s person agrees with the experts less than chance would. She may read the labels the other way round.",
            "%(people)s people agree with the experts less than chance would. They may read the labels the other way round.",
            figures["people"],
        ) % {"people": figures["people"]}
    if code == "constant_person":
        return ngettext(
            "%(people)s person with %(n)s or more answers gave the same answer every time.",
            "%(people)s people with %(n)s or more answers gave the same answer every time.",
            figures["people"],
        ) % {"people": figures["people"], "n": figures["n"]}
    if code == "experts_without_labels":
        return ngettext(
            "%(n)s item has an expert's answer and no label; it enters no figure.",
            "%(n)s items have an expert's answer and no label; they enter no figure.",
            figures["items"],
        ) % {"n": count_text(figures["items"])}
    return ngettext(
        "%(n)s answer is a repeat. It counts like any other, and tells how steady people are.",
        "%(n)s answers are repeats. They count like any others, and tell how steady people are.",
        figures["labels"],
    ) % {"n": count_text(figures["labels"])}


def why_words(why: WhyTheyDiffer, *, label: str, alpha: float, ac1: float) -> list[str]:
    """Why alpha and AC1 differ (or do not), with the figures that carry it; a sentence a part."""
    said = {
        "label": label,
        "share": percent_text(why.dominant_share),
        "observed": percent_text(why.observed),
        "alpha": number_text(alpha, digits=4),
        "ac1": number_text(ac1, digits=4),
        "alpha_chance": percent_text(why.alpha_chance),
        "ac1_chance": percent_text(why.ac1_chance),
        "uniform_chance": percent_text(why.uniform_chance),
    }
    if why.reason == "no_data":
        return [_("No item has two answers yet, so there is nothing to agree on.")]
    if why.reason == "one_class":
        return [_("Everybody always answered “%(label)s”, so agreement by luck cannot be told from skill.") % said]
    shared = _(
        "Of two answers to the same item, %(observed)s are alike. All coefficients start from that; they differ in how much "
        "of it they put down to luck."
    )
    if why.reason == "below_chance":
        end = _(
            "Alpha is %(alpha)s: less than luck would give. Look for labels that mean opposite things to different people."
        )
        return [shared % said, end % said]
    if why.reason == "in_line":
        end = _("Here they do so nearly alike: alpha expects %(alpha_chance)s by luck, AC1 %(ac1_chance)s.")
        return [shared % said, end % said]
    middle = _(
        "“%(label)s” makes up %(share)s of the answers. Alpha reasons that such uneven answers meet by luck %(alpha_chance)s "
        "of the time and credits only what lies above: %(alpha)s. AC1 reasons that people who use one answer so often are "
        "mostly not guessing, expects %(ac1_chance)s by luck, and comes to %(ac1)s."
    )
    ends = {
        "prevalence": _(
            "With one answer this dominant, alpha falls towards 0 however well people agree: read AC1 and the percentage "
            "first, and take alpha as a sign of how little they agree on the rare answers."
        ),
        "skewed_shares": _(
            "Neither is wrong. Alpha tells how well the answers tell items apart; AC1 how often people agree beyond blind "
            "guessing. Judge by alpha when every answer matters, and always say which one you mean."
        ),
    }
    return [shared % said, middle % said, ends[why.reason] % said]


def scale_words(alpha: float) -> str:
    """What Krippendorff's own marks say of an alpha: from 0.8 sound, from 2/3 for tentative conclusions."""
    if alpha >= 0.8:
        return _("By Krippendorff's marks the labels are reliable (0.8 and above).")
    if alpha >= 2 / 3:
        return _("By Krippendorff's marks the labels carry tentative conclusions only (0.667 to 0.8).")
    return _(
        "By Krippendorff's marks single labels are not reliable (below 0.667): use the spread of answers, not one of them."
    )


def rule_words(rule: str) -> str:
    """The name of a chart's rule."""
    return {"beyond_limits": _("Beyond limits"), "ewma": _("Moving average")}.get(rule, rule)


def problem_words(row: Any) -> str:
    """What is wrong with the data of a metric, in a sentence."""
    said = {"rows": count_text(row.rows) if row.rows is not None else "", "usual": count_text(row.usual or 0)}
    return {
        "late": _("No row since then: figures are late. Nothing is judged until they are there."),
        "gap": _("%(rows)s rows where %(usual)s are usual: the day is left out until it is whole.") % said,
        "redefined": _("It was defined anew: its chart begins again, and what the old one showed is no alarm."),
        "no_n": _("It is watched, and there is nothing to judge."),
    }[row.kind]
