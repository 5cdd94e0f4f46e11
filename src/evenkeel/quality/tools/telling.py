"""The report of a run, as sentences."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from ..models import ToolRun


def report_lines(run: ToolRun) -> list[str]:
    """The report as a person reads it in a terminal."""
    counts: dict[str, Any] = run.counts
    if run.state == "done":
        head = (
            _("Nothing was written, as asked. It would be:")
            if run.is_trial
            else _("Imported from %(tool)s.") % {"tool": run.tool.name}
        )
        said = [
            head,
            _("%(new)s new, %(changed)s changed, %(same)s the same, %(bad)s refused.")
            % {name: f"{counts.get(name, 0):,}" for name in ("new", "changed", "same", "bad")},
        ]
        if not run.is_trial:
            said.append(
                _(
                    "New here: %(items)s items, %(decisions)s decisions, %(reviews)s reviews, %(times)s stretches of time, "
                    "%(workers)s people."
                )
                % {name: f"{counts.get(name, 0):,}" for name in ("items", "decisions", "reviews", "times", "workers")}
            )
    elif run.refusal:
        said = [run.refusal]
    else:
        said = [_("Nothing was imported: %(count)s things do not fit.") % {"count": f"{run.bad_total:,}"}]
    said += [bad_line(bad) for bad in run.bad_rows]
    if run.bad_total > len(run.bad_rows):
        said.append(_("… and %(count)s more.") % {"count": f"{run.bad_total - len(run.bad_rows):,}"})
    return said + [f"- {remark}" for remark in run.remarks]


def bad_line(bad: dict[str, Any]) -> str:
    """One thing that does not fit, on one line."""
    column = _(", column %(column)s") % {"column": bad["column"]} if bad["column"] else ""
    row = _(", row %(row)s") % {"row": f"{bad['row']:,}"} if bad["row"] else ""
    return f"- {bad['file']}{row}{column}: {bad['what']} {bad['fix']}"
