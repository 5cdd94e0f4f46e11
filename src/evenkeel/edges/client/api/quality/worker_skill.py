from http import HTTPStatus
from typing import Any
from urllib.parse import quote
from uuid import UUID

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.quality_worker_skill_out import QualityWorkerSkillOut
from ...models.worker_skill_by import WorkerSkillBy
from ...types import UNSET, Response, Unset


def _get_kwargs(
    worker_id: UUID,
    *,
    by: WorkerSkillBy | Unset = "class",
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_by: str | Unset = UNSET
    if not isinstance(by, Unset):
        json_by = by

    params["by"] = json_by

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/quality/workers/{worker_id}/skill".format(
            worker_id=quote(str(worker_id), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | QualityWorkerSkillOut | None:
    if response.status_code == 200:
        response_200 = QualityWorkerSkillOut.from_dict(response.json())

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
) -> Response[Problem | QualityWorkerSkillOut]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    worker_id: UUID,
    *,
    client: AuthenticatedClient,
    by: WorkerSkillBy | Unset = "class",
) -> Response[Problem | QualityWorkerSkillOut]:
    """Worker skill

     How well somebody answers, over 91 days: your own, or those whom you lead. Who looks at whose is
    recorded.

    Args:
        worker_id (UUID):
        by (WorkerSkillBy | Unset):  Default: 'class'.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | QualityWorkerSkillOut]
    """

    kwargs = _get_kwargs(
        worker_id=worker_id,
        by=by,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    worker_id: UUID,
    *,
    client: AuthenticatedClient,
    by: WorkerSkillBy | Unset = "class",
) -> Problem | QualityWorkerSkillOut | None:
    """Worker skill

     How well somebody answers, over 91 days: your own, or those whom you lead. Who looks at whose is
    recorded.

    Args:
        worker_id (UUID):
        by (WorkerSkillBy | Unset):  Default: 'class'.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | QualityWorkerSkillOut
    """

    return sync_detailed(
        worker_id=worker_id,
        client=client,
        by=by,
    ).parsed


async def asyncio_detailed(
    worker_id: UUID,
    *,
    client: AuthenticatedClient,
    by: WorkerSkillBy | Unset = "class",
) -> Response[Problem | QualityWorkerSkillOut]:
    """Worker skill

     How well somebody answers, over 91 days: your own, or those whom you lead. Who looks at whose is
    recorded.

    Args:
        worker_id (UUID):
        by (WorkerSkillBy | Unset):  Default: 'class'.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | QualityWorkerSkillOut]
    """

    kwargs = _get_kwargs(
        worker_id=worker_id,
        by=by,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    worker_id: UUID,
    *,
    client: AuthenticatedClient,
    by: WorkerSkillBy | Unset = "class",
) -> Problem | QualityWorkerSkillOut | None:
    """Worker skill

     How well somebody answers, over 91 days: your own, or those whom you lead. Who looks at whose is
    recorded.

    Args:
        worker_id (UUID):
        by (WorkerSkillBy | Unset):  Default: 'class'.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | QualityWorkerSkillOut
    """

    return (
        await asyncio_detailed(
            worker_id=worker_id,
            client=client,
            by=by,
        )
    ).parsed
