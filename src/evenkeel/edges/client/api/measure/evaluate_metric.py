import datetime
from http import HTTPStatus
from typing import Any, Literal
from urllib.parse import quote
from uuid import UUID

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.evaluate_metric_adjust_type_0 import (
    EvaluateMetricAdjustType0,
)
from ...models.evaluate_metric_aim import EvaluateMetricAim
from ...models.evaluate_metric_by_item import (
    EvaluateMetricByItem,
)
from ...models.evaluate_metric_mix_of_item import (
    EvaluateMetricMixOfItem,
)
from ...models.measure_evaluation_out import MeasureEvaluationOut
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    metric: str,
    *,
    since: datetime.date,
    until: datetime.date,
    by: list[EvaluateMetricByItem] | Unset = UNSET,
    compare: Literal["previous"] | None | Unset = UNSET,
    adjust: EvaluateMetricAdjustType0 | None | Unset = UNSET,
    mix_of: list[EvaluateMetricMixOfItem] | Unset = UNSET,
    aim: EvaluateMetricAim | Unset = "process",
    programme_id: None | Unset | UUID = UNSET,
    queue_id: None | Unset | UUID = UNSET,
    organisation_id: None | Unset | UUID = UNSET,
    site_id: None | Unset | UUID = UNSET,
    team_id: None | Unset | UUID = UNSET,
    worker_id: None | Unset | UUID = UNSET,
    hour: None | str | Unset = UNSET,
    item_kind: None | str | Unset = UNSET,
    label: None | str | Unset = UNSET,
    language: None | str | Unset = UNSET,
    market: None | str | Unset = UNSET,
    policy_version: None | str | Unset = UNSET,
    severity: None | str | Unset = UNSET,
    source: None | str | Unset = UNSET,
    state: None | str | Unset = UNSET,
    tenure: None | str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_since = since.isoformat()
    params["since"] = json_since

    json_until = until.isoformat()
    params["until"] = json_until

    json_by: list[str] | Unset = UNSET
    if not isinstance(by, Unset):
        json_by = []
        for by_item_data in by:
            by_item: str = by_item_data
            json_by.append(by_item)

    params["by"] = json_by

    json_compare: Literal["previous"] | None | Unset
    if isinstance(compare, Unset):
        json_compare = UNSET
    else:
        json_compare = compare
    params["compare"] = json_compare

    json_adjust: None | str | Unset
    if isinstance(adjust, Unset):
        json_adjust = UNSET
    elif isinstance(adjust, str):
        json_adjust = adjust
    else:
        json_adjust = adjust
    params["adjust"] = json_adjust

    json_mix_of: list[str] | Unset = UNSET
    if not isinstance(mix_of, Unset):
        json_mix_of = []
        for mix_of_item_data in mix_of:
            mix_of_item: str = mix_of_item_data
            json_mix_of.append(mix_of_item)

    params["mix_of"] = json_mix_of

    json_aim: str | Unset = UNSET
    if not isinstance(aim, Unset):
        json_aim = aim

    params["aim"] = json_aim

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

    json_worker_id: None | str | Unset
    if isinstance(worker_id, Unset):
        json_worker_id = UNSET
    elif isinstance(worker_id, UUID):
        json_worker_id = str(worker_id)
    else:
        json_worker_id = worker_id
    params["worker_id"] = json_worker_id

    json_hour: None | str | Unset
    if isinstance(hour, Unset):
        json_hour = UNSET
    else:
        json_hour = hour
    params["hour"] = json_hour

    json_item_kind: None | str | Unset
    if isinstance(item_kind, Unset):
        json_item_kind = UNSET
    else:
        json_item_kind = item_kind
    params["item_kind"] = json_item_kind

    json_label: None | str | Unset
    if isinstance(label, Unset):
        json_label = UNSET
    else:
        json_label = label
    params["label"] = json_label

    json_language: None | str | Unset
    if isinstance(language, Unset):
        json_language = UNSET
    else:
        json_language = language
    params["language"] = json_language

    json_market: None | str | Unset
    if isinstance(market, Unset):
        json_market = UNSET
    else:
        json_market = market
    params["market"] = json_market

    json_policy_version: None | str | Unset
    if isinstance(policy_version, Unset):
        json_policy_version = UNSET
    else:
        json_policy_version = policy_version
    params["policy_version"] = json_policy_version

    json_severity: None | str | Unset
    if isinstance(severity, Unset):
        json_severity = UNSET
    else:
        json_severity = severity
    params["severity"] = json_severity

    json_source: None | str | Unset
    if isinstance(source, Unset):
        json_source = UNSET
    else:
        json_source = source
    params["source"] = json_source

    json_state: None | str | Unset
    if isinstance(state, Unset):
        json_state = UNSET
    else:
        json_state = state
    params["state"] = json_state

    json_tenure: None | str | Unset
    if isinstance(tenure, Unset):
        json_tenure = UNSET
    else:
        json_tenure = tenure
    params["tenure"] = json_tenure

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/measure/metrics/{metric}/evaluation".format(
            metric=quote(str(metric), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> MeasureEvaluationOut | Problem | None:
    if response.status_code == 200:
        response_200 = MeasureEvaluationOut.from_dict(response.json())

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
) -> Response[MeasureEvaluationOut | Problem]:
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
    by: list[EvaluateMetricByItem] | Unset = UNSET,
    compare: Literal["previous"] | None | Unset = UNSET,
    adjust: EvaluateMetricAdjustType0 | None | Unset = UNSET,
    mix_of: list[EvaluateMetricMixOfItem] | Unset = UNSET,
    aim: EvaluateMetricAim | Unset = "process",
    programme_id: None | Unset | UUID = UNSET,
    queue_id: None | Unset | UUID = UNSET,
    organisation_id: None | Unset | UUID = UNSET,
    site_id: None | Unset | UUID = UNSET,
    team_id: None | Unset | UUID = UNSET,
    worker_id: None | Unset | UUID = UNSET,
    hour: None | str | Unset = UNSET,
    item_kind: None | str | Unset = UNSET,
    label: None | str | Unset = UNSET,
    language: None | str | Unset = UNSET,
    market: None | str | Unset = UNSET,
    policy_version: None | str | Unset = UNSET,
    severity: None | str | Unset = UNSET,
    source: None | str | Unset = UNSET,
    state: None | str | Unset = UNSET,
    tenure: None | str | Unset = UNSET,
) -> Response[MeasureEvaluationOut | Problem]:
    """Evaluate metric

     A metric cut by any dimensions, over a period or against the one before, over the rows that you may
    see.

    Args:
        metric (str):
        since (datetime.date):
        until (datetime.date):
        by (list[EvaluateMetricByItem] | Unset):
        compare (Literal['previous'] | None | Unset):
        adjust (EvaluateMetricAdjustType0 | None | Unset):
        mix_of (list[EvaluateMetricMixOfItem] | Unset):
        aim (EvaluateMetricAim | Unset):  Default: 'process'.
        programme_id (None | Unset | UUID):
        queue_id (None | Unset | UUID):
        organisation_id (None | Unset | UUID):
        site_id (None | Unset | UUID):
        team_id (None | Unset | UUID):
        worker_id (None | Unset | UUID):
        hour (None | str | Unset):
        item_kind (None | str | Unset):
        label (None | str | Unset):
        language (None | str | Unset):
        market (None | str | Unset):
        policy_version (None | str | Unset):
        severity (None | str | Unset):
        source (None | str | Unset):
        state (None | str | Unset):
        tenure (None | str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[MeasureEvaluationOut | Problem]
    """

    kwargs = _get_kwargs(
        metric=metric,
        since=since,
        until=until,
        by=by,
        compare=compare,
        adjust=adjust,
        mix_of=mix_of,
        aim=aim,
        programme_id=programme_id,
        queue_id=queue_id,
        organisation_id=organisation_id,
        site_id=site_id,
        team_id=team_id,
        worker_id=worker_id,
        hour=hour,
        item_kind=item_kind,
        label=label,
        language=language,
        market=market,
        policy_version=policy_version,
        severity=severity,
        source=source,
        state=state,
        tenure=tenure,
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
    by: list[EvaluateMetricByItem] | Unset = UNSET,
    compare: Literal["previous"] | None | Unset = UNSET,
    adjust: EvaluateMetricAdjustType0 | None | Unset = UNSET,
    mix_of: list[EvaluateMetricMixOfItem] | Unset = UNSET,
    aim: EvaluateMetricAim | Unset = "process",
    programme_id: None | Unset | UUID = UNSET,
    queue_id: None | Unset | UUID = UNSET,
    organisation_id: None | Unset | UUID = UNSET,
    site_id: None | Unset | UUID = UNSET,
    team_id: None | Unset | UUID = UNSET,
    worker_id: None | Unset | UUID = UNSET,
    hour: None | str | Unset = UNSET,
    item_kind: None | str | Unset = UNSET,
    label: None | str | Unset = UNSET,
    language: None | str | Unset = UNSET,
    market: None | str | Unset = UNSET,
    policy_version: None | str | Unset = UNSET,
    severity: None | str | Unset = UNSET,
    source: None | str | Unset = UNSET,
    state: None | str | Unset = UNSET,
    tenure: None | str | Unset = UNSET,
) -> MeasureEvaluationOut | Problem | None:
    """Evaluate metric

     A metric cut by any dimensions, over a period or against the one before, over the rows that you may
    see.

    Args:
        metric (str):
        since (datetime.date):
        until (datetime.date):
        by (list[EvaluateMetricByItem] | Unset):
        compare (Literal['previous'] | None | Unset):
        adjust (EvaluateMetricAdjustType0 | None | Unset):
        mix_of (list[EvaluateMetricMixOfItem] | Unset):
        aim (EvaluateMetricAim | Unset):  Default: 'process'.
        programme_id (None | Unset | UUID):
        queue_id (None | Unset | UUID):
        organisation_id (None | Unset | UUID):
        site_id (None | Unset | UUID):
        team_id (None | Unset | UUID):
        worker_id (None | Unset | UUID):
        hour (None | str | Unset):
        item_kind (None | str | Unset):
        label (None | str | Unset):
        language (None | str | Unset):
        market (None | str | Unset):
        policy_version (None | str | Unset):
        severity (None | str | Unset):
        source (None | str | Unset):
        state (None | str | Unset):
        tenure (None | str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        MeasureEvaluationOut | Problem
    """

    return sync_detailed(
        metric=metric,
        client=client,
        since=since,
        until=until,
        by=by,
        compare=compare,
        adjust=adjust,
        mix_of=mix_of,
        aim=aim,
        programme_id=programme_id,
        queue_id=queue_id,
        organisation_id=organisation_id,
        site_id=site_id,
        team_id=team_id,
        worker_id=worker_id,
        hour=hour,
        item_kind=item_kind,
        label=label,
        language=language,
        market=market,
        policy_version=policy_version,
        severity=severity,
        source=source,
        state=state,
        tenure=tenure,
    ).parsed


async def asyncio_detailed(
    metric: str,
    *,
    client: AuthenticatedClient,
    since: datetime.date,
    until: datetime.date,
    by: list[EvaluateMetricByItem] | Unset = UNSET,
    compare: Literal["previous"] | None | Unset = UNSET,
    adjust: EvaluateMetricAdjustType0 | None | Unset = UNSET,
    mix_of: list[EvaluateMetricMixOfItem] | Unset = UNSET,
    aim: EvaluateMetricAim | Unset = "process",
    programme_id: None | Unset | UUID = UNSET,
    queue_id: None | Unset | UUID = UNSET,
    organisation_id: None | Unset | UUID = UNSET,
    site_id: None | Unset | UUID = UNSET,
    team_id: None | Unset | UUID = UNSET,
    worker_id: None | Unset | UUID = UNSET,
    hour: None | str | Unset = UNSET,
    item_kind: None | str | Unset = UNSET,
    label: None | str | Unset = UNSET,
    language: None | str | Unset = UNSET,
    market: None | str | Unset = UNSET,
    policy_version: None | str | Unset = UNSET,
    severity: None | str | Unset = UNSET,
    source: None | str | Unset = UNSET,
    state: None | str | Unset = UNSET,
    tenure: None | str | Unset = UNSET,
) -> Response[MeasureEvaluationOut | Problem]:
    """Evaluate metric

     A metric cut by any dimensions, over a period or against the one before, over the rows that you may
    see.

    Args:
        metric (str):
        since (datetime.date):
        until (datetime.date):
        by (list[EvaluateMetricByItem] | Unset):
        compare (Literal['previous'] | None | Unset):
        adjust (EvaluateMetricAdjustType0 | None | Unset):
        mix_of (list[EvaluateMetricMixOfItem] | Unset):
        aim (EvaluateMetricAim | Unset):  Default: 'process'.
        programme_id (None | Unset | UUID):
        queue_id (None | Unset | UUID):
        organisation_id (None | Unset | UUID):
        site_id (None | Unset | UUID):
        team_id (None | Unset | UUID):
        worker_id (None | Unset | UUID):
        hour (None | str | Unset):
        item_kind (None | str | Unset):
        label (None | str | Unset):
        language (None | str | Unset):
        market (None | str | Unset):
        policy_version (None | str | Unset):
        severity (None | str | Unset):
        source (None | str | Unset):
        state (None | str | Unset):
        tenure (None | str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[MeasureEvaluationOut | Problem]
    """

    kwargs = _get_kwargs(
        metric=metric,
        since=since,
        until=until,
        by=by,
        compare=compare,
        adjust=adjust,
        mix_of=mix_of,
        aim=aim,
        programme_id=programme_id,
        queue_id=queue_id,
        organisation_id=organisation_id,
        site_id=site_id,
        team_id=team_id,
        worker_id=worker_id,
        hour=hour,
        item_kind=item_kind,
        label=label,
        language=language,
        market=market,
        policy_version=policy_version,
        severity=severity,
        source=source,
        state=state,
        tenure=tenure,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    metric: str,
    *,
    client: AuthenticatedClient,
    since: datetime.date,
    until: datetime.date,
    by: list[EvaluateMetricByItem] | Unset = UNSET,
    compare: Literal["previous"] | None | Unset = UNSET,
    adjust: EvaluateMetricAdjustType0 | None | Unset = UNSET,
    mix_of: list[EvaluateMetricMixOfItem] | Unset = UNSET,
    aim: EvaluateMetricAim | Unset = "process",
    programme_id: None | Unset | UUID = UNSET,
    queue_id: None | Unset | UUID = UNSET,
    organisation_id: None | Unset | UUID = UNSET,
    site_id: None | Unset | UUID = UNSET,
    team_id: None | Unset | UUID = UNSET,
    worker_id: None | Unset | UUID = UNSET,
    hour: None | str | Unset = UNSET,
    item_kind: None | str | Unset = UNSET,
    label: None | str | Unset = UNSET,
    language: None | str | Unset = UNSET,
    market: None | str | Unset = UNSET,
    policy_version: None | str | Unset = UNSET,
    severity: None | str | Unset = UNSET,
    source: None | str | Unset = UNSET,
    state: None | str | Unset = UNSET,
    tenure: None | str | Unset = UNSET,
) -> MeasureEvaluationOut | Problem | None:
    """Evaluate metric

     A metric cut by any dimensions, over a period or against the one before, over the rows that you may
    see.

    Args:
        metric (str):
        since (datetime.date):
        until (datetime.date):
        by (list[EvaluateMetricByItem] | Unset):
        compare (Literal['previous'] | None | Unset):
        adjust (EvaluateMetricAdjustType0 | None | Unset):
        mix_of (list[EvaluateMetricMixOfItem] | Unset):
        aim (EvaluateMetricAim | Unset):  Default: 'process'.
        programme_id (None | Unset | UUID):
        queue_id (None | Unset | UUID):
        organisation_id (None | Unset | UUID):
        site_id (None | Unset | UUID):
        team_id (None | Unset | UUID):
        worker_id (None | Unset | UUID):
        hour (None | str | Unset):
        item_kind (None | str | Unset):
        label (None | str | Unset):
        language (None | str | Unset):
        market (None | str | Unset):
        policy_version (None | str | Unset):
        severity (None | str | Unset):
        source (None | str | Unset):
        state (None | str | Unset):
        tenure (None | str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        MeasureEvaluationOut | Problem
    """

    return (
        await asyncio_detailed(
            metric=metric,
            client=client,
            since=since,
            until=until,
            by=by,
            compare=compare,
            adjust=adjust,
            mix_of=mix_of,
            aim=aim,
            programme_id=programme_id,
            queue_id=queue_id,
            organisation_id=organisation_id,
            site_id=site_id,
            team_id=team_id,
            worker_id=worker_id,
            hour=hour,
            item_kind=item_kind,
            label=label,
            language=language,
            market=market,
            policy_version=policy_version,
            severity=severity,
            source=source,
            state=state,
            tenure=tenure,
        )
    ).parsed
