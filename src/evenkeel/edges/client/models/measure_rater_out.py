from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.measure_estimate_out import MeasureEstimateOut


T = TypeVar("T", bound="MeasureRaterOut")


@_attrs_define
class MeasureRaterOut:
    """
    Attributes:
        accuracy (MeasureEstimateOut): A figure: never without its interval, its sample size and its method. null = not
            known.
        code (str):
        kappa (float | None):
        labels (int):
        name (str):
        organisation_id (UUID):
        rank (int | None):
        shrunk (float | None):
        shrunk_high (float | None):
        shrunk_low (float | None):
        worker_id (UUID):
    """

    accuracy: MeasureEstimateOut
    code: str
    kappa: float | None
    labels: int
    name: str
    organisation_id: UUID
    rank: int | None
    shrunk: float | None
    shrunk_high: float | None
    shrunk_low: float | None
    worker_id: UUID
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        accuracy = self.accuracy.to_dict()

        code = self.code

        kappa: float | None
        kappa = self.kappa

        labels = self.labels

        name = self.name

        organisation_id = str(self.organisation_id)

        rank: int | None
        rank = self.rank

        shrunk: float | None
        shrunk = self.shrunk

        shrunk_high: float | None
        shrunk_high = self.shrunk_high

        shrunk_low: float | None
        shrunk_low = self.shrunk_low

        worker_id = str(self.worker_id)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "accuracy": accuracy,
                "code": code,
                "kappa": kappa,
                "labels": labels,
                "name": name,
                "organisation_id": organisation_id,
                "rank": rank,
                "shrunk": shrunk,
                "shrunk_high": shrunk_high,
                "shrunk_low": shrunk_low,
                "worker_id": worker_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.measure_estimate_out import MeasureEstimateOut

        d = dict(src_dict)
        accuracy = MeasureEstimateOut.from_dict(d.pop("accuracy"))

        code = d.pop("code")

        def _parse_kappa(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        kappa = _parse_kappa(d.pop("kappa"))

        labels = d.pop("labels")

        name = d.pop("name")

        organisation_id = UUID(d.pop("organisation_id"))

        def _parse_rank(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        rank = _parse_rank(d.pop("rank"))

        def _parse_shrunk(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        shrunk = _parse_shrunk(d.pop("shrunk"))

        def _parse_shrunk_high(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        shrunk_high = _parse_shrunk_high(d.pop("shrunk_high"))

        def _parse_shrunk_low(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        shrunk_low = _parse_shrunk_low(d.pop("shrunk_low"))

        worker_id = UUID(d.pop("worker_id"))

        measure_rater_out = cls(
            accuracy=accuracy,
            code=code,
            kappa=kappa,
            labels=labels,
            name=name,
            organisation_id=organisation_id,
            rank=rank,
            shrunk=shrunk,
            shrunk_high=shrunk_high,
            shrunk_low=shrunk_low,
            worker_id=worker_id,
        )

        measure_rater_out.additional_properties = d
        return measure_rater_out

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
