from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.reading.json_stream import elements

from ..importer import Found, Importer, ImporterExample, Reading, importer

_EVENT = "tools.ozone.moderation.defs#modEvent"
# What a moderator does about a subject. Everything else tells of reports, notes, mails and scores, or comes from the network.
_DECISIONS = (
    "Takedown",
    "ReverseTakedown",
    "Label",
    "Acknowledge",
    "Escalate",
    "ResolveAppeal",
    "Mute",
    "Unmute",
    "Divert",
)


@importer
class Ozone(Importer):
    slug = "ozone"
    title = gettext_lazy("Bluesky Ozone")
    why = gettext_lazy("Moderation events of Ozone: takedowns, labels, acknowledgements and escalations are decisions.")
    source = "https://github.com/bluesky-social/atproto/blob/main/lexicons/tools/ozone/moderation/defs.json"
    how = gettext_lazy(
        "Answers of tools.ozone.moderation.queryEvents, one or many: the list “events”, alone or as it comes."
    )
    suffixes = (".json",)
    known = {
        "item": "subject_key", "decision_id": "id", "worker": "createdBy", "worker_name": "creatorHandle", "label": "action",
        "decided_at": "createdAt",
    }  # fmt: skip
    example = ImporterExample(
        file=json.dumps(
            {
                "cursor": "7",
                "events": [
                    {
                        "id": 9,
                        "event": {"$type": f"{_EVENT}Takedown", "policies": ["spam"], "comment": "again"},
                        "subject": {
                            "$type": "com.atproto.repo.strongRef",
                            "uri": "at://did:plc:x/app.bsky.feed.post/3k",
                            "cid": "b",
                        },
                        "subjectBlobCids": [],
                        "createdBy": "did:plc:ada",
                        "creatorHandle": "ada.example.org",
                        "createdAt": "2026-03-02T09:30:00.000Z",
                    },
                    {
                        "id": 8,
                        "event": {"$type": f"{_EVENT}Report", "reportType": "com.atproto.moderation.defs#reasonSpam"},
                        "subject": {"$type": "com.atproto.admin.defs#repoRef", "did": "did:plc:x"},
                        "subjectBlobCids": [],
                        "createdBy": "did:plc:user",
                        "createdAt": "2026-03-02T09:29:00.000Z",
                    },
                    {
                        "id": 7,
                        "event": {"$type": f"{_EVENT}Label", "createLabelVals": ["spam"], "negateLabelVals": []},
                        "subject": {"$type": "com.atproto.admin.defs#repoRef", "did": "did:plc:x"},
                        "subjectBlobCids": [],
                        "createdBy": "did:plc:bo",
                        "createdAt": "2026-03-02T09:28:00.000Z",
                    },
                ],
            }
        ).encode(),
        values={"label": {"Takedown": "Remove"}},
        facts=[
            ("decision", "at://did:plc:x/app.bsky.feed.post/3k", "did:plc:ada", "Remove"),
            ("decision", "did:plc:x", "did:plc:bo", "Label"),
        ],
        leaves_out=["cursor", "modEventReport"],
    )

    @classmethod
    def rows(cls, reading: Reading) -> Iterator[Found]:
        for number, (name, place, event) in enumerate(elements(reading.stream), 1):
            reading.stream.row = number
            if name and name != "events":
                reading.leave_out(name)
            elif not isinstance(event, dict) or not isinstance(event.get("event"), dict) or not place:
                what = _("This is no moderation event of Ozone.")
                reading.bad(what, _("Write the answers of queryEvents as they come, or their “events”."), row=number)
            else:
                made = _event(event, reading)
                if made is not None:
                    yield Found(number, made)


def _event(said: Mapping[str, Any], reading: Reading) -> dict[str, Any] | None:
    kind = str(said["event"].get("$type", ""))
    action = kind.removeprefix(_EVENT)
    if action not in _DECISIONS:
        reading.leave_out(kind.rpartition("#")[2] or "event without a type")
        return None
    subject = said.get("subject") if isinstance(said.get("subject"), Mapping) else {}
    assert isinstance(subject, Mapping)
    labels = said["event"].get("createLabelVals") or []
    return {
        **said,
        "action": action,
        "labels": labels,
        "policies": said["event"].get("policies") or [],
        "subject_key": subject.get("uri") or subject.get("messageId") or subject.get("did") or "",
    }
