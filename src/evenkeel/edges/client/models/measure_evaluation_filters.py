from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import (
    Any,
    Literal,
    Self,
    TypeVar,
    cast,
)
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.measure_evaluation_filters_adjust_type_0 import (
    MeasureEvaluationFiltersAdjustType0,
    check_measure_evaluation_filters_adjust_type_0,
)
from ..models.measure_evaluation_filters_aim import (
    MeasureEvaluationFiltersAim,
    check_measure_evaluation_filters_aim,
)
from ..models.measure_evaluation_filters_by_item import (
    MeasureEvaluationFiltersByItem,
    check_measure_evaluation_filters_by_item,
)
from ..models.measure_evaluation_filters_mix_of_item import (
    MeasureEvaluationFiltersMixOfItem,
    check_measure_evaluation_filters_mix_of_item,
)
from ..types import UNSET, Unset

T = TypeVar("T", bound="MeasureEvaluationFilters")


@_attrs_define
class MeasureEvaluationFilters:
    """Which rows, over since <= day < until in UTC, and cut by what; the same words as `evenkeel measure`.

    Attributes:
        since (datetime.date):
        until (datetime.date):
        adjust (MeasureEvaluationFiltersAdjustType0 | None | Unset):
        aim (MeasureEvaluationFiltersAim | Unset):  Default: 'process'.
        by (list[MeasureEvaluationFiltersByItem] | Unset):
        compare (Literal['previous'] | None | Unset):
        hour (None | str | Unset):
        item_kind (None | str | Unset):
        label (None | str | Unset):
        language (None | str | Unset):
        market (None | str | Unset):
        mix_of (list[MeasureEvaluationFiltersMixOfItem] | Unset):
        organisation_id (None | Unset | UUID):
        policy_version (None | str | Unset):
        programme_id (None | Unset | UUID):
        queue_id (None | Unset | UUID):
        severity (None | str | Unset):
        site_id (None | Unset | UUID):
        source (None | str | Unset):
        state (None | str | Unset):
        team_id (None | Unset | UUID):
        tenure (None | str | Unset):
        worker_id (None | Unset | UUID):
    """

    since: datetime.date
    until: datetime.date
    adjust: MeasureEvaluationFiltersAdjustType0 | None | Unset = UNSET
    aim: MeasureEvaluationFiltersAim | Unset = "process"
    by: list[MeasureEvaluationFiltersByItem] | Unset = UNSET
    compare: Literal["previous"] | None | Unset = UNSET
    hour: None | str | Unset = UNSET
    item_kind: None | str | Unset = UNSET
    label: None | str | Unset = UNSET
    language: None | str | Unset = UNSET
    market: None | str | Unset = UNSET
    mix_of: list[MeasureEvaluationFiltersMixOfItem] | Unset = UNSET
    organisation_id: None | Unset | UUID = UNSET
    policy_version: None | str | Unset = UNSET
    programme_id: None | Unset | UUID = UNSET
    queue_id: None | Unset | UUID = UNSET
    severity: None | str | Unset = UNSET
    site_id: None | Unset | UUID = UNSET
    source: None | str | Unset = UNSET
    state: None | str | Unset = UNSET
    team_id: None | Unset | UUID = UNSET
    tenure: None | str | Unset = UNSET
    worker_id: None | Unset | UUID = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        since = self.since.isoformat()

        until = self.until.isoformat()

        adjust: None | str | Unset
        if isinstance(self.adjust, Unset):
            adjust = UNSET
        elif isinstance(self.adjust, str):
            adjust = self.adjust
        else:
            adjust = self.adjust

        aim: str | Unset = UNSET
        if not isinstance(self.aim, Unset):
            aim = self.aim

        by: list[str] | Unset = UNSET
        if not isinstance(self.by, Unset):
            by = []
            for by_item_data in self.by:
                by_item: str = by_item_data
                by.append(by_item)

        compare: Literal["previous"] | None | Unset
        if isinstance(self.compare, Unset):
            compare = UNSET
        else:
            compare = self.compare

        hour: None | str | Unset
        if isinstance(self.hour, Unset):
            hour = UNSET
        else:
            hour = self.hour

        item_kind: None | str | Unset
        if isinstance(self.item_kind, Unset):
            item_kind = UNSET
        else:
            item_kind = self.item_kind

        label: None | str | Unset
        if isinstance(self.label, Unset):
            label = UNSET
        else:
            label = self.label

        language: None | str | Unset
        if isinstance(self.language, Unset):
            language = UNSET
        else:
            language = self.language

        market: None | str | Unset
        if isinstance(self.market, Unset):
            market = UNSET
        else:
            market = self.market

        mix_of: list[str] | Unset = UNSET
        if not isinstance(self.mix_of, Unset):
            mix_of = []
            for mix_of_item_data in self.mix_of:
                mix_of_item: str = mix_of_item_data
                mix_of.append(mix_of_item)

        organisation_id: None | str | Unset
        if isinstance(self.organisation_id, Unset):
            organisation_id = UNSET
        elif isinstance(self.organisation_id, UUID):
            organisation_id = str(self.organisation_id)
        else:
            organisation_id = self.organisation_id

        policy_version: None | str | Unset
        if isinstance(self.policy_version, Unset):
            policy_version = UNSET
        else:
            policy_version = self.policy_version

        programme_id: None | str | Unset
        if isinstance(self.programme_id, Unset):
            programme_id = UNSET
        elif isinstance(self.programme_id, UUID):
            programme_id = str(self.programme_id)
        else:
            programme_id = self.programme_id

        queue_id: None | str | Unset
        if isinstance(self.queue_id, Unset):
            queue_id = UNSET
        elif isinstance(self.queue_id, UUID):
            queue_id = str(self.queue_id)
        else:
            queue_id = self.queue_id

        severity: None | str | Unset
        if isinstance(self.severity, Unset):
            severity = UNSET
        else:
            severity = self.severity

        site_id: None | str | Unset
        if isinstance(self.site_id, Unset):
            site_id = UNSET
        elif isinstance(self.site_id, UUID):
            site_id = str(self.site_id)
        else:
            site_id = self.site_id

        source: None | str | Unset
        if isinstance(self.source, Unset):
            source = UNSET
        else:
            source = self.source

        state: None | str | Unset
        if isinstance(self.state, Unset):
            state = UNSET
        else:
            state = self.state

        team_id: None | str | Unset
        if isinstance(self.team_id, Unset):
            team_id = UNSET
        elif isinstance(self.team_id, UUID):
            team_id = str(self.team_id)
        else:
            team_id = self.team_id

        tenure: None | str | Unset
        if isinstance(self.tenure, Unset):
            tenure = UNSET
        else:
            tenure = self.tenure

        worker_id: None | str | Unset
        if isinstance(self.worker_id, Unset):
            worker_id = UNSET
        elif isinstance(self.worker_id, UUID):
            worker_id = str(self.worker_id)
        else:
            worker_id = self.worker_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "since": since,
                "until": until,
            }
        )
        if adjust is not UNSET:
            field_dict["adjust"] = adjust
        if aim is not UNSET:
            field_dict["aim"] = aim
        if by is not UNSET:
            field_dict["by"] = by
        if compare is not UNSET:
            field_dict["compare"] = compare
        if hour is not UNSET:
            field_dict["hour"] = hour
        if item_kind is not UNSET:
            field_dict["item_kind"] = item_kind
        if label is not UNSET:
            field_dict["label"] = label
        if language is not UNSET:
            field_dict["language"] = language
        if market is not UNSET:
            field_dict["market"] = market
        if mix_of is not UNSET:
            field_dict["mix_of"] = mix_of
        if organisation_id is not UNSET:
            field_dict["organisation_id"] = organisation_id
        if policy_version is not UNSET:
            field_dict["policy_version"] = policy_version
        if programme_id is not UNSET:
            field_dict["programme_id"] = programme_id
        if queue_id is not UNSET:
            field_dict["queue_id"] = queue_id
        if severity is not UNSET:
            field_dict["severity"] = severity
        if site_id is not UNSET:
            field_dict["site_id"] = site_id
        if source is not UNSET:
            field_dict["source"] = source
        if state is not UNSET:
            field_dict["state"] = state
        if team_id is not UNSET:
            field_dict["team_id"] = team_id
        if tenure is not UNSET:
            field_dict["tenure"] = tenure
        if worker_id is not UNSET:
            field_dict["worker_id"] = worker_id

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        since = datetime.date.fromisoformat(d.pop("since"))

        until = datetime.date.fromisoformat(d.pop("until"))

        def _parse_adjust(
            data: object,
        ) -> MeasureEvaluationFiltersAdjustType0 | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                adjust_type_0 = check_measure_evaluation_filters_adjust_type_0(data)

                return adjust_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(MeasureEvaluationFiltersAdjustType0 | None | Unset, data)

        adjust = _parse_adjust(d.pop("adjust", UNSET))

        _aim = d.pop("aim", UNSET)
        aim: MeasureEvaluationFiltersAim | Unset
        if isinstance(_aim, Unset):
            aim = UNSET
        else:
            aim = check_measure_evaluation_filters_aim(_aim)

        _by = d.pop("by", UNSET)
        by: list[MeasureEvaluationFiltersByItem] | Unset = UNSET
        if _by is not UNSET:
            by = []
            for by_item_data in _by:
                by_item = check_measure_evaluation_filters_by_item(by_item_data)

                by.append(by_item)

        def _parse_compare(data: object) -> Literal["previous"] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            compare_type_0 = cast(Literal["previous"], data)
            if compare_type_0 != "previous":
                raise ValueError(
                    f"compare_type_0 must match const 'previous', got '{compare_type_0}'"
                )
            return compare_type_0
            return cast(Literal["previous"] | None | Unset, data)

        compare = _parse_compare(d.pop("compare", UNSET))

        def _parse_hour(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        hour = _parse_hour(d.pop("hour", UNSET))

        def _parse_item_kind(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        item_kind = _parse_item_kind(d.pop("item_kind", UNSET))

        def _parse_label(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        label = _parse_label(d.pop("label", UNSET))

        def _parse_language(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        language = _parse_language(d.pop("language", UNSET))

        def _parse_market(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        market = _parse_market(d.pop("market", UNSET))

        _mix_of = d.pop("mix_of", UNSET)
        mix_of: list[MeasureEvaluationFiltersMixOfItem] | Unset = UNSET
        if _mix_of is not UNSET:
            mix_of = []
            for mix_of_item_data in _mix_of:
                mix_of_item = check_measure_evaluation_filters_mix_of_item(
                    mix_of_item_data
                )

                mix_of.append(mix_of_item)

        def _parse_organisation_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                organisation_id_type_0 = UUID(data)

                return organisation_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        organisation_id = _parse_organisation_id(d.pop("organisation_id", UNSET))

        def _parse_policy_version(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        policy_version = _parse_policy_version(d.pop("policy_version", UNSET))

        def _parse_programme_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                programme_id_type_0 = UUID(data)

                return programme_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        programme_id = _parse_programme_id(d.pop("programme_id", UNSET))

        def _parse_queue_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                queue_id_type_0 = UUID(data)

                return queue_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        queue_id = _parse_queue_id(d.pop("queue_id", UNSET))

        def _parse_severity(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        severity = _parse_severity(d.pop("severity", UNSET))

        def _parse_site_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                site_id_type_0 = UUID(data)

                return site_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        site_id = _parse_site_id(d.pop("site_id", UNSET))

        def _parse_source(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        source = _parse_source(d.pop("source", UNSET))

        def _parse_state(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        state = _parse_state(d.pop("state", UNSET))

        def _parse_team_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                team_id_type_0 = UUID(data)

                return team_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        team_id = _parse_team_id(d.pop("team_id", UNSET))

        def _parse_tenure(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        tenure = _parse_tenure(d.pop("tenure", UNSET))

        def _parse_worker_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                worker_id_type_0 = UUID(data)

                return worker_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        worker_id = _parse_worker_id(d.pop("worker_id", UNSET))

        measure_evaluation_filters = cls(
            since=since,
            until=until,
            adjust=adjust,
            aim=aim,
            by=by,
            compare=compare,
            hour=hour,
            item_kind=item_kind,
            label=label,
            language=language,
            market=market,
            mix_of=mix_of,
            organisation_id=organisation_id,
            policy_version=policy_version,
            programme_id=programme_id,
            queue_id=queue_id,
            severity=severity,
            site_id=site_id,
            source=source,
            state=state,
            team_id=team_id,
            tenure=tenure,
            worker_id=worker_id,
        )

        measure_evaluation_filters.additional_properties = d
        return measure_evaluation_filters

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
