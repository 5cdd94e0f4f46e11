from http import HTTPStatus
from typing import Any
from urllib.parse import quote
from uuid import UUID

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.quality_skill_out import QualitySkillOut
from ...types import UNSET, Response


def _get_kwargs(
    queue_id: UUID,
    *,
    worker_id: UUID,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_worker_id = str(worker_id)
    params["worker_id"] = json_worker_id

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/quality/queues/{queue_id}/golds/skill".format(
            queue_id=quote(str(queue_id), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | QualitySkillOut | None:
    if response.status_code == 200:
        response_200 = QualitySkillOut.from_dict(response.json())

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
) -> Response[Problem | QualitySkillOut]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    queue_id: UUID,
    *,
    client: AuthenticatedClient,
    worker_id: UUID,
) -> Response[Problem | QualitySkillOut]:
    """Gold skill

     How a worker answered the queue's golden items, by class. Who looks at whose figures is recorded.

    Args:
        queue_id (UUID):
        worker_id (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | QualitySkillOut]
    """

    kwargs = _get_kwargs(
        queue_id=queue_id,
        worker_id=worker_id,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    queue_id: UUID,
    *,
    client: AuthenticatedClient,
    worker_id: UUID,
) -> Problem | QualitySkillOut | None:
    """Gold skill

     How a worker answered the queue's golden items, by class. Who looks at whose figures is recorded.

    Args:
        queue_id (UUID):
        worker_id (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | QualitySkillOut
    """

    return sync_detailed(
        queue_id=queue_id,
        client=client,
        worker_id=worker_id,
    ).parsed


async def asyncio_detailed(
    queue_id: UUID,
    *,
    client: AuthenticatedClient,
    worker_id: UUID,
) -> Response[Problem | QualitySkillOut]:
    """Gold skill

     How a worker answered the queue's golden items, by class. Who looks at whose figures is recorded.

    Args:
        queue_id (UUID):
        worker_id (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | QualitySkillOut]
    """

    kwargs = _get_kwargs(
        queue_id=queue_id,
        worker_id=worker_id,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    queue_id: UUID,
    *,
    client: AuthenticatedClient,
    worker_id: UUID,
) -> Problem | QualitySkillOut | None:
    """Gold skill

     How a worker answered the queue's golden items, by class. Who looks at whose figures is recorded.

    Args:
        queue_id (UUID):
        worker_id (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | QualitySkillOut
    """

    return (
        await asyncio_detailed(
            queue_id=queue_id,
            client=client,
            worker_id=worker_id,
        )
    ).parsed
