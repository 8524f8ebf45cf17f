"""A question as AuthZEN's Authorization API 1.0 writes it, and what of it this service reads.

Members with another name are ignored, as the specification demands; everything that decides the
verdict and has no harmless default is required, so that a misspelt name is an error and no answer.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

Text = Annotated[str, msgspec.Meta(max_length=200)]
Codes = Annotated[tuple[Text, ...], msgspec.Meta(max_length=200)]


class SubjectProperties(msgspec.Struct, frozen=True):
    """On whose behalf is asked, with which application, and to which group the person belongs who asks by hand."""

    on_behalf_of: Text | None = None
    application: Text | None = None
    user_group: Text | None = None


class Subject(msgspec.Struct, frozen=True):
    """Who wants the data: an organisation of the register."""

    type: Text
    id: Text
    properties: SubjectProperties = SubjectProperties()


class ActionProperties(msgspec.Struct, frozen=True):
    """What for, by what right, and whether a person asks by hand."""

    purpose: Text
    legal_basis: Text
    trigger: Literal["automatic", "manual"] = "automatic"


class Action(msgspec.Struct, frozen=True):
    """What is to be done: ``receive``."""

    name: Text
    properties: ActionProperties


class ResourceProperties(msgspec.Struct, frozen=True):
    """Who answers, and with which categories of data."""

    source: Text
    categories: Codes


class Resource(msgspec.Struct, frozen=True):
    """What is asked: a service of the register, as ``CODE/version``."""

    type: Text
    id: Text
    properties: ResourceProperties


class Context(msgspec.Struct, frozen=True):
    """By which route, in which environment, and at which moment (RFC 3339, with a zone; left out: now)."""

    route: Text
    environment: Literal["production", "acceptance", "test"] = "production"
    time: Text | None = None


class EvaluationRequest(msgspec.Struct, frozen=True):
    """One question."""

    subject: Subject
    action: Action
    resource: Resource
    context: Context


class EvaluationsOptions(msgspec.Struct, frozen=True):
    """How several questions are gone through."""

    evaluations_semantic: Literal["execute_all", "deny_on_first_deny", "permit_on_first_permit"] = "execute_all"


class RawEvaluations(msgspec.Struct, frozen=True):
    """Several questions, each still to be read; what one leaves out is what stands above, whole objects at a time."""

    evaluations: tuple[dict[str, msgspec.Raw], ...] = ()
    options: EvaluationsOptions = EvaluationsOptions()
    subject: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    action: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    resource: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    context: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
