"""What the desk's script says, in the reader's language."""

from __future__ import annotations

from uuid import UUID

from django.templatetags.static import static
from django.utils.translation import gettext as _

# Stands in for the id in addresses that the script completes.
NOBODY = UUID(int=0)


def desk_modules() -> dict[str, str]:
    """Addresses of what other projects made, fetched only when an item needs it."""
    return {name: static(f"vendor/{name}.js") for name in ("annotorious", "wavesurfer", "regions")}


def desk_words() -> dict[str, str]:
    """Sentences by name; {n}, {label} and {key} are filled in by the script."""
    return {
        "saved": _("All saved"),
        "saving": _("Saving"),
        "offline_one": _("1 waiting to be sent"),
        "offline_many": _("{n} waiting to be sent"),
        "fetching": _("Fetching your items"),
        "empty": _("Nothing waits for you here"),
        "empty_why": _("New items appear by themselves. This page looks again every half minute."),
        "stopped": _("Nothing can be handed to you here now"),
        "unreachable": _("The server cannot be reached"),
        "unreachable_why": _(
            "The desk goes on trying. What you have decided is kept on this page until then: leave it open."
        ),
        "announce": _("{label}. Next item: {key}."),
        "announce_again": _("Taken back. Decide again: {key}."),
        "announce_first": _("Item {key}."),
        "undone": _("taken back"),
        "undoing": _("taking back"),
        "sending": _("waits"),
        "stands": _("stands"),
        "suggested_same": _("as was suggested"),
        "suggested_other": _("suggested: {label}"),
        "corrected": _("corrected to {label}"),
        "undo_label": _("Take back: {label}, {key}"),
        "nothing_to_undo": _("There is nothing left to take back."),
        "skip": _("Skipped"),
        "announce_skipped": _("Skipped, it goes to somebody else. Next item: {key}."),
        "gone": _("The item you had open went to somebody else, because this page was quiet for too long."),
        "guideline_changed": _("The guideline has a new version."),
        "read_it": _("Read it"),
        "logged_out": _(
            "You were logged out. Log in again in another tab; what you have decided is kept on this page."
        ),
        "try_again": _("Try again"),
        "found": _("{n} of {of}"),
        "found_none": _("none"),
        "missing": _("Fill this in first: {title}."),
        "pick": _("Choose an answer first."),
        "misfit": _("This does not fit the form: {title}."),
        "go_to": _("Go to {moment}"),
        "elsewhere": _("This queue is open in another tab"),
        "elsewhere_why": _("Only one tab works at a time. Work here, and the other one stops; nothing is lost."),
        "take_a_break": _("You have worked for {n} minutes. A short break does you good."),
        "later": _("Noted"),
        "clause": _("Clause"),
        "severity": _("Severity"),
        "action": _("Action"),
        "pick_violation": _("Choose the violation; its clauses and actions appear here."),
        "grade_of": _("Grade of “{title}”"),
        "graded": _("{n} of {of} graded"),
        "marked": _("{title}: what is marked"),
        "unmark": _("Remove {title}"),
        "draw_box": _("Box"),
        "draw_polygon": _("Polygon"),
        "add_box": _("Add a box"),
        "add_polygon": _("Add a polygon"),
        "corners": _("{n} corners"),
        "corner": _("corner {n} of {of}"),
        "draw_here": _("Draw on the picture"),
        "handle": _("Handle of a shape"),
        "mark_start": _("Starts here"),
        "mark_end": _("Ends here"),
        "from": _("from {moment}"),
    }
