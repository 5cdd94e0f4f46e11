from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.quality_stored_design_out_days_item import (
        QualityStoredDesignOutDaysItem,
    )
    from ..models.quality_stored_design_out_versions_item import (
        QualityStoredDesignOutVersionsItem,
    )


T = TypeVar("T", bound="QualityStoredDesignOut")


@_attrs_define
class QualityStoredDesignOut:
    """
    Attributes:
        days (list[QualityStoredDesignOutDaysItem]): of layered versions: the odds of each day, as they were worked out
        plan_id (UUID):
        salt (int):
        versions (list[QualityStoredDesignOutVersionsItem]):
    """

    days: list[QualityStoredDesignOutDaysItem]
    plan_id: UUID
    salt: int
    versions: list[QualityStoredDesignOutVersionsItem]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        days = []
        for days_item_data in self.days:
            days_item = days_item_data.to_dict()
            days.append(days_item)

        plan_id = str(self.plan_id)

        salt = self.salt

        versions = []
        for versions_item_data in self.versions:
            versions_item = versions_item_data.to_dict()
            versions.append(versions_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "days": days,
                "plan_id": plan_id,
                "salt": salt,
                "versions": versions,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quality_stored_design_out_days_item import (
            QualityStoredDesignOutDaysItem,
        )
        from ..models.quality_stored_design_out_versions_item import (
            QualityStoredDesignOutVersionsItem,
        )

        d = dict(src_dict)
        days = []
        _days = d.pop("days")
        for days_item_data in _days:
            days_item = QualityStoredDesignOutDaysItem.from_dict(days_item_data)

            days.append(days_item)

        plan_id = UUID(d.pop("plan_id"))

        salt = d.pop("salt")

        versions = []
        _versions = d.pop("versions")
        for versions_item_data in _versions:
            versions_item = QualityStoredDesignOutVersionsItem.from_dict(
                versions_item_data
            )

            versions.append(versions_item)

        quality_stored_design_out = cls(
            days=days,
            plan_id=plan_id,
            salt=salt,
            versions=versions,
        )

        quality_stored_design_out.additional_properties = d
        return quality_stored_design_out

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
