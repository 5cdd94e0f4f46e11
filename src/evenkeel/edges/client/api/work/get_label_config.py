from http import HTTPStatus
from typing import Any
from urllib.parse import quote
from uuid import UUID

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.get_label_config_shows import (
    GetLabelConfigShows,
)
from ...models.problem import Problem
from ...models.work_config_out import WorkConfigOut
from ...types import UNSET, Response, Unset


def _get_kwargs(
    form_version_id: UUID,
    *,
    shows: GetLabelConfigShows | Unset = "text",
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_shows: str | Unset = UNSET
    if not isinstance(shows, Unset):
        json_shows = shows

    params["shows"] = json_shows

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/work/form_versions/{form_version_id}/label_config".format(
            form_version_id=quote(str(form_version_id), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | WorkConfigOut | None:
    if response.status_code == 200:
        response_200 = WorkConfigOut.from_dict(response.json())

        return response_200

    if response.status_code == 401:
        response_401 = Problem.from_dict(response.json())

        return response_401

    if response.status_code == 403:
        response_403 = Problem.from_dict(response.json())

        return response_403

    if response.status_code == 404:
        response_404 = Problem.from_dict(response.json())

        return response_404

    if response.status_code == 409:
        response_409 = Problem.from_dict(response.json())

        return response_409

    if response.status_code == 422:
        response_422 = Problem.from_dict(response.json())

        return response_422

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Problem | WorkConfigOut]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    form_version_id: UUID,
    *,
    client: AuthenticatedClient,
    shows: GetLabelConfigShows | Unset = "text",
) -> Response[Problem | WorkConfigOut]:
    """Get label config

     A form as a labelling configuration of Label Studio, about items that show text, dialogue, image,
    audio or video.

    Args:
        form_version_id (UUID):
        shows (GetLabelConfigShows | Unset):  Default: 'text'.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | WorkConfigOut]
    """

    kwargs = _get_kwargs(
        form_version_id=form_version_id,
        shows=shows,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    form_version_id: UUID,
    *,
    client: AuthenticatedClient,
    shows: GetLabelConfigShows | Unset = "text",
) -> Problem | WorkConfigOut | None:
    """Get label config

     A form as a labelling configuration of Label Studio, about items that show text, dialogue, image,
    audio or video.

    Args:
        form_version_id (UUID):
        shows (GetLabelConfigShows | Unset):  Default: 'text'.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | WorkConfigOut
    """

    return sync_detailed(
        form_version_id=form_version_id,
        client=client,
        shows=shows,
    ).parsed


async def asyncio_detailed(
    form_version_id: UUID,
    *,
    client: AuthenticatedClient,
    shows: GetLabelConfigShows | Unset = "text",
) -> Response[Problem | WorkConfigOut]:
    """Get label config

     A form as a labelling configuration of Label Studio, about items that show text, dialogue, image,
    audio or video.

    Args:
        form_version_id (UUID):
        shows (GetLabelConfigShows | Unset):  Default: 'text'.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | WorkConfigOut]
    """

    kwargs = _get_kwargs(
        form_version_id=form_version_id,
        shows=shows,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    form_version_id: UUID,
    *,
    client: AuthenticatedClient,
    shows: GetLabelConfigShows | Unset = "text",
) -> Problem | WorkConfigOut | None:
    """Get label config

     A form as a labelling configuration of Label Studio, about items that show text, dialogue, image,
    audio or video.

    Args:
        form_version_id (UUID):
        shows (GetLabelConfigShows | Unset):  Default: 'text'.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | WorkConfigOut
    """

    return (
        await asyncio_detailed(
            form_version_id=form_version_id,
            client=client,
            shows=shows,
        )
    ).parsed
