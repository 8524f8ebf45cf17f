"""Every address, by door. A door that has no addresses yet is left out."""

from __future__ import annotations

from importlib.util import find_spec

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from kbi_audit.health import live, ready

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/live", live, name="live"),
    path("health/ready", ready, name="ready"),
    path("register/", admin.site.urls),
]
DOORS = {"api/": "compliance.api.urls", "portal/": "compliance.portal.urls", "": "compliance.console.urls"}
MACHINES = ("compliance.api.ledger_urls", "compliance.api.oauth_urls", "compliance.api.access_urls")
urlpatterns += [path("", include(addresses)) for addresses in MACHINES]
urlpatterns += [path(at, include(door)) for at, door in DOORS.items() if find_spec(door)]
