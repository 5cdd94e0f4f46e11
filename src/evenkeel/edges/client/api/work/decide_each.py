from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.work_decide_each_in import WorkDecideEachIn
from ...models.work_decided_out import WorkDecidedOut
from ...types import Response


def _get_kwargs(
    *,
    body: WorkDecideEachIn,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/work/decisions",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | WorkDecidedOut | None:
    if response.status_code == 200:
        response_200 = WorkDecidedOut.from_dict(response.json())

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
) -> Response[Problem | WorkDecidedOut]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: WorkDecideEachIn,
) -> Response[Problem | WorkDecidedOut]:
    """Decide each

     Decide on up to a hundred items in hand. Each is as idempotent as one alone; one that is refused
    keeps no other back.

    With `take` the answer brings the next batch along: one request in place of two. Sent again it hands
    out what you have
    in hand by then, and no more.

    Args:
        body (WorkDecideEachIn):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | WorkDecidedOut]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    body: WorkDecideEachIn,
) -> Problem | WorkDecidedOut | None:
    """Decide each

     Decide on up to a hundred items in hand. Each is as idempotent as one alone; one that is refused
    keeps no other back.

    With `take` the answer brings the next batch along: one request in place of two. Sent again it hands
    out what you have
    in hand by then, and no more.

    Args:
        body (WorkDecideEachIn):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | WorkDecidedOut
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: WorkDecideEachIn,
) -> Response[Problem | WorkDecidedOut]:
    """Decide each

     Decide on up to a hundred items in hand. Each is as idempotent as one alone; one that is refused
    keeps no other back.

    With `take` the answer brings the next batch along: one request in place of two. Sent again it hands
    out what you have
    in hand by then, and no more.

    Args:
        body (WorkDecideEachIn):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | WorkDecidedOut]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: WorkDecideEachIn,
) -> Problem | WorkDecidedOut | None:
    """Decide each

     Decide on up to a hundred items in hand. Each is as idempotent as one alone; one that is refused
    keeps no other back.

    With `take` the answer brings the next batch along: one request in place of two. Sent again it hands
    out what you have
    in hand by then, and no more.

    Args:
        body (WorkDecideEachIn):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | WorkDecidedOut
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
