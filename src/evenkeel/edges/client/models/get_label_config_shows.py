from typing import Literal

GetLabelConfigShows = Literal["audio", "dialogue", "image", "text", "video"]

GET_LABEL_CONFIG_SHOWS_VALUES: set[GetLabelConfigShows] = {
    "audio",
    "dialogue",
    "image",
    "text",
    "video",
}


def check_get_label_config_shows(value: str) -> GetLabelConfigShows:
    if value in GET_LABEL_CONFIG_SHOWS_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {GET_LABEL_CONFIG_SHOWS_VALUES!r}"
    )
