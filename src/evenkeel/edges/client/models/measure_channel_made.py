from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.measure_channel_out import MeasureChannelOut


T = TypeVar("T", bound="MeasureChannelMade")


@_attrs_define
class MeasureChannelMade:
    """`secret` signs a webhook's messages; it is shown this once.

    Attributes:
        channel (MeasureChannelOut): The address itself is not told again: whoever knows it may write there.
        secret (str):
    """

    channel: MeasureChannelOut
    secret: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        channel = self.channel.to_dict()

        secret = self.secret

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "channel": channel,
                "secret": secret,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.measure_channel_out import MeasureChannelOut

        d = dict(src_dict)
        channel = MeasureChannelOut.from_dict(d.pop("channel"))

        secret = d.pop("secret")

        measure_channel_made = cls(
            channel=channel,
            secret=secret,
        )

        measure_channel_made.additional_properties = d
        return measure_channel_made

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
