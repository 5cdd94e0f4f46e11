from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.measure_metric_out import MeasureMetricOut
from ...models.problem import Problem
from ...types import Response


def _get_kwargs(
    metric: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/measure/metrics/{metric}".format(
            metric=quote(str(metric), safe=""),
        ),
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> MeasureMetricOut | Problem | None:
    if response.status_code == 200:
        response_200 = MeasureMetricOut.from_dict(response.json())

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
) -> Response[MeasureMetricOut | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    metric: str,
    *,
    client: AuthenticatedClient,
) -> Response[MeasureMetricOut | Problem]:
    """Get metric

     One metric; `slug@version` is an own one as it was.

    Args:
        metric (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[MeasureMetricOut | Problem]
    """

    kwargs = _get_kwargs(
        metric=metric,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    metric: str,
    *,
    client: AuthenticatedClient,
) -> MeasureMetricOut | Problem | None:
    """Get metric

     One metric; `slug@version` is an own one as it was.

    Args:
        metric (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        MeasureMetricOut | Problem
    """

    return sync_detailed(
        metric=metric,
        client=client,
    ).parsed


async def asyncio_detailed(
    metric: str,
    *,
    client: AuthenticatedClient,
) -> Response[MeasureMetricOut | Problem]:
    """Get metric

     One metric; `slug@version` is an own one as it was.

    Args:
        metric (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[MeasureMetricOut | Problem]
    """

    kwargs = _get_kwargs(
        metric=metric,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    metric: str,
    *,
    client: AuthenticatedClient,
) -> MeasureMetricOut | Problem | None:
    """Get metric

     One metric; `slug@version` is an own one as it was.

    Args:
        metric (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        MeasureMetricOut | Problem
    """

    return (
        await asyncio_detailed(
            metric=metric,
            client=client,
        )
    ).parsed
