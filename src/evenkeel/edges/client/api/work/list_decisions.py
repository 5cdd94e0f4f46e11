import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote
from uuid import UUID

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.work_decisions_page import WorkDecisionsPage
from ...types import UNSET, Response, Unset


def _get_kwargs(
    programme_id: UUID,
    *,
    queue_id: None | Unset | UUID = UNSET,
    item_id: None | Unset | UUID = UNSET,
    worker_id: None | Unset | UUID = UNSET,
    label: None | str | Unset = UNSET,
    since: datetime.datetime | None | Unset = UNSET,
    until: datetime.datetime | None | Unset = UNSET,
    with_taken_back: bool | Unset = False,
    after: None | str | Unset = UNSET,
    limit: int | Unset = 100,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_queue_id: None | str | Unset
    if isinstance(queue_id, Unset):
        json_queue_id = UNSET
    elif isinstance(queue_id, UUID):
        json_queue_id = str(queue_id)
    else:
        json_queue_id = queue_id
    params["queue_id"] = json_queue_id

    json_item_id: None | str | Unset
    if isinstance(item_id, Unset):
        json_item_id = UNSET
    elif isinstance(item_id, UUID):
        json_item_id = str(item_id)
    else:
        json_item_id = item_id
    params["item_id"] = json_item_id

    json_worker_id: None | str | Unset
    if isinstance(worker_id, Unset):
        json_worker_id = UNSET
    elif isinstance(worker_id, UUID):
        json_worker_id = str(worker_id)
    else:
        json_worker_id = worker_id
    params["worker_id"] = json_worker_id

    json_label: None | str | Unset
    if isinstance(label, Unset):
        json_label = UNSET
    else:
        json_label = label
    params["label"] = json_label

    json_since: None | str | Unset
    if isinstance(since, Unset):
        json_since = UNSET
    elif isinstance(since, datetime.datetime):
        json_since = since.isoformat()
    else:
        json_since = since
    params["since"] = json_since

    json_until: None | str | Unset
    if isinstance(until, Unset):
        json_until = UNSET
    elif isinstance(until, datetime.datetime):
        json_until = until.isoformat()
    else:
        json_until = until
    params["until"] = json_until

    params["with_taken_back"] = with_taken_back

    json_after: None | str | Unset
    if isinstance(after, Unset):
        json_after = UNSET
    else:
        json_after = after
    params["after"] = json_after

    params["limit"] = limit

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/work/programmes/{programme_id}/decisions".format(
            programme_id=quote(str(programme_id), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | WorkDecisionsPage | None:
    if response.status_code == 200:
        response_200 = WorkDecisionsPage.from_dict(response.json())

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
) -> Response[Problem | WorkDecisionsPage]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    programme_id: UUID,
    *,
    client: AuthenticatedClient,
    queue_id: None | Unset | UUID = UNSET,
    item_id: None | Unset | UUID = UNSET,
    worker_id: None | Unset | UUID = UNSET,
    label: None | str | Unset = UNSET,
    since: datetime.datetime | None | Unset = UNSET,
    until: datetime.datetime | None | Unset = UNSET,
    with_taken_back: bool | Unset = False,
    after: None | str | Unset = UNSET,
    limit: int | Unset = 100,
) -> Response[Problem | WorkDecisionsPage]:
    """List decisions

     A programme's decisions that you may see, oldest first; since <= decided_at < until.

    Args:
        programme_id (UUID):
        queue_id (None | Unset | UUID):
        item_id (None | Unset | UUID):
        worker_id (None | Unset | UUID):
        label (None | str | Unset):
        since (datetime.datetime | None | Unset):
        until (datetime.datetime | None | Unset):
        with_taken_back (bool | Unset): those that no longer stand, too: taken back or corrected
            Default: False.
        after (None | str | Unset):
        limit (int | Unset):  Default: 100.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | WorkDecisionsPage]
    """

    kwargs = _get_kwargs(
        programme_id=programme_id,
        queue_id=queue_id,
        item_id=item_id,
        worker_id=worker_id,
        label=label,
        since=since,
        until=until,
        with_taken_back=with_taken_back,
        after=after,
        limit=limit,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    programme_id: UUID,
    *,
    client: AuthenticatedClient,
    queue_id: None | Unset | UUID = UNSET,
    item_id: None | Unset | UUID = UNSET,
    worker_id: None | Unset | UUID = UNSET,
    label: None | str | Unset = UNSET,
    since: datetime.datetime | None | Unset = UNSET,
    until: datetime.datetime | None | Unset = UNSET,
    with_taken_back: bool | Unset = False,
    after: None | str | Unset = UNSET,
    limit: int | Unset = 100,
) -> Problem | WorkDecisionsPage | None:
    """List decisions

     A programme's decisions that you may see, oldest first; since <= decided_at < until.

    Args:
        programme_id (UUID):
        queue_id (None | Unset | UUID):
        item_id (None | Unset | UUID):
        worker_id (None | Unset | UUID):
        label (None | str | Unset):
        since (datetime.datetime | None | Unset):
        until (datetime.datetime | None | Unset):
        with_taken_back (bool | Unset): those that no longer stand, too: taken back or corrected
            Default: False.
        after (None | str | Unset):
        limit (int | Unset):  Default: 100.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | WorkDecisionsPage
    """

    return sync_detailed(
        programme_id=programme_id,
        client=client,
        queue_id=queue_id,
        item_id=item_id,
        worker_id=worker_id,
        label=label,
        since=since,
        until=until,
        with_taken_back=with_taken_back,
        after=after,
        limit=limit,
    ).parsed


async def asyncio_detailed(
    programme_id: UUID,
    *,
    client: AuthenticatedClient,
    queue_id: None | Unset | UUID = UNSET,
    item_id: None | Unset | UUID = UNSET,
    worker_id: None | Unset | UUID = UNSET,
    label: None | str | Unset = UNSET,
    since: datetime.datetime | None | Unset = UNSET,
    until: datetime.datetime | None | Unset = UNSET,
    with_taken_back: bool | Unset = False,
    after: None | str | Unset = UNSET,
    limit: int | Unset = 100,
) -> Response[Problem | WorkDecisionsPage]:
    """List decisions

     A programme's decisions that you may see, oldest first; since <= decided_at < until.

    Args:
        programme_id (UUID):
        queue_id (None | Unset | UUID):
        item_id (None | Unset | UUID):
        worker_id (None | Unset | UUID):
        label (None | str | Unset):
        since (datetime.datetime | None | Unset):
        until (datetime.datetime | None | Unset):
        with_taken_back (bool | Unset): those that no longer stand, too: taken back or corrected
            Default: False.
        after (None | str | Unset):
        limit (int | Unset):  Default: 100.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | WorkDecisionsPage]
    """

    kwargs = _get_kwargs(
        programme_id=programme_id,
        queue_id=queue_id,
        item_id=item_id,
        worker_id=worker_id,
        label=label,
        since=since,
        until=until,
        with_taken_back=with_taken_back,
        after=after,
        limit=limit,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    programme_id: UUID,
    *,
    client: AuthenticatedClient,
    queue_id: None | Unset | UUID = UNSET,
    item_id: None | Unset | UUID = UNSET,
    worker_id: None | Unset | UUID = UNSET,
    label: None | str | Unset = UNSET,
    since: datetime.datetime | None | Unset = UNSET,
    until: datetime.datetime | None | Unset = UNSET,
    with_taken_back: bool | Unset = False,
    after: None | str | Unset = UNSET,
    limit: int | Unset = 100,
) -> Problem | WorkDecisionsPage | None:
    """List decisions

     A programme's decisions that you may see, oldest first; since <= decided_at < until.

    Args:
        programme_id (UUID):
        queue_id (None | Unset | UUID):
        item_id (None | Unset | UUID):
        worker_id (None | Unset | UUID):
        label (None | str | Unset):
        since (datetime.datetime | None | Unset):
        until (datetime.datetime | None | Unset):
        with_taken_back (bool | Unset): those that no longer stand, too: taken back or corrected
            Default: False.
        after (None | str | Unset):
        limit (int | Unset):  Default: 100.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | WorkDecisionsPage
    """

    return (
        await asyncio_detailed(
            programme_id=programme_id,
            client=client,
            queue_id=queue_id,
            item_id=item_id,
            worker_id=worker_id,
            label=label,
            since=since,
            until=until,
            with_taken_back=with_taken_back,
            after=after,
            limit=limit,
        )
    ).parsed
