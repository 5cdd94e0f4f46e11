"""Policy's pages: guidelines and their versions, examples and translations, certifications."""

from django.urls import path

from . import certifications, policies, requests, sops, translations

urlpatterns = [
    path("policy/", policies.policies, name="policies"),
    path("policy/preview/", policies.preview, name="preview"),
    path("policy/certifications/", certifications.certifications, name="certifications"),
    path("policy/certifications/<uuid:certification_id>/", certifications.certification, name="certification"),
    path("policy/certificates/<uuid:certificate_id>/withdrawal/", certifications.withdrawing, name="withdrawing"),
    path("policy/changes/", requests.all_requests, name="all-change-requests"),
    path("policy/changes/<uuid:change_request_id>/", requests.change_request, name="change-request"),
    path("policy/<uuid:policy_id>/changes/", requests.requests_of, name="change-requests"),
    path("policy/<uuid:policy_id>/", policies.policy, name="policy"),
    path("policy/<uuid:policy_id>/versions/", policies.versions, name="versions"),
    path("policy/<uuid:policy_id>/versions/<int:number>/", policies.version, name="version"),
    path("policy/<uuid:policy_id>/publish/", policies.publish, name="publish"),
    path("policy/<uuid:policy_id>/sops/", sops.sops, name="sops"),
    path("policy/<uuid:policy_id>/languages/", translations.languages, name="languages"),
    path("policy/<uuid:policy_id>/examples/", translations.examples, name="examples"),
    path("policy/examples/<uuid:policy_example_id>/ending/", translations.ending, name="example-ending"),
]
