from http import HTTPStatus
from typing import Any
from urllib.parse import quote
from uuid import UUID

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.policy_translation_in import PolicyTranslationIn
from ...models.policy_translation_out import PolicyTranslationOut
from ...models.problem import Problem
from ...types import Response


def _get_kwargs(
    policy_id: UUID,
    number: int,
    *,
    body: PolicyTranslationIn,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/policy/policies/{policy_id}/versions/{number}/translations".format(
            policy_id=quote(str(policy_id), safe=""),
            number=quote(str(number), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> PolicyTranslationOut | Problem | None:
    if response.status_code == 200:
        response_200 = PolicyTranslationOut.from_dict(response.json())

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
) -> Response[PolicyTranslationOut | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    policy_id: UUID,
    number: int,
    *,
    client: AuthenticatedClient,
    body: PolicyTranslationIn,
) -> Response[PolicyTranslationOut | Problem]:
    """Translate policy version

     Publish a version's text in another language; the latest counts.

    Args:
        policy_id (UUID):
        number (int):
        body (PolicyTranslationIn):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[PolicyTranslationOut | Problem]
    """

    kwargs = _get_kwargs(
        policy_id=policy_id,
        number=number,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    policy_id: UUID,
    number: int,
    *,
    client: AuthenticatedClient,
    body: PolicyTranslationIn,
) -> PolicyTranslationOut | Problem | None:
    """Translate policy version

     Publish a version's text in another language; the latest counts.

    Args:
        policy_id (UUID):
        number (int):
        body (PolicyTranslationIn):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        PolicyTranslationOut | Problem
    """

    return sync_detailed(
        policy_id=policy_id,
        number=number,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    policy_id: UUID,
    number: int,
    *,
    client: AuthenticatedClient,
    body: PolicyTranslationIn,
) -> Response[PolicyTranslationOut | Problem]:
    """Translate policy version

     Publish a version's text in another language; the latest counts.

    Args:
        policy_id (UUID):
        number (int):
        body (PolicyTranslationIn):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[PolicyTranslationOut | Problem]
    """

    kwargs = _get_kwargs(
        policy_id=policy_id,
        number=number,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    policy_id: UUID,
    number: int,
    *,
    client: AuthenticatedClient,
    body: PolicyTranslationIn,
) -> PolicyTranslationOut | Problem | None:
    """Translate policy version

     Publish a version's text in another language; the latest counts.

    Args:
        policy_id (UUID):
        number (int):
        body (PolicyTranslationIn):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        PolicyTranslationOut | Problem
    """

    return (
        await asyncio_detailed(
            policy_id=policy_id,
            number=number,
            client=client,
            body=body,
        )
    ).parsed
