from typing import Literal

ReportsTileInByItem = Literal[
    "hour",
    "item_kind",
    "label",
    "language",
    "market",
    "organisation",
    "policy_version",
    "programme",
    "queue",
    "severity",
    "site",
    "source",
    "state",
    "team",
    "tenure",
    "worker",
]

REPORTS_TILE_IN_BY_ITEM_VALUES: set[ReportsTileInByItem] = {
    "hour",
    "item_kind",
    "label",
    "language",
    "market",
    "organisation",
    "policy_version",
    "programme",
    "queue",
    "severity",
    "site",
    "source",
    "state",
    "team",
    "tenure",
    "worker",
}


def check_reports_tile_in_by_item(value: str) -> ReportsTileInByItem:
    if value in REPORTS_TILE_IN_BY_ITEM_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {REPORTS_TILE_IN_BY_ITEM_VALUES!r}"
    )
