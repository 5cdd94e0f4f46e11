"""People's pages: organisations and who belongs to them, rights, the trail, and one's own account."""

from django.urls import path

from . import accounts, erasure, grants, looks, organisations, own, time, tokens, trail, workers

urlpatterns = [
    path("people/organisations/", organisations.organisations, name="organisations"),
    path("people/organisations/<uuid:organisation_id>/", organisations.organisation, name="organisation"),
    path("people/organisations/<uuid:organisation_id>/sites/", organisations.sites, name="sites"),
    path("people/organisations/<uuid:organisation_id>/workers/", workers.workers_of, name="organisation-workers"),
    path("people/organisations/<uuid:organisation_id>/accounts/", accounts.accounts_of, name="organisation-accounts"),
    path("people/sites/<uuid:site_id>/teams/", organisations.teams, name="teams"),
    path("people/workers/", workers.workers, name="workers"),
    path("people/workers/<uuid:worker_id>/", workers.worker, name="worker"),
    path("people/workers/<uuid:worker_id>/skills/", workers.skills, name="worker-skills"),
    path("people/workers/<uuid:worker_id>/leaving/", workers.leaving, name="worker-leaving"),
    path("people/workers/<uuid:worker_id>/erasure/", erasure.erasure, name="worker-erasure"),
    path("people/workers/<uuid:worker_id>/looks/", looks.worker_looks, name="worker-looks"),
    path("people/accounts/", accounts.accounts, name="accounts"),
    path("people/accounts/<uuid:person_id>/", accounts.account, name="account"),
    path("people/accounts/<uuid:person_id>/invitation/", accounts.invitation, name="account-invitation"),
    path("people/accounts/<uuid:person_id>/closing/", accounts.closing, name="account-closing"),
    path("people/accounts/<uuid:person_id>/opening/", accounts.opening, name="account-opening"),
    path("people/accounts/<uuid:person_id>/grants/", grants.giving, name="account-grants"),
    path("people/grants/", grants.grants, name="grants"),
    path("people/grants/<uuid:grant_id>/ending/", grants.ending, name="grant-ending"),
    path("people/roles/", grants.roles, name="roles"),
    path("people/roles/<uuid:role_id>/", grants.role, name="role"),
    path("people/trail/", trail.trail, name="trail"),
    path("people/profile/", own.profile, name="profile"),
    path("people/looks/", looks.own_looks, name="looks"),
    path("people/notices/", own.notices, name="notices"),
    path("people/notices/<uuid:notice_id>/", own.notice, name="notice"),
    path("people/time/", time.my_day, name="my-day"),
    path("people/time/state/", time.state, name="time-state"),
    path("people/time/team/", time.team_time, name="team-time"),
    path("people/time/requests/<uuid:request_id>/answer/", time.request_answer, name="time-answer"),
    path("people/workers/<uuid:worker_id>/time/", time.worker_time, name="worker-time"),
    path("people/workers/<uuid:worker_id>/time/corrections/", time.correction, name="worker-time-correction"),
    path("people/tokens/", tokens.tokens, name="tokens"),
    path("people/tokens/<uuid:token_id>/revocation/", tokens.revocation, name="token-revocation"),
]
