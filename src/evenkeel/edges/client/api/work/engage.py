from http import HTTPStatus
from typing import Any
from urllib.parse import quote
from uuid import UUID

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.work_engagement_in import WorkEngagementIn
from ...models.work_engagement_out import WorkEngagementOut
from ...types import Response


def _get_kwargs(
    programme_id: UUID,
    *,
    body: WorkEngagementIn,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/work/programmes/{programme_id}/engagements".format(
            programme_id=quote(str(programme_id), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | WorkEngagementOut | None:
    if response.status_code == 200:
        response_200 = WorkEngagementOut.from_dict(response.json())

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
) -> Response[Problem | WorkEngagementOut]:
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
    body: WorkEngagementIn,
) -> Response[Problem | WorkEngagementOut]:
    """Engage

     Let an organisation's people take part; doing it twice changes nothing.

    Args:
        programme_id (UUID):
        body (WorkEngagementIn):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | WorkEngagementOut]
    """

    kwargs = _get_kwargs(
        programme_id=programme_id,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    programme_id: UUID,
    *,
    client: AuthenticatedClient,
    body: WorkEngagementIn,
) -> Problem | WorkEngagementOut | None:
    """Engage

     Let an organisation's people take part; doing it twice changes nothing.

    Args:
        programme_id (UUID):
        body (WorkEngagementIn):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | WorkEngagementOut
    """

    return sync_detailed(
        programme_id=programme_id,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    programme_id: UUID,
    *,
    client: AuthenticatedClient,
    body: WorkEngagementIn,
) -> Response[Problem | WorkEngagementOut]:
    """Engage

     Let an organisation's people take part; doing it twice changes nothing.

    Args:
        programme_id (UUID):
        body (WorkEngagementIn):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | WorkEngagementOut]
    """

    kwargs = _get_kwargs(
        programme_id=programme_id,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    programme_id: UUID,
    *,
    client: AuthenticatedClient,
    body: WorkEngagementIn,
) -> Problem | WorkEngagementOut | None:
    """Engage

     Let an organisation's people take part; doing it twice changes nothing.

    Args:
        programme_id (UUID):
        body (WorkEngagementIn):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | WorkEngagementOut
    """

    return (
        await asyncio_detailed(
            programme_id=programme_id,
            client=client,
            body=body,
        )
    ).parsed
