from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.quality_import_out_report_type_0 import QualityImportOutReportType0


T = TypeVar("T", bound="QualityImportOut")


@_attrs_define
class QualityImportOut:
    """
    Attributes:
        id (UUID):
        programme_name (str):
        report (None | QualityImportOutReportType0): what was found; when it failed, every row that does not fit
        run_id (None | UUID):
        state (str): queued, running, done or failed
    """

    id: UUID
    programme_name: str
    report: None | QualityImportOutReportType0
    run_id: None | UUID
    state: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.quality_import_out_report_type_0 import (
            QualityImportOutReportType0,
        )

        id = str(self.id)

        programme_name = self.programme_name

        report: dict[str, Any] | None
        if isinstance(self.report, QualityImportOutReportType0):
            report = self.report.to_dict()
        else:
            report = self.report

        run_id: None | str
        if isinstance(self.run_id, UUID):
            run_id = str(self.run_id)
        else:
            run_id = self.run_id

        state = self.state

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "programme_name": programme_name,
                "report": report,
                "run_id": run_id,
                "state": state,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quality_import_out_report_type_0 import (
            QualityImportOutReportType0,
        )

        d = dict(src_dict)
        id = UUID(d.pop("id"))

        programme_name = d.pop("programme_name")

        def _parse_report(data: object) -> None | QualityImportOutReportType0:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                report_type_0 = QualityImportOutReportType0.from_dict(data)

                return report_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | QualityImportOutReportType0, data)

        report = _parse_report(d.pop("report"))

        def _parse_run_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                run_id_type_0 = UUID(data)

                return run_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        run_id = _parse_run_id(d.pop("run_id"))

        state = d.pop("state")

        quality_import_out = cls(
            id=id,
            programme_name=programme_name,
            report=report,
            run_id=run_id,
            state=state,
        )

        quality_import_out.additional_properties = d
        return quality_import_out

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
