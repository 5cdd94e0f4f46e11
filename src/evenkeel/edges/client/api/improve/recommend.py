from http import HTTPStatus
from typing import Any
from urllib.parse import quote
from uuid import UUID

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.improve_recommendation_in import ImproveRecommendationIn
from ...models.improve_recommendation_out import ImproveRecommendationOut
from ...models.problem import Problem
from ...types import Response


def _get_kwargs(
    investigation_id: UUID,
    *,
    body: ImproveRecommendationIn,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/improve/investigations/{investigation_id}/recommendations".format(
            investigation_id=quote(str(investigation_id), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | list[ImproveRecommendationOut] | None:
    if response.status_code == 200:
        response_200 = []
        _response_200 = response.json()
        for response_200_item_data in _response_200:
            response_200_item = ImproveRecommendationOut.from_dict(
                response_200_item_data
            )

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
) -> Response[Problem | list[ImproveRecommendationOut]]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    investigation_id: UUID,
    *,
    client: AuthenticatedClient,
    body: ImproveRecommendationIn,
) -> Response[Problem | list[ImproveRecommendationOut]]:
    """Recommend

     Recommend something; one about the policy asks for the change where its author may.

    Args:
        investigation_id (UUID):
        body (ImproveRecommendationIn):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | list[ImproveRecommendationOut]]
    """

    kwargs = _get_kwargs(
        investigation_id=investigation_id,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    investigation_id: UUID,
    *,
    client: AuthenticatedClient,
    body: ImproveRecommendationIn,
) -> Problem | list[ImproveRecommendationOut] | None:
    """Recommend

     Recommend something; one about the policy asks for the change where its author may.

    Args:
        investigation_id (UUID):
        body (ImproveRecommendationIn):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | list[ImproveRecommendationOut]
    """

    return sync_detailed(
        investigation_id=investigation_id,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    investigation_id: UUID,
    *,
    client: AuthenticatedClient,
    body: ImproveRecommendationIn,
) -> Response[Problem | list[ImproveRecommendationOut]]:
    """Recommend

     Recommend something; one about the policy asks for the change where its author may.

    Args:
        investigation_id (UUID):
        body (ImproveRecommendationIn):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | list[ImproveRecommendationOut]]
    """

    kwargs = _get_kwargs(
        investigation_id=investigation_id,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    investigation_id: UUID,
    *,
    client: AuthenticatedClient,
    body: ImproveRecommendationIn,
) -> Problem | list[ImproveRecommendationOut] | None:
    """Recommend

     Recommend something; one about the policy asks for the change where its author may.

    Args:
        investigation_id (UUID):
        body (ImproveRecommendationIn):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | list[ImproveRecommendationOut]
    """

    return (
        await asyncio_detailed(
            investigation_id=investigation_id,
            client=client,
            body=body,
        )
    ).parsed
