"""Addresses of the console, and of signing in."""

from __future__ import annotations

from django.urls import path

from compliance.console.views import (
    authorisations,
    connections,
    exchange,
    exchanges,
    mail_preference,
    municipalities,
    notices,
    oversight,
    person,
    preferences,
    proof,
    session,
    start,
    statistics,
    what_if,
)

urlpatterns = [
    path("", start.start, name="start"),
    path("sign-in/", session.sign_in, name="login"),
    path("sign-out/", session.sign_out, name="logout"),
    path("preferences/language", preferences.language, name="language"),
    path("preferences/theme", preferences.theme, name="theme"),
    path("preferences/mail", mail_preference.mail_preference, name="mail-preference"),
    path("notices/", notices.notices, name="notices"),
    path("notices/read", notices.read_notices, name="notices-read"),
    path("notices/<int:notice_id>/open", notices.open_notice, name="notice-open"),
    path("notices/<int:notice_id>/read", notices.read_notice, name="notice-read"),
    path("exchanges/", exchanges.exchanges, name="exchanges"),
    path("exchanges/of-a-person/", person.person, name="person"),
    path("exchanges/<uuid:exchange_id>/", exchange.exchange, name="exchange"),
    path("exchanges/<uuid:exchange_id>/identity", exchange.identity, name="identity"),
    path("exchanges/<uuid:exchange_id>/proof/", proof.record, name="exchange-proof"),
    path("exchanges/<uuid:exchange_id>/proof/file", proof.file, name="exchange-proof-file"),
    path("proof/", proof.proof, name="proof"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("statistics/file/<str:kind>", statistics.file, name="statistics-file"),
    path("authorisations/", authorisations.authorisations, name="authorisations"),
    path("authorisations/<str:code>/<int:number>/", authorisations.authorisation, name="authorisation"),
    path("authorisations/<str:code>/use/", authorisations.use, name="authorisation-use"),
    path("authorisations/<str:code>/use/amendment", authorisations.draft_amendment, name="authorisation-amendment"),
    path("requests/<str:code>/what-if/", what_if.what_if, name="request-what-if"),
    path("connections/", connections.connections, name="connections"),
    path("connections/begin/", connections.begin, name="connection-begin"),
    path("connections/<str:code>/", connections.connection, name="connection"),
    path("connections/<str:code>/move", connections.move, name="connection-move"),
    path("municipalities/", municipalities.municipalities, name="municipalities"),
    path("municipalities/file", municipalities.file, name="municipalities-file"),
    path("oversight/", oversight.oversight, name="oversight"),
]
