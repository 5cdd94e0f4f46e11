from http import HTTPStatus
from typing import Any
from urllib.parse import quote
from uuid import UUID

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.reports_exploration_in import ReportsExplorationIn
from ...models.reports_exploration_out import ReportsExplorationOut
from ...types import Response


def _get_kwargs(
    exploration_id: UUID,
    *,
    body: ReportsExplorationIn,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/api/v1/reports/explorations/{exploration_id}".format(
            exploration_id=quote(str(exploration_id), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | ReportsExplorationOut | None:
    if response.status_code == 200:
        response_200 = ReportsExplorationOut.from_dict(response.json())

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
) -> Response[Problem | ReportsExplorationOut]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    exploration_id: UUID,
    *,
    client: AuthenticatedClient,
    body: ReportsExplorationIn,
) -> Response[Problem | ReportsExplorationOut]:
    """Change exploration

     Change one of your own.

    Args:
        exploration_id (UUID):
        body (ReportsExplorationIn): A question with its name, and whom it is shared with.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | ReportsExplorationOut]
    """

    kwargs = _get_kwargs(
        exploration_id=exploration_id,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    exploration_id: UUID,
    *,
    client: AuthenticatedClient,
    body: ReportsExplorationIn,
) -> Problem | ReportsExplorationOut | None:
    """Change exploration

     Change one of your own.

    Args:
        exploration_id (UUID):
        body (ReportsExplorationIn): A question with its name, and whom it is shared with.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | ReportsExplorationOut
    """

    return sync_detailed(
        exploration_id=exploration_id,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    exploration_id: UUID,
    *,
    client: AuthenticatedClient,
    body: ReportsExplorationIn,
) -> Response[Problem | ReportsExplorationOut]:
    """Change exploration

     Change one of your own.

    Args:
        exploration_id (UUID):
        body (ReportsExplorationIn): A question with its name, and whom it is shared with.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | ReportsExplorationOut]
    """

    kwargs = _get_kwargs(
        exploration_id=exploration_id,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    exploration_id: UUID,
    *,
    client: AuthenticatedClient,
    body: ReportsExplorationIn,
) -> Problem | ReportsExplorationOut | None:
    """Change exploration

     Change one of your own.

    Args:
        exploration_id (UUID):
        body (ReportsExplorationIn): A question with its name, and whom it is shared with.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | ReportsExplorationOut
    """

    return (
        await asyncio_detailed(
            exploration_id=exploration_id,
            client=client,
            body=body,
        )
    ).parsed
