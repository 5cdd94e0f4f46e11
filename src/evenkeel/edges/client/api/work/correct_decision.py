from http import HTTPStatus
from typing import Any
from urllib.parse import quote
from uuid import UUID

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.work_correction_in import WorkCorrectionIn
from ...models.work_decision_out import WorkDecisionOut
from ...types import Response


def _get_kwargs(
    decision_id: UUID,
    *,
    body: WorkCorrectionIn,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/work/decisions/{decision_id}/correct".format(
            decision_id=quote(str(decision_id), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | WorkDecisionOut | None:
    if response.status_code == 200:
        response_200 = WorkDecisionOut.from_dict(response.json())

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
) -> Response[Problem | WorkDecisionOut]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    decision_id: UUID,
    *,
    client: AuthenticatedClient,
    body: WorkCorrectionIn,
) -> Response[Problem | WorkDecisionOut]:
    """Correct decision

     Put somebody else's decision right, once its maker can no longer take it back; answers with the one
    that stands now.

    Args:
        decision_id (UUID):
        body (WorkCorrectionIn):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | WorkDecisionOut]
    """

    kwargs = _get_kwargs(
        decision_id=decision_id,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    decision_id: UUID,
    *,
    client: AuthenticatedClient,
    body: WorkCorrectionIn,
) -> Problem | WorkDecisionOut | None:
    """Correct decision

     Put somebody else's decision right, once its maker can no longer take it back; answers with the one
    that stands now.

    Args:
        decision_id (UUID):
        body (WorkCorrectionIn):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | WorkDecisionOut
    """

    return sync_detailed(
        decision_id=decision_id,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    decision_id: UUID,
    *,
    client: AuthenticatedClient,
    body: WorkCorrectionIn,
) -> Response[Problem | WorkDecisionOut]:
    """Correct decision

     Put somebody else's decision right, once its maker can no longer take it back; answers with the one
    that stands now.

    Args:
        decision_id (UUID):
        body (WorkCorrectionIn):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | WorkDecisionOut]
    """

    kwargs = _get_kwargs(
        decision_id=decision_id,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    decision_id: UUID,
    *,
    client: AuthenticatedClient,
    body: WorkCorrectionIn,
) -> Problem | WorkDecisionOut | None:
    """Correct decision

     Put somebody else's decision right, once its maker can no longer take it back; answers with the one
    that stands now.

    Args:
        decision_id (UUID):
        body (WorkCorrectionIn):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | WorkDecisionOut
    """

    return (
        await asyncio_detailed(
            decision_id=decision_id,
            client=client,
            body=body,
        )
    ).parsed
