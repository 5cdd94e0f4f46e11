from typing import Literal

ListFiguresByDimension = Literal["organisation", "queue", "site", "team", "worker"]

LIST_FIGURES_BY_DIMENSION_VALUES: set[ListFiguresByDimension] = {
    "organisation",
    "queue",
    "site",
    "team",
    "worker",
}


def check_list_figures_by_dimension(value: str) -> ListFiguresByDimension:
    if value in LIST_FIGURES_BY_DIMENSION_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {LIST_FIGURES_BY_DIMENSION_VALUES!r}"
    )
