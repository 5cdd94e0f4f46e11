import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote
from uuid import UUID

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.measure_standing_out import MeasureStandingOut
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    metric: str,
    *,
    since: datetime.date,
    until: datetime.date,
    programme_id: None | Unset | UUID = UNSET,
    queue_id: None | Unset | UUID = UNSET,
    organisation_id: None | Unset | UUID = UNSET,
    site_id: None | Unset | UUID = UNSET,
    team_id: None | Unset | UUID = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_since = since.isoformat()
    params["since"] = json_since

    json_until = until.isoformat()
    params["until"] = json_until

    json_programme_id: None | str | Unset
    if isinstance(programme_id, Unset):
        json_programme_id = UNSET
    elif isinstance(programme_id, UUID):
        json_programme_id = str(programme_id)
    else:
        json_programme_id = programme_id
    params["programme_id"] = json_programme_id

    json_queue_id: None | str | Unset
    if isinstance(queue_id, Unset):
        json_queue_id = UNSET
    elif isinstance(queue_id, UUID):
        json_queue_id = str(queue_id)
    else:
        json_queue_id = queue_id
    params["queue_id"] = json_queue_id

    json_organisation_id: None | str | Unset
    if isinstance(organisation_id, Unset):
        json_organisation_id = UNSET
    elif isinstance(organisation_id, UUID):
        json_organisation_id = str(organisation_id)
    else:
        json_organisation_id = organisation_id
    params["organisation_id"] = json_organisation_id

    json_site_id: None | str | Unset
    if isinstance(site_id, Unset):
        json_site_id = UNSET
    elif isinstance(site_id, UUID):
        json_site_id = str(site_id)
    else:
        json_site_id = site_id
    params["site_id"] = json_site_id

    json_team_id: None | str | Unset
    if isinstance(team_id, Unset):
        json_team_id = UNSET
    elif isinstance(team_id, UUID):
        json_team_id = str(team_id)
    else:
        json_team_id = team_id
    params["team_id"] = json_team_id

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/measure/metrics/{metric}/standing".format(
            metric=quote(str(metric), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> MeasureStandingOut | Problem | None:
    if response.status_code == 200:
        response_200 = MeasureStandingOut.from_dict(response.json())

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
) -> Response[MeasureStandingOut | Problem]:
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
    since: datetime.date,
    until: datetime.date,
    programme_id: None | Unset | UUID = UNSET,
    queue_id: None | Unset | UUID = UNSET,
    organisation_id: None | Unset | UUID = UNSET,
    site_id: None | Unset | UUID = UNSET,
    team_id: None | Unset | UUID = UNSET,
) -> Response[MeasureStandingOut | Problem]:
    """Get standing

     A figure beside its target and its guard, and how it stands: never a naked comparison.

    Args:
        metric (str):
        since (datetime.date):
        until (datetime.date):
        programme_id (None | Unset | UUID):
        queue_id (None | Unset | UUID):
        organisation_id (None | Unset | UUID):
        site_id (None | Unset | UUID):
        team_id (None | Unset | UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[MeasureStandingOut | Problem]
    """

    kwargs = _get_kwargs(
        metric=metric,
        since=since,
        until=until,
        programme_id=programme_id,
        queue_id=queue_id,
        organisation_id=organisation_id,
        site_id=site_id,
        team_id=team_id,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    metric: str,
    *,
    client: AuthenticatedClient,
    since: datetime.date,
    until: datetime.date,
    programme_id: None | Unset | UUID = UNSET,
    queue_id: None | Unset | UUID = UNSET,
    organisation_id: None | Unset | UUID = UNSET,
    site_id: None | Unset | UUID = UNSET,
    team_id: None | Unset | UUID = UNSET,
) -> MeasureStandingOut | Problem | None:
    """Get standing

     A figure beside its target and its guard, and how it stands: never a naked comparison.

    Args:
        metric (str):
        since (datetime.date):
        until (datetime.date):
        programme_id (None | Unset | UUID):
        queue_id (None | Unset | UUID):
        organisation_id (None | Unset | UUID):
        site_id (None | Unset | UUID):
        team_id (None | Unset | UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        MeasureStandingOut | Problem
    """

    return sync_detailed(
        metric=metric,
        client=client,
        since=since,
        until=until,
        programme_id=programme_id,
        queue_id=queue_id,
        organisation_id=organisation_id,
        site_id=site_id,
        team_id=team_id,
    ).parsed


async def asyncio_detailed(
    metric: str,
    *,
    client: AuthenticatedClient,
    since: datetime.date,
    until: datetime.date,
    programme_id: None | Unset | UUID = UNSET,
    queue_id: None | Unset | UUID = UNSET,
    organisation_id: None | Unset | UUID = UNSET,
    site_id: None | Unset | UUID = UNSET,
    team_id: None | Unset | UUID = UNSET,
) -> Response[MeasureStandingOut | Problem]:
    """Get standing

     A figure beside its target and its guard, and how it stands: never a naked comparison.

    Args:
        metric (str):
        since (datetime.date):
        until (datetime.date):
        programme_id (None | Unset | UUID):
        queue_id (None | Unset | UUID):
        organisation_id (None | Unset | UUID):
        site_id (None | Unset | UUID):
        team_id (None | Unset | UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[MeasureStandingOut | Problem]
    """

    kwargs = _get_kwargs(
        metric=metric,
        since=since,
        until=until,
        programme_id=programme_id,
        queue_id=queue_id,
        organisation_id=organisation_id,
        site_id=site_id,
        team_id=team_id,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    metric: str,
    *,
    client: AuthenticatedClient,
    since: datetime.date,
    until: datetime.date,
    programme_id: None | Unset | UUID = UNSET,
    queue_id: None | Unset | UUID = UNSET,
    organisation_id: None | Unset | UUID = UNSET,
    site_id: None | Unset | UUID = UNSET,
    team_id: None | Unset | UUID = UNSET,
) -> MeasureStandingOut | Problem | None:
    """Get standing

     A figure beside its target and its guard, and how it stands: never a naked comparison.

    Args:
        metric (str):
        since (datetime.date):
        until (datetime.date):
        programme_id (None | Unset | UUID):
        queue_id (None | Unset | UUID):
        organisation_id (None | Unset | UUID):
        site_id (None | Unset | UUID):
        team_id (None | Unset | UUID):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        MeasureStandingOut | Problem
    """

    return (
        await asyncio_detailed(
            metric=metric,
            client=client,
            since=since,
            until=until,
            programme_id=programme_id,
            queue_id=queue_id,
            organisation_id=organisation_id,
            site_id=site_id,
            team_id=team_id,
        )
    ).parsed
