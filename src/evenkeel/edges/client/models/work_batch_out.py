from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.work_batch_out_forms import WorkBatchOutForms
    from ..models.work_batch_out_schemas import WorkBatchOutSchemas
    from ..models.work_lease_out import WorkLeaseOut


T = TypeVar("T", bound="WorkBatchOut")


@_attrs_define
class WorkBatchOut:
    """
    Attributes:
        decided_today (int): your decisions today that stand, in this queue
        forms (WorkBatchOutForms): the forms that the leases ask by
        leases (list[WorkLeaseOut]):
        policy_version_id (None | UUID): the guideline's version in force
        schemas (WorkBatchOutSchemas): each form's JSON Schema of answers as they are stored
        waiting (int): tasks of the queue that want a decision and that nobody else has in hand; counted up to 1,000
    """

    decided_today: int
    forms: WorkBatchOutForms
    leases: list[WorkLeaseOut]
    policy_version_id: None | UUID
    schemas: WorkBatchOutSchemas
    waiting: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        decided_today = self.decided_today

        forms = self.forms.to_dict()

        leases = []
        for leases_item_data in self.leases:
            leases_item = leases_item_data.to_dict()
            leases.append(leases_item)

        policy_version_id: None | str
        if isinstance(self.policy_version_id, UUID):
            policy_version_id = str(self.policy_version_id)
        else:
            policy_version_id = self.policy_version_id

        schemas = self.schemas.to_dict()

        waiting = self.waiting

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "decided_today": decided_today,
                "forms": forms,
                "leases": leases,
                "policy_version_id": policy_version_id,
                "schemas": schemas,
                "waiting": waiting,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.work_batch_out_forms import WorkBatchOutForms
        from ..models.work_batch_out_schemas import WorkBatchOutSchemas
        from ..models.work_lease_out import WorkLeaseOut

        d = dict(src_dict)
        decided_today = d.pop("decided_today")

        forms = WorkBatchOutForms.from_dict(d.pop("forms"))

        leases = []
        _leases = d.pop("leases")
        for leases_item_data in _leases:
            leases_item = WorkLeaseOut.from_dict(leases_item_data)

            leases.append(leases_item)

        def _parse_policy_version_id(data: object) -> None | UUID:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                policy_version_id_type_0 = UUID(data)

                return policy_version_id_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | UUID, data)

        policy_version_id = _parse_policy_version_id(d.pop("policy_version_id"))

        schemas = WorkBatchOutSchemas.from_dict(d.pop("schemas"))

        waiting = d.pop("waiting")

        work_batch_out = cls(
            decided_today=decided_today,
            forms=forms,
            leases=leases,
            policy_version_id=policy_version_id,
            schemas=schemas,
            waiting=waiting,
        )

        work_batch_out.additional_properties = d
        return work_batch_out

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
