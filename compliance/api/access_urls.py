"""Addresses of the gate, where AuthZEN's Authorization API expects them."""

from __future__ import annotations

from django.urls import path

from compliance.api.access.evaluation import evaluation
from compliance.api.access.evaluations import evaluations
from compliance.api.access.metadata import metadata

urlpatterns = [
    path("access/v1/evaluation", evaluation, name="access-evaluation"),
    path("access/v1/evaluations", evaluations, name="access-evaluations"),
    path(".well-known/authzen-configuration", metadata, name="authzen-configuration"),
]
