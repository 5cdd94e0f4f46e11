"""What is said of signals outside these pages: to other systems, to Slack and to Teams. Plain values.

Slack takes `text` with `blocks`, Teams a message that holds an Adaptive Card (version 1.4, as its Workflows webhooks do).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

# Neither takes more than fifty parts in a message.
MOST = 40


@dataclass(frozen=True, kw_only=True)
class Told:
    """A signal in words, its figures as people read them, and where it is shown."""

    signal_id: str
    title: str
    metric: str
    where: str
    programme: str
    side: int
    first_on: date
    change: str
    also_in: Sequence[str]
    owner: str
    raised_at: datetime
    url: str


def payload(kind: str, told: Sequence[Told], *, heading: str) -> str:
    """The body of one message about one or several signals, as JSON, in the shape that the receiver knows."""
    some = told[:MOST]
    made = {"slack": _slack, "teams": _teams, "webhook": _plain}[kind](some, heading)
    return json.dumps(made, sort_keys=True, ensure_ascii=False)


def line_of(told: Told) -> str:
    """The second line of a signal: where, since when, by how much, who."""
    said = [told.programme, told.first_on.isoformat(), told.change, told.owner]
    return " · ".join(part for part in said if part)


def _plain(told: Sequence[Told], heading: str) -> dict[str, Any]:
    return {
        "event": "signal.raised" if len(told) == 1 else "signal.digest",
        "title": heading,
        "signals": [
            {
                "id": one.signal_id, "title": one.title, "metric": one.metric, "where": one.where,
                "programme": one.programme, "side": one.side, "first_on": one.first_on.isoformat(), "change": one.change,
                "also_in": list(one.also_in), "owner": one.owner, "raised_at": one.raised_at.isoformat(), "url": one.url,
            }
            for one in told
        ],
    }  # fmt: skip


def _slack(told: Sequence[Told], heading: str) -> dict[str, Any]:
    blocks: list[dict[str, Any]] = [{"type": "header", "text": {"type": "plain_text", "text": heading[:150]}}]
    for one in told:
        text = f"*<{one.url}|{_slack_text(one.title)}>*\n{_slack_text(line_of(one))}"
        blocks.append({"type": "section", "text": {"type": "mrkdwn", "text": text}})
    return {"text": heading, "blocks": blocks}


def _slack_text(said: str) -> str:
    # The three signs that Slack reads as its own; a place's name must not become a link or a mention.
    return said.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _teams(told: Sequence[Told], heading: str) -> dict[str, Any]:
    body: list[dict[str, Any]] = [
        {"type": "TextBlock", "text": heading, "weight": "Bolder", "size": "Medium", "wrap": True}
    ]
    actions = []
    for one in told:
        body.append({"type": "TextBlock", "text": one.title, "weight": "Bolder", "wrap": True})
        body.append({"type": "TextBlock", "text": line_of(one), "isSubtle": True, "spacing": "None", "wrap": True})
        actions.append({"type": "Action.OpenUrl", "title": one.title[:80], "url": one.url})
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard", "version": "1.4",
        "body": body, "actions": actions[:6],
    }  # fmt: skip
    kind = "application/vnd.microsoft.card.adaptive"
    return {"type": "message", "attachments": [{"contentType": kind, "contentUrl": None, "content": card}]}
