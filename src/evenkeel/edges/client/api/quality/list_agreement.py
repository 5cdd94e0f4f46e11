from http import HTTPStatus
from typing import Any
from urllib.parse import quote
from uuid import UUID

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.quality_cut_out import QualityCutOut
from ...types import UNSET, Response, Unset


def _get_kwargs(
    programme_id: UUID,
    *,
    by: str | Unset = "class",
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["by"] = by

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/quality/programmes/{programme_id}/agreement".format(
            programme_id=quote(str(programme_id), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | list[QualityCutOut] | None:
    if response.status_code == 200:
        response_200 = []
        _response_200 = response.json()
        for response_200_item_data in _response_200:
            response_200_item = QualityCutOut.from_dict(response_200_item_data)

            response_200.append(response_200_item)

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
) -> Response[Problem | list[QualityCutOut]]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    programme_id: UUID,
    *,
    client: AuthenticatedClient,
    by: str | Unset = "class",
) -> Response[Problem | list[QualityCutOut]]:
    """List agreement

     Agreement by one side: all, class, clause, language, site, vendor, queue or pair; from what the job
    kept.

    Args:
        programme_id (UUID):
        by (str | Unset):  Default: 'class'.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | list[QualityCutOut]]
    """

    kwargs = _get_kwargs(
        programme_id=programme_id,
        by=by,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    programme_id: UUID,
    *,
    client: AuthenticatedClient,
    by: str | Unset = "class",
) -> Problem | list[QualityCutOut] | None:
    """List agreement

     Agreement by one side: all, class, clause, language, site, vendor, queue or pair; from what the job
    kept.

    Args:
        programme_id (UUID):
        by (str | Unset):  Default: 'class'.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | list[QualityCutOut]
    """

    return sync_detailed(
        programme_id=programme_id,
        client=client,
        by=by,
    ).parsed


async def asyncio_detailed(
    programme_id: UUID,
    *,
    client: AuthenticatedClient,
    by: str | Unset = "class",
) -> Response[Problem | list[QualityCutOut]]:
    """List agreement

     Agreement by one side: all, class, clause, language, site, vendor, queue or pair; from what the job
    kept.

    Args:
        programme_id (UUID):
        by (str | Unset):  Default: 'class'.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | list[QualityCutOut]]
    """

    kwargs = _get_kwargs(
        programme_id=programme_id,
        by=by,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    programme_id: UUID,
    *,
    client: AuthenticatedClient,
    by: str | Unset = "class",
) -> Problem | list[QualityCutOut] | None:
    """List agreement

     Agreement by one side: all, class, clause, language, site, vendor, queue or pair; from what the job
    kept.

    Args:
        programme_id (UUID):
        by (str | Unset):  Default: 'class'.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | list[QualityCutOut]
    """

    return (
        await asyncio_detailed(
            programme_id=programme_id,
            client=client,
            by=by,
        )
    ).parsed
