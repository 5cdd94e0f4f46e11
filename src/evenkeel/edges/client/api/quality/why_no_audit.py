from http import HTTPStatus
from typing import Any
from uuid import UUID

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.quality_why_no_audit_out import QualityWhyNoAuditOut
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    worker_id: None | Unset | UUID = UNSET,
    programme_id: None | Unset | UUID = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_worker_id: None | str | Unset
    if isinstance(worker_id, Unset):
        json_worker_id = UNSET
    elif isinstance(worker_id, UUID):
        json_worker_id = str(worker_id)
    else:
        json_worker_id = worker_id
    params["worker_id"] = json_worker_id

    json_programme_id: None | str | Unset
    if isinstance(programme_id, Unset):
        json_programme_id = UNSET
    elif isinstance(programme_id, UUID):
        json_programme_id = str(programme_id)
    else:
        json_programme_id = programme_id
    params["programme_id"] = json_programme_id

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/quality/audits/why_not",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | QualityWhyNoAuditOut | None:
    if response.status_code == 200:
        response_200 = QualityWhyNoAuditOut.from_dict(response.json())

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
) -> Response[Problem | QualityWhyNoAuditOut]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    worker_id: None | Unset | UUID = UNSET,
    programme_id: None | Unset | UUID = UNSET,
) -> Response[Problem | QualityWhyNoAuditOut]:
    """Why no audit

     Why an auditor (you, when none is named) gets no audit: rule by rule, how many it keeps back, what
    puts it right.

    Args:
        worker_id (None | Unset | UUID):
        programme_id (None | Unset | UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | QualityWhyNoAuditOut]
    """

    kwargs = _get_kwargs(
        worker_id=worker_id,
        programme_id=programme_id,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    worker_id: None | Unset | UUID = UNSET,
    programme_id: None | Unset | UUID = UNSET,
) -> Problem | QualityWhyNoAuditOut | None:
    """Why no audit

     Why an auditor (you, when none is named) gets no audit: rule by rule, how many it keeps back, what
    puts it right.

    Args:
        worker_id (None | Unset | UUID):
        programme_id (None | Unset | UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | QualityWhyNoAuditOut
    """

    return sync_detailed(
        client=client,
        worker_id=worker_id,
        programme_id=programme_id,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    worker_id: None | Unset | UUID = UNSET,
    programme_id: None | Unset | UUID = UNSET,
) -> Response[Problem | QualityWhyNoAuditOut]:
    """Why no audit

     Why an auditor (you, when none is named) gets no audit: rule by rule, how many it keeps back, what
    puts it right.

    Args:
        worker_id (None | Unset | UUID):
        programme_id (None | Unset | UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | QualityWhyNoAuditOut]
    """

    kwargs = _get_kwargs(
        worker_id=worker_id,
        programme_id=programme_id,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    worker_id: None | Unset | UUID = UNSET,
    programme_id: None | Unset | UUID = UNSET,
) -> Problem | QualityWhyNoAuditOut | None:
    """Why no audit

     Why an auditor (you, when none is named) gets no audit: rule by rule, how many it keeps back, what
    puts it right.

    Args:
        worker_id (None | Unset | UUID):
        programme_id (None | Unset | UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | QualityWhyNoAuditOut
    """

    return (
        await asyncio_detailed(
            client=client,
            worker_id=worker_id,
            programme_id=programme_id,
        )
    ).parsed
