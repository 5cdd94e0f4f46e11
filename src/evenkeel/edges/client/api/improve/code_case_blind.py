from http import HTTPStatus
from typing import Any
from urllib.parse import quote
from uuid import UUID

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.improve_blind_in import ImproveBlindIn
from ...models.improve_blind_out import ImproveBlindOut
from ...models.problem import Problem
from ...types import Response


def _get_kwargs(
    case_id: UUID,
    *,
    body: ImproveBlindIn,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/improve/cases/{case_id}/blind-codings".format(
            case_id=quote(str(case_id), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ImproveBlindOut | Problem | None:
    if response.status_code == 200:
        response_200 = ImproveBlindOut.from_dict(response.json())

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
) -> Response[ImproveBlindOut | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    case_id: UUID,
    *,
    client: AuthenticatedClient,
    body: ImproveBlindIn,
) -> Response[ImproveBlindOut | Problem]:
    """Code case blind

     Code a case of the second share, or of one's validation, without seeing what others said.

    Args:
        case_id (UUID):
        body (ImproveBlindIn): A second word on a case. With `validation_id` it is the
            validator's.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ImproveBlindOut | Problem]
    """

    kwargs = _get_kwargs(
        case_id=case_id,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    case_id: UUID,
    *,
    client: AuthenticatedClient,
    body: ImproveBlindIn,
) -> ImproveBlindOut | Problem | None:
    """Code case blind

     Code a case of the second share, or of one's validation, without seeing what others said.

    Args:
        case_id (UUID):
        body (ImproveBlindIn): A second word on a case. With `validation_id` it is the
            validator's.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ImproveBlindOut | Problem
    """

    return sync_detailed(
        case_id=case_id,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    case_id: UUID,
    *,
    client: AuthenticatedClient,
    body: ImproveBlindIn,
) -> Response[ImproveBlindOut | Problem]:
    """Code case blind

     Code a case of the second share, or of one's validation, without seeing what others said.

    Args:
        case_id (UUID):
        body (ImproveBlindIn): A second word on a case. With `validation_id` it is the
            validator's.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ImproveBlindOut | Problem]
    """

    kwargs = _get_kwargs(
        case_id=case_id,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    case_id: UUID,
    *,
    client: AuthenticatedClient,
    body: ImproveBlindIn,
) -> ImproveBlindOut | Problem | None:
    """Code case blind

     Code a case of the second share, or of one's validation, without seeing what others said.

    Args:
        case_id (UUID):
        body (ImproveBlindIn): A second word on a case. With `validation_id` it is the
            validator's.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ImproveBlindOut | Problem
    """

    return (
        await asyncio_detailed(
            case_id=case_id,
            client=client,
            body=body,
        )
    ).parsed
