"""What a partner has shown in the tests, for who puts its authorisation into production."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.connecting.checklist import checklist
from compliance.connecting.models import Connection
from compliance.console.presenters import words
from compliance.console.presenters.badge import Badge

if TYPE_CHECKING:
    from compliance.authorisations.requests.models import AuthorisationRequest


@dataclass(frozen=True, slots=True)
class TestLine:
    """One check, and when it was passed."""

    name: str
    standing: Badge


@dataclass(frozen=True, slots=True)
class PresentedTests:
    """All checks, and in one sentence whether something stands in the way."""

    sentence: str
    is_clear: bool
    lines: tuple[TestLine, ...]


def present_tests(request: AuthorisationRequest) -> PresentedTests:
    """Tell what the partner's system has shown. Three queries at most."""
    connection = Connection.objects.filter(organisation=request.organisation).first()
    if connection is None:
        told = _("The connection of this partner is not followed here. Say below what the tests showed.")
        return PresentedTests(told, is_clear=False, lines=())
    checks = checklist(connection)
    lacking = sum(one.passed_at is None for one in checks)
    lines = tuple(
        TestLine(
            words.sentence(str(one.check.label)),
            Badge(_("passed on %(day)s") % {"day": words.day(words.local_day(one.passed_at))}, "good")
            if one.passed_at
            else Badge(_("not passed yet"), "care"),
        )
        for one in checks
    )
    told = (
        _("These tests stand in the way: %(lacking)s of %(all)s were not passed.")
        % {"lacking": words.figure(lacking), "all": words.figure(len(checks))}
        if lacking
        else _("The partner's system passed every test.")
    )
    return PresentedTests(told, is_clear=not lacking, lines=lines)
