"""Closed vocabularies of who comes in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CredentialKind(models.TextChoices):
    """How a system proves who it is."""

    TOKEN = "token", _("static token")
    SECRET = "secret", _("client secret")
    PUBLIC_KEY = "public-key", _("public key")
    CERTIFICATE = "certificate", _("certificate")
