from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.measure_watch_out import MeasureWatchOut
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    offset: int | Unset = 0,
    limit: int | Unset = 100,
    is_open: bool | Unset = True,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["offset"] = offset

    params["limit"] = limit

    params["is_open"] = is_open

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/measure/watches",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | list[MeasureWatchOut] | None:
    if response.status_code == 200:
        response_200 = []
        _response_200 = response.json()
        for response_200_item_data in _response_200:
            response_200_item = MeasureWatchOut.from_dict(response_200_item_data)

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
) -> Response[Problem | list[MeasureWatchOut]]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    offset: int | Unset = 0,
    limit: int | Unset = 100,
    is_open: bool | Unset = True,
) -> Response[Problem | list[MeasureWatchOut]]:
    """List watches

     The lines of the watch list. Beside them accuracy is watched everywhere, and every metric where a
    target holds.

    Args:
        offset (int | Unset):  Default: 0.
        limit (int | Unset):  Default: 100.
        is_open (bool | Unset):  Default: True.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | list[MeasureWatchOut]]
    """

    kwargs = _get_kwargs(
        offset=offset,
        limit=limit,
        is_open=is_open,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    offset: int | Unset = 0,
    limit: int | Unset = 100,
    is_open: bool | Unset = True,
) -> Problem | list[MeasureWatchOut] | None:
    """List watches

     The lines of the watch list. Beside them accuracy is watched everywhere, and every metric where a
    target holds.

    Args:
        offset (int | Unset):  Default: 0.
        limit (int | Unset):  Default: 100.
        is_open (bool | Unset):  Default: True.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | list[MeasureWatchOut]
    """

    return sync_detailed(
        client=client,
        offset=offset,
        limit=limit,
        is_open=is_open,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    offset: int | Unset = 0,
    limit: int | Unset = 100,
    is_open: bool | Unset = True,
) -> Response[Problem | list[MeasureWatchOut]]:
    """List watches

     The lines of the watch list. Beside them accuracy is watched everywhere, and every metric where a
    target holds.

    Args:
        offset (int | Unset):  Default: 0.
        limit (int | Unset):  Default: 100.
        is_open (bool | Unset):  Default: True.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | list[MeasureWatchOut]]
    """

    kwargs = _get_kwargs(
        offset=offset,
        limit=limit,
        is_open=is_open,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    offset: int | Unset = 0,
    limit: int | Unset = 100,
    is_open: bool | Unset = True,
) -> Problem | list[MeasureWatchOut] | None:
    """List watches

     The lines of the watch list. Beside them accuracy is watched everywhere, and every metric where a
    target holds.

    Args:
        offset (int | Unset):  Default: 0.
        limit (int | Unset):  Default: 100.
        is_open (bool | Unset):  Default: True.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | list[MeasureWatchOut]
    """

    return (
        await asyncio_detailed(
            client=client,
            offset=offset,
            limit=limit,
            is_open=is_open,
        )
    ).parsed
