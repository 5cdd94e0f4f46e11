from http import HTTPStatus
from typing import Any
from uuid import UUID

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.people_worker_page import PeopleWorkerPage
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    organisation_id: None | Unset | UUID = UNSET,
    code: None | str | Unset = UNSET,
    after: None | Unset | UUID = UNSET,
    limit: int | Unset = 100,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_organisation_id: None | str | Unset
    if isinstance(organisation_id, Unset):
        json_organisation_id = UNSET
    elif isinstance(organisation_id, UUID):
        json_organisation_id = str(organisation_id)
    else:
        json_organisation_id = organisation_id
    params["organisation_id"] = json_organisation_id

    json_code: None | str | Unset
    if isinstance(code, Unset):
        json_code = UNSET
    else:
        json_code = code
    params["code"] = json_code

    json_after: None | str | Unset
    if isinstance(after, Unset):
        json_after = UNSET
    elif isinstance(after, UUID):
        json_after = str(after)
    else:
        json_after = after
    params["after"] = json_after

    params["limit"] = limit

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/people/workers",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> PeopleWorkerPage | Problem | None:
    if response.status_code == 200:
        response_200 = PeopleWorkerPage.from_dict(response.json())

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
) -> Response[PeopleWorkerPage | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    organisation_id: None | Unset | UUID = UNSET,
    code: None | str | Unset = UNSET,
    after: None | Unset | UUID = UNSET,
    limit: int | Unset = 100,
) -> Response[PeopleWorkerPage | Problem]:
    """List workers

     Those who decide, in the order in which they were added.

    Args:
        organisation_id (None | Unset | UUID):
        code (None | str | Unset):
        after (None | Unset | UUID):
        limit (int | Unset):  Default: 100.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[PeopleWorkerPage | Problem]
    """

    kwargs = _get_kwargs(
        organisation_id=organisation_id,
        code=code,
        after=after,
        limit=limit,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    organisation_id: None | Unset | UUID = UNSET,
    code: None | str | Unset = UNSET,
    after: None | Unset | UUID = UNSET,
    limit: int | Unset = 100,
) -> PeopleWorkerPage | Problem | None:
    """List workers

     Those who decide, in the order in which they were added.

    Args:
        organisation_id (None | Unset | UUID):
        code (None | str | Unset):
        after (None | Unset | UUID):
        limit (int | Unset):  Default: 100.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        PeopleWorkerPage | Problem
    """

    return sync_detailed(
        client=client,
        organisation_id=organisation_id,
        code=code,
        after=after,
        limit=limit,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    organisation_id: None | Unset | UUID = UNSET,
    code: None | str | Unset = UNSET,
    after: None | Unset | UUID = UNSET,
    limit: int | Unset = 100,
) -> Response[PeopleWorkerPage | Problem]:
    """List workers

     Those who decide, in the order in which they were added.

    Args:
        organisation_id (None | Unset | UUID):
        code (None | str | Unset):
        after (None | Unset | UUID):
        limit (int | Unset):  Default: 100.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[PeopleWorkerPage | Problem]
    """

    kwargs = _get_kwargs(
        organisation_id=organisation_id,
        code=code,
        after=after,
        limit=limit,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    organisation_id: None | Unset | UUID = UNSET,
    code: None | str | Unset = UNSET,
    after: None | Unset | UUID = UNSET,
    limit: int | Unset = 100,
) -> PeopleWorkerPage | Problem | None:
    """List workers

     Those who decide, in the order in which they were added.

    Args:
        organisation_id (None | Unset | UUID):
        code (None | str | Unset):
        after (None | Unset | UUID):
        limit (int | Unset):  Default: 100.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        PeopleWorkerPage | Problem
    """

    return (
        await asyncio_detailed(
            client=client,
            organisation_id=organisation_id,
            code=code,
            after=after,
            limit=limit,
        )
    ).parsed
