from http import HTTPStatus
from typing import Any
from urllib.parse import quote
from uuid import UUID

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.measure_signal_out import MeasureSignalOut
from ...models.measure_snooze_in import MeasureSnoozeIn
from ...models.problem import Problem
from ...types import Response


def _get_kwargs(
    signal_id: UUID,
    *,
    body: MeasureSnoozeIn,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/measure/signals/{signal_id}/snooze".format(
            signal_id=quote(str(signal_id), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> MeasureSignalOut | Problem | None:
    if response.status_code == 200:
        response_200 = MeasureSignalOut.from_dict(response.json())

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
) -> Response[MeasureSignalOut | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    signal_id: UUID,
    *,
    client: AuthenticatedClient,
    body: MeasureSnoozeIn,
) -> Response[MeasureSignalOut | Problem]:
    """Snooze signal

     Put a signal to sleep until a moment, 30 days at most, with a reason.

    Args:
        signal_id (UUID):
        body (MeasureSnoozeIn):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[MeasureSignalOut | Problem]
    """

    kwargs = _get_kwargs(
        signal_id=signal_id,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    signal_id: UUID,
    *,
    client: AuthenticatedClient,
    body: MeasureSnoozeIn,
) -> MeasureSignalOut | Problem | None:
    """Snooze signal

     Put a signal to sleep until a moment, 30 days at most, with a reason.

    Args:
        signal_id (UUID):
        body (MeasureSnoozeIn):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        MeasureSignalOut | Problem
    """

    return sync_detailed(
        signal_id=signal_id,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    signal_id: UUID,
    *,
    client: AuthenticatedClient,
    body: MeasureSnoozeIn,
) -> Response[MeasureSignalOut | Problem]:
    """Snooze signal

     Put a signal to sleep until a moment, 30 days at most, with a reason.

    Args:
        signal_id (UUID):
        body (MeasureSnoozeIn):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[MeasureSignalOut | Problem]
    """

    kwargs = _get_kwargs(
        signal_id=signal_id,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    signal_id: UUID,
    *,
    client: AuthenticatedClient,
    body: MeasureSnoozeIn,
) -> MeasureSignalOut | Problem | None:
    """Snooze signal

     Put a signal to sleep until a moment, 30 days at most, with a reason.

    Args:
        signal_id (UUID):
        body (MeasureSnoozeIn):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        MeasureSignalOut | Problem
    """

    return (
        await asyncio_detailed(
            signal_id=signal_id,
            client=client,
            body=body,
        )
    ).parsed
