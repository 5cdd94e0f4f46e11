from http import HTTPStatus
from typing import Any
from uuid import UUID

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.quality_disputes_page import QualityDisputesPage
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    is_open: bool | None | Unset = UNSET,
    after: None | Unset | UUID = UNSET,
    limit: int | Unset = 100,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_is_open: bool | None | Unset
    if isinstance(is_open, Unset):
        json_is_open = UNSET
    else:
        json_is_open = is_open
    params["is_open"] = json_is_open

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
        "url": "/api/v1/quality/disputes",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | QualityDisputesPage | None:
    if response.status_code == 200:
        response_200 = QualityDisputesPage.from_dict(response.json())

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
) -> Response[Problem | QualityDisputesPage]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    is_open: bool | None | Unset = UNSET,
    after: None | Unset | UUID = UNSET,
    limit: int | Unset = 100,
) -> Response[Problem | QualityDisputesPage]:
    """List disputes

     The disputes that you may see, in the order in which they were raised.

    Args:
        is_open (bool | None | Unset):
        after (None | Unset | UUID):
        limit (int | Unset):  Default: 100.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | QualityDisputesPage]
    """

    kwargs = _get_kwargs(
        is_open=is_open,
        after=after,
        limit=limit,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    is_open: bool | None | Unset = UNSET,
    after: None | Unset | UUID = UNSET,
    limit: int | Unset = 100,
) -> Problem | QualityDisputesPage | None:
    """List disputes

     The disputes that you may see, in the order in which they were raised.

    Args:
        is_open (bool | None | Unset):
        after (None | Unset | UUID):
        limit (int | Unset):  Default: 100.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | QualityDisputesPage
    """

    return sync_detailed(
        client=client,
        is_open=is_open,
        after=after,
        limit=limit,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    is_open: bool | None | Unset = UNSET,
    after: None | Unset | UUID = UNSET,
    limit: int | Unset = 100,
) -> Response[Problem | QualityDisputesPage]:
    """List disputes

     The disputes that you may see, in the order in which they were raised.

    Args:
        is_open (bool | None | Unset):
        after (None | Unset | UUID):
        limit (int | Unset):  Default: 100.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | QualityDisputesPage]
    """

    kwargs = _get_kwargs(
        is_open=is_open,
        after=after,
        limit=limit,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    is_open: bool | None | Unset = UNSET,
    after: None | Unset | UUID = UNSET,
    limit: int | Unset = 100,
) -> Problem | QualityDisputesPage | None:
    """List disputes

     The disputes that you may see, in the order in which they were raised.

    Args:
        is_open (bool | None | Unset):
        after (None | Unset | UUID):
        limit (int | Unset):  Default: 100.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | QualityDisputesPage
    """

    return (
        await asyncio_detailed(
            client=client,
            is_open=is_open,
            after=after,
            limit=limit,
        )
    ).parsed
