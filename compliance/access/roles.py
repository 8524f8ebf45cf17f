"""Roles of people, and what each role may do. This table is the law; views and verbs ask it."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The main job of a person here."""

    NONE = "", _("no role")
    OFFICER = "officer", _("privacy officer")
    AUDITOR = "auditor", _("auditor")
    OPERATOR = "operator", _("operator")
    PARTNER_REQUESTER = "partner-requester", _("requester of a partner")
    PARTNER_DPO = "partner-dpo", _("data protection officer of a partner")


class Capability(StrEnum):
    """What can be allowed."""

    SEE_ALL_EXCHANGES = "see-all-exchanges"
    SEE_OWN_EXCHANGES = "see-own-exchanges"
    REVEAL_IDENTITIES = "reveal-identities"
    SEE_ALL_STATISTICS = "see-all-statistics"
    SEE_OWN_STATISTICS = "see-own-statistics"
    SEE_REGISTER = "see-register"
    KEEP_REGISTER = "keep-register"
    SEE_OVERSIGHT = "see-oversight"
    SEE_OPERATIONS = "see-operations"
    SEE_LEDGER = "see-ledger"
    SEE_ALL_REQUESTS = "see-all-requests"
    DECIDE_REQUESTS = "decide-requests"
    SEE_OWN_REQUESTS = "see-own-requests"
    MAKE_REQUESTS = "make-requests"
    ADVISE_FOR_PARTNER = "advise-for-partner"
    SEE_CONNECTIONS = "see-connections"
    KEEP_CONNECTIONS = "keep-connections"
    SEE_OWN_CONNECTION = "see-own-connection"
    KEEP_OWN_PEOPLE = "keep-own-people"
    SEE_SAMPLES = "see-samples"
    REVIEW_SAMPLES = "review-samples"
    SEE_CASES = "see-cases"
    DECIDE_CASES = "decide-cases"
    SEE_OWN_QUESTIONS = "see-own-questions"
    KEEP_WEBHOOKS = "keep-webhooks"
    ANSWER_QUESTIONS = "answer-questions"
    KEEP_DETECTORS = "keep-detectors"
    ANNOUNCE_EVENTS = "announce-events"
    SEE_JOBS = "see-jobs"


CAPABILITIES: dict[Role, frozenset[Capability]] = {
    Role.NONE: frozenset(),
    Role.OFFICER: frozenset(
        {
            Capability.SEE_ALL_EXCHANGES,
            Capability.REVEAL_IDENTITIES,
            Capability.SEE_ALL_STATISTICS,
            Capability.SEE_REGISTER,
            Capability.SEE_OVERSIGHT,
            Capability.SEE_LEDGER,
            Capability.SEE_ALL_REQUESTS,
            Capability.DECIDE_REQUESTS,
            Capability.SEE_SAMPLES,
            Capability.REVIEW_SAMPLES,
            Capability.SEE_CONNECTIONS,
            Capability.SEE_CASES,
            Capability.DECIDE_CASES,
            Capability.KEEP_DETECTORS,
            Capability.SEE_JOBS,
        }
    ),
    Role.AUDITOR: frozenset(
        {
            Capability.SEE_ALL_EXCHANGES,
            Capability.REVEAL_IDENTITIES,
            Capability.SEE_ALL_STATISTICS,
            Capability.SEE_REGISTER,
            Capability.SEE_OVERSIGHT,
            Capability.SEE_LEDGER,
            Capability.SEE_ALL_REQUESTS,
            Capability.SEE_SAMPLES,
            Capability.SEE_CONNECTIONS,
            Capability.SEE_CASES,
        }
    ),
    Role.OPERATOR: frozenset(
        {
            Capability.SEE_ALL_STATISTICS,
            Capability.SEE_REGISTER,
            Capability.KEEP_REGISTER,
            Capability.SEE_OPERATIONS,
            Capability.SEE_LEDGER,
            Capability.SEE_ALL_REQUESTS,
            Capability.SEE_CONNECTIONS,
            Capability.KEEP_CONNECTIONS,
            Capability.KEEP_WEBHOOKS,
            Capability.SEE_JOBS,
        }
    ),
    Role.PARTNER_REQUESTER: frozenset(
        {
            Capability.SEE_OWN_EXCHANGES,
            Capability.SEE_OWN_STATISTICS,
            Capability.SEE_OWN_REQUESTS,
            Capability.MAKE_REQUESTS,
            Capability.SEE_OWN_CONNECTION,
            Capability.ANNOUNCE_EVENTS,
            Capability.SEE_OWN_QUESTIONS,
        }
    ),
    Role.PARTNER_DPO: frozenset(
        {
            Capability.SEE_OWN_EXCHANGES,
            Capability.SEE_OWN_STATISTICS,
            Capability.REVEAL_IDENTITIES,
            Capability.SEE_OWN_REQUESTS,
            Capability.ADVISE_FOR_PARTNER,
            Capability.SEE_OWN_CONNECTION,
            Capability.ANNOUNCE_EVENTS,
            Capability.SEE_OWN_QUESTIONS,
            Capability.ANSWER_QUESTIONS,
        }
    ),
}


def capabilities_of(role: str) -> frozenset[Capability]:
    """Return what a role may do; an unknown role may do nothing."""
    return CAPABILITIES.get(Role(role), frozenset()) if role in Role.values else frozenset()
