from typing import Literal

ReportsTargetOutBand = Literal["", "critical", "warning"]

REPORTS_TARGET_OUT_BAND_VALUES: set[ReportsTargetOutBand] = {
    "",
    "critical",
    "warning",
}


def check_reports_target_out_band(value: str) -> ReportsTargetOutBand:
    if value in REPORTS_TARGET_OUT_BAND_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {REPORTS_TARGET_OUT_BAND_VALUES!r}"
    )
