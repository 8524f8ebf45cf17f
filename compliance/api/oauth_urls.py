"""Addresses at which machine clients get their access tokens."""

from __future__ import annotations

from django.urls import path

from compliance.api.oauth.views import KeysView, MetadataView, TokenView

urlpatterns = [
    path("oauth/token", TokenView.as_view(), name="oauth-token"),
    path("oauth/jwks", KeysView.as_view(), name="oauth-jwks"),
    path(".well-known/oauth-authorization-server", MetadataView.as_view(), name="oauth-metadata"),
]
