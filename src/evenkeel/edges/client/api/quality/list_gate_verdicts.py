from http import HTTPStatus
from typing import Any
from urllib.parse import quote
from uuid import UUID

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.quality_gate_verdict_out import QualityGateVerdictOut
from ...types import UNSET, Response, Unset


def _get_kwargs(
    gate_id: UUID,
    *,
    limit: int | Unset = 500,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["limit"] = limit

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/quality/gates/{gate_id}/verdicts".format(
            gate_id=quote(str(gate_id), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | list[QualityGateVerdictOut] | None:
    if response.status_code == 200:
        response_200 = []
        _response_200 = response.json()
        for response_200_item_data in _response_200:
            response_200_item = QualityGateVerdictOut.from_dict(response_200_item_data)

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
) -> Response[Problem | list[QualityGateVerdictOut]]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    gate_id: UUID,
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 500,
) -> Response[Problem | list[QualityGateVerdictOut]]:
    """List gate verdicts

     What a gate found, newest first, at most 1,000, of those whom you may see.

    Args:
        gate_id (UUID):
        limit (int | Unset):  Default: 500.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | list[QualityGateVerdictOut]]
    """

    kwargs = _get_kwargs(
        gate_id=gate_id,
        limit=limit,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    gate_id: UUID,
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 500,
) -> Problem | list[QualityGateVerdictOut] | None:
    """List gate verdicts

     What a gate found, newest first, at most 1,000, of those whom you may see.

    Args:
        gate_id (UUID):
        limit (int | Unset):  Default: 500.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | list[QualityGateVerdictOut]
    """

    return sync_detailed(
        gate_id=gate_id,
        client=client,
        limit=limit,
    ).parsed


async def asyncio_detailed(
    gate_id: UUID,
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 500,
) -> Response[Problem | list[QualityGateVerdictOut]]:
    """List gate verdicts

     What a gate found, newest first, at most 1,000, of those whom you may see.

    Args:
        gate_id (UUID):
        limit (int | Unset):  Default: 500.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | list[QualityGateVerdictOut]]
    """

    kwargs = _get_kwargs(
        gate_id=gate_id,
        limit=limit,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    gate_id: UUID,
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 500,
) -> Problem | list[QualityGateVerdictOut] | None:
    """List gate verdicts

     What a gate found, newest first, at most 1,000, of those whom you may see.

    Args:
        gate_id (UUID):
        limit (int | Unset):  Default: 500.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | list[QualityGateVerdictOut]
    """

    return (
        await asyncio_detailed(
            gate_id=gate_id,
            client=client,
            limit=limit,
        )
    ).parsed
