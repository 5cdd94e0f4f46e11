from http import HTTPStatus
from typing import Any
from urllib.parse import quote
from uuid import UUID

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.work_deliveries_page import WorkDeliveriesPage
from ...types import UNSET, Response, Unset


def _get_kwargs(
    endpoint_id: UUID,
    *,
    is_dead: bool | None | Unset = UNSET,
    after: None | Unset | UUID = UNSET,
    limit: int | Unset = 100,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_is_dead: bool | None | Unset
    if isinstance(is_dead, Unset):
        json_is_dead = UNSET
    else:
        json_is_dead = is_dead
    params["is_dead"] = json_is_dead

    json_after: None | str | Unset
    if isinstance(after, Unset):
        json_after = UNSET
    elif isinstance(after, UUID):
        json_after = str(after)
    else:
        json_after = after
    params["after"] = json_after

    params["limit"] = limit

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/work/endpoints/{endpoint_id}/deliveries".format(
            endpoint_id=quote(str(endpoint_id), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | WorkDeliveriesPage | None:
    if response.status_code == 200:
        response_200 = WorkDeliveriesPage.from_dict(response.json())

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
) -> Response[Problem | WorkDeliveriesPage]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    endpoint_id: UUID,
    *,
    client: AuthenticatedClient,
    is_dead: bool | None | Unset = UNSET,
    after: None | Unset | UUID = UNSET,
    limit: int | Unset = 100,
) -> Response[Problem | WorkDeliveriesPage]:
    """List deliveries

     What was written to an endpoint, in order; `is_dead` for what was given up.

    Args:
        endpoint_id (UUID):
        is_dead (bool | None | Unset):
        after (None | Unset | UUID):
        limit (int | Unset):  Default: 100.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | WorkDeliveriesPage]
    """

    kwargs = _get_kwargs(
        endpoint_id=endpoint_id,
        is_dead=is_dead,
        after=after,
        limit=limit,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    endpoint_id: UUID,
    *,
    client: AuthenticatedClient,
    is_dead: bool | None | Unset = UNSET,
    after: None | Unset | UUID = UNSET,
    limit: int | Unset = 100,
) -> Problem | WorkDeliveriesPage | None:
    """List deliveries

     What was written to an endpoint, in order; `is_dead` for what was given up.

    Args:
        endpoint_id (UUID):
        is_dead (bool | None | Unset):
        after (None | Unset | UUID):
        limit (int | Unset):  Default: 100.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | WorkDeliveriesPage
    """

    return sync_detailed(
        endpoint_id=endpoint_id,
        client=client,
        is_dead=is_dead,
        after=after,
        limit=limit,
    ).parsed


async def asyncio_detailed(
    endpoint_id: UUID,
    *,
    client: AuthenticatedClient,
    is_dead: bool | None | Unset = UNSET,
    after: None | Unset | UUID = UNSET,
    limit: int | Unset = 100,
) -> Response[Problem | WorkDeliveriesPage]:
    """List deliveries

     What was written to an endpoint, in order; `is_dead` for what was given up.

    Args:
        endpoint_id (UUID):
        is_dead (bool | None | Unset):
        after (None | Unset | UUID):
        limit (int | Unset):  Default: 100.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | WorkDeliveriesPage]
    """

    kwargs = _get_kwargs(
        endpoint_id=endpoint_id,
        is_dead=is_dead,
        after=after,
        limit=limit,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    endpoint_id: UUID,
    *,
    client: AuthenticatedClient,
    is_dead: bool | None | Unset = UNSET,
    after: None | Unset | UUID = UNSET,
    limit: int | Unset = 100,
) -> Problem | WorkDeliveriesPage | None:
    """List deliveries

     What was written to an endpoint, in order; `is_dead` for what was given up.

    Args:
        endpoint_id (UUID):
        is_dead (bool | None | Unset):
        after (None | Unset | UUID):
        limit (int | Unset):  Default: 100.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | WorkDeliveriesPage
    """

    return (
        await asyncio_detailed(
            endpoint_id=endpoint_id,
            client=client,
            is_dead=is_dead,
            after=after,
            limit=limit,
        )
    ).parsed
