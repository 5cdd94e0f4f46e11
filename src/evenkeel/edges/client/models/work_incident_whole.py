from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.work_action_out import WorkActionOut
    from ..models.work_entry_out import WorkEntryOut
    from ..models.work_incident_whole_review import WorkIncidentWholeReview


T = TypeVar("T", bound="WorkIncidentWhole")


@_attrs_define
class WorkIncidentWhole:
    """
    Attributes:
        actions (list[WorkActionOut]):
        commander_id (None | UUID):
        id (UUID):
        impact (int):
        mitigated_at (datetime.datetime | None):
        opened_at (datetime.datetime):
        programme_id (UUID):
        resolved_at (datetime.datetime | None):
        review (WorkIncidentWholeReview):
        reviewed_at (datetime.datetime | None):
        severity (int): 1 (gravest) to 4
        state (str): open, mitigated, resolved or reviewed
        timeline (list[WorkEntryOut]):
        title (str):
        urgency (int):
    """

    actions: list[WorkActionOut]
    commander_id: None | UUID
    id: UUID
    impact: int
    mitigated_at: datetime.datetime | None
    opened_at: datetime.datetime
    programme_id: UUID
    resolved_at: datetime.datetime | None
    review: WorkIncidentWholeReview
    reviewed_at: datetime.datetime | None
    severity: int
    state: str
    timeline: list[WorkEntryOut]
    title: str
    urgency: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        actions = []
        for actions_item_data in self.actions:
            actions_item = actions_item_data.to_dict()
            actions.append(actions_item)

        commander_id: None | str
        if isinstance(self.commander_id, UUID):
            commander_id = str(self.commander_id)
        else:
            commander_id = self.commander_id

        id = str(self.id)

        impact = self.impact

        mitigated_at: None | str
        if isinstance(self.mitigated_at, datetime.datetime):
            mitigated_at = self.mitigated_at.isoformat()
        else:
            mitigated_at = self.mitigated_at

        opened_at = self.opened_at.isoformat()

        programme_id = str(self.programme_id)

        resolved_at: None | str
        if isinstance(self.resolved_at, datetime.datetime):
            resolved_at = self.resolved_at.isoformat()
        else:
            resolved_at = self.resolved_at

        review = self.review.to_dict()

        reviewed_at: None | str
        if isinstance(self.reviewed_at, datetime.datetime):
            reviewed_at = self.reviewed_at.isoformat()
        else:
            reviewed_at = self.reviewed_at

        severity = self.severity

        state = self.state

        timeline = []
        for timeline_item_data in self.timeline:
            timeline_item = timeline_item_data.to_dict()
            timeline.append(timeline_item)

        title = self.title

        urgency = self.urgency

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "actions": actions,
                "commander_id": commander_id,
                "id": id,
                "impact": impact,
                "mitigated_at": mitigated_at,
                "opened_at": opened_at,
                "programme_id": programme_id,
                "resolved_at": resolved_at,
                "review": review,
                "reviewed_at": reviewed_at,
                "severity": severity,
                "state": state,
                "timeline": timeline,
                "title": title,
                "urgency": urgency,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.work_action_out import WorkActionOut
        from ..models.work_entry_out import WorkEntryOut
        from ..models.work_incident_whole_review import WorkIncidentWholeReview

        d = dict(src_dict)
        actions = []
        _actions = d.pop("actions")
        for actions_item_data in _actions:
            actions_item = WorkActionOut.from_dict(actions_item_data)

            actions.append(actions_item)

        def _parse_commander_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                commander_id_type_0 = UUID(data)

                return commander_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        commander_id = _parse_commander_id(d.pop("commander_id"))

        id = UUID(d.pop("id"))

        impact = d.pop("impact")

        def _parse_mitigated_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                mitigated_at_type_0 = datetime.datetime.fromisoformat(data)

                return mitigated_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        mitigated_at = _parse_mitigated_at(d.pop("mitigated_at"))

        opened_at = datetime.datetime.fromisoformat(d.pop("opened_at"))

        programme_id = UUID(d.pop("programme_id"))

        def _parse_resolved_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                resolved_at_type_0 = datetime.datetime.fromisoformat(data)

                return resolved_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        resolved_at = _parse_resolved_at(d.pop("resolved_at"))

        review = WorkIncidentWholeReview.from_dict(d.pop("review"))

        def _parse_reviewed_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                reviewed_at_type_0 = datetime.datetime.fromisoformat(data)

                return reviewed_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        reviewed_at = _parse_reviewed_at(d.pop("reviewed_at"))

        severity = d.pop("severity")

        state = d.pop("state")

        timeline = []
        _timeline = d.pop("timeline")
        for timeline_item_data in _timeline:
            timeline_item = WorkEntryOut.from_dict(timeline_item_data)

            timeline.append(timeline_item)

        title = d.pop("title")

        urgency = d.pop("urgency")

        work_incident_whole = cls(
            actions=actions,
            commander_id=commander_id,
            id=id,
            impact=impact,
            mitigated_at=mitigated_at,
            opened_at=opened_at,
            programme_id=programme_id,
            resolved_at=resolved_at,
            review=review,
            reviewed_at=reviewed_at,
            severity=severity,
            state=state,
            timeline=timeline,
            title=title,
            urgency=urgency,
        )

        work_incident_whole.additional_properties = d
        return work_incident_whole

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
