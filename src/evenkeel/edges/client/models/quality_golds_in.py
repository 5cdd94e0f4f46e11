from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.quality_gold_row_in import QualityGoldRowIn


T = TypeVar("T", bound="QualityGoldsIn")


@_attrs_define
class QualityGoldsIn:
    """
    Attributes:
        rows (list[QualityGoldRowIn]):
        form_id (None | Unset | UUID): empty: the form that each item was asked by
        skip_bad (bool | Unset): leave rows out that do not fit, instead of stopping everything Default: False.
    """

    rows: list[QualityGoldRowIn]
    form_id: None | Unset | UUID = UNSET
    skip_bad: bool | Unset = False
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        rows = []
        for rows_item_data in self.rows:
            rows_item = rows_item_data.to_dict()
            rows.append(rows_item)

        form_id: None | str | Unset
        if isinstance(self.form_id, Unset):
            form_id = UNSET
        elif isinstance(self.form_id, UUID):
            form_id = str(self.form_id)
        else:
            form_id = self.form_id

        skip_bad = self.skip_bad

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "rows": rows,
            }
        )
        if form_id is not UNSET:
            field_dict["form_id"] = form_id
        if skip_bad is not UNSET:
            field_dict["skip_bad"] = skip_bad

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quality_gold_row_in import QualityGoldRowIn

        d = dict(src_dict)
        rows = []
        _rows = d.pop("rows")
        for rows_item_data in _rows:
            rows_item = QualityGoldRowIn.from_dict(rows_item_data)

            rows.append(rows_item)

        def _parse_form_id(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                form_id_type_0 = UUID(data)

                return form_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        form_id = _parse_form_id(d.pop("form_id", UNSET))

        skip_bad = d.pop("skip_bad", UNSET)

        quality_golds_in = cls(
            rows=rows,
            form_id=form_id,
            skip_bad=skip_bad,
        )

        quality_golds_in.additional_properties = d
        return quality_golds_in

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
