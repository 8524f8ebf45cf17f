"""Addresses of the portal."""

from __future__ import annotations

from django.urls import path

from compliance.portal.views import (
    authorisations,
    clients,
    connections,
    exchanges,
    people,
    proof,
    protocols,
    request,
    request_attachments,
    request_edit,
    request_edit_review,
    requests,
    self_test,
    standing,
    start,
    statistics,
)

urlpatterns = [
    path("", start.start, name="portal-start"),
    path("exchanges/", exchanges.exchanges, name="portal-exchanges"),
    path("exchanges/<uuid:exchange_id>/", exchanges.exchange, name="portal-exchange"),
    path("exchanges/<uuid:exchange_id>/identity", exchanges.identity, name="portal-identity"),
    path("exchanges/<uuid:exchange_id>/proof/", proof.record, name="portal-exchange-proof"),
    path("exchanges/<uuid:exchange_id>/proof/file", proof.file, name="portal-exchange-proof-file"),
    path("proof/", proof.proof, name="portal-proof"),
    path("standing/", standing.standing, name="portal-standing"),
    path("standing/calendar.ics", standing.calendar, name="portal-standing-calendar"),
    path("statistics/", statistics.statistics, name="portal-statistics"),
    path("statistics/file/<str:kind>", statistics.file, name="portal-statistics-file"),
    path("authorisations/", authorisations.authorisations, name="portal-authorisations"),
    path("authorisations/<str:code>/<int:number>/", authorisations.authorisation, name="portal-authorisation"),
    path(
        "authorisations/<str:code>/<int:number>/policy.jsonld",
        protocols.policy,
        name="portal-authorisation-policy",
    ),
    path("authorisations/<str:code>/use/", authorisations.use, name="portal-authorisation-use"),
    path(
        "authorisations/<str:code>/use/amendment", authorisations.draft_amendment, name="portal-authorisation-amendment"
    ),
    path("requests/", requests.requests, name="portal-requests"),
    path("requests/new/", requests.new, name="portal-request-new"),
    path("requests/<str:code>/protocol.pdf", protocols.request_pdf, name="portal-request-protocol-pdf"),
    path("requests/<str:code>/", request.one, name="portal-request"),
    path("requests/<str:code>/act/<str:slug>/", request.act, name="portal-request-act"),
    path("requests/<str:code>/message/", request.message, name="portal-request-message"),
    path("requests/<str:code>/successor/<str:slug>/", request.successor, name="portal-request-successor"),
    path("requests/<str:code>/review/", request_edit_review.review, name="portal-request-review"),
    path("requests/<str:code>/documents/", request_attachments.attach, name="portal-request-attach"),
    path(
        "requests/<str:code>/documents/<int:number>/", request_attachments.attachment, name="portal-request-attachment"
    ),
    path(
        "requests/<str:code>/documents/<int:number>/remove",
        request_attachments.removed,
        name="portal-request-attachment-remove",
    ),
    path("requests/<str:code>/<str:name>/", request_edit.section, name="portal-request-section"),
    path("connection/", connections.connections, name="portal-connections"),
    path("connection/<str:code>/", connections.connection, name="portal-connection"),
    path("connection/<str:code>/ready", connections.ready, name="portal-connection-ready"),
    path("self-test/", self_test.self_test, name="portal-self-test"),
    path("people/", people.people, name="portal-people"),
    path("people/new/", people.new_person, name="portal-person-new"),
    path("people/<int:number>/", people.person, name="portal-person"),
    path("people/<int:number>/role/", people.role, name="portal-person-role"),
    path("people/<int:number>/access/", people.access, name="portal-person-access"),
    path("people/<int:number>/password-link/", people.password_link, name="portal-person-password-link"),
    path("clients/", clients.clients, name="portal-clients"),
    path("clients/new/", clients.new_client, name="portal-client-new"),
    path("clients/<str:name>/", clients.client, name="portal-client"),
    path("clients/<str:name>/scopes/", clients.scopes, name="portal-client-scopes"),
    path("clients/<str:name>/closing/", clients.closing, name="portal-client-closing"),
    path("clients/<str:name>/keys/<int:number>/revoking/", clients.revoking, name="portal-key-revoking"),
    path("clients/<str:name>/keys/<str:kind>/", clients.new_key, name="portal-key-new"),
]
