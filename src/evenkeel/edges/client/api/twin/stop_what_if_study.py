from http import HTTPStatus
from typing import Any
from urllib.parse import quote
from uuid import UUID

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.twin_study_out import TwinStudyOut
from ...types import Response


def _get_kwargs(
    what_if_study_id: UUID,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/twin/what-if-studies/{what_if_study_id}/stopping".format(
            what_if_study_id=quote(str(what_if_study_id), safe=""),
        ),
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | TwinStudyOut | None:
    if response.status_code == 200:
        response_200 = TwinStudyOut.from_dict(response.json())

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
) -> Response[Problem | TwinStudyOut]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    what_if_study_id: UUID,
    *,
    client: AuthenticatedClient,
) -> Response[Problem | TwinStudyOut]:
    """Stop what if study

     End it where it is; what was lived through stays.

    Args:
        what_if_study_id (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | TwinStudyOut]
    """

    kwargs = _get_kwargs(
        what_if_study_id=what_if_study_id,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    what_if_study_id: UUID,
    *,
    client: AuthenticatedClient,
) -> Problem | TwinStudyOut | None:
    """Stop what if study

     End it where it is; what was lived through stays.

    Args:
        what_if_study_id (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | TwinStudyOut
    """

    return sync_detailed(
        what_if_study_id=what_if_study_id,
        client=client,
    ).parsed


async def asyncio_detailed(
    what_if_study_id: UUID,
    *,
    client: AuthenticatedClient,
) -> Response[Problem | TwinStudyOut]:
    """Stop what if study

     End it where it is; what was lived through stays.

    Args:
        what_if_study_id (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | TwinStudyOut]
    """

    kwargs = _get_kwargs(
        what_if_study_id=what_if_study_id,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    what_if_study_id: UUID,
    *,
    client: AuthenticatedClient,
) -> Problem | TwinStudyOut | None:
    """Stop what if study

     End it where it is; what was lived through stays.

    Args:
        what_if_study_id (UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | TwinStudyOut
    """

    return (
        await asyncio_detailed(
            what_if_study_id=what_if_study_id,
            client=client,
        )
    ).parsed
