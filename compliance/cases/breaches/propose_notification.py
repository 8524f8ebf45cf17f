"""What a notification says before anybody wrote a word: as far as the case and the register tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.cases.breaches.content import Notification
from compliance.cases.breaches.exchanges_of import exchanges_of
from compliance.cases.sentences import sentence_of
from compliance.kernel.clock import BRUSSELS
from compliance.ledger.logs import LogNumber
from compliance.ledger.models import Opening
from compliance.registry.controllers import controller_on
from compliance.registry.keeper import keeper
from compliance.registry.models import DataCategory, Organisation

if TYPE_CHECKING:
    from uuid import UUID

    from compliance.cases.breaches.models import Breach


def propose_notification(breach: Breach) -> Notification:
    """Return a first text, in the language of whoever asks; some ten queries. It decides nothing: people complete it.

    Persons are counted once each over the exchanges that the case names, however many exchanges they are in.
    """
    case = breach.case
    findings = list(case.findings.all())
    exchanges = exchanges_of(case)
    categories = sorted({category for finding in findings for category in finding.categories})
    sensitive = DataCategory.objects.filter(code__in=categories, special_category=True).exists()
    dpo = Organisation.objects.filter(code=keeper()).first()
    controller = controller_on(breach.aware_at.astimezone(BRUSSELS).date())
    told = {"case": case.code, "sentence": sentence_of(case)}
    return Notification(
        controller=controller.name if controller else "",
        dpo_name=dpo.dpo_name if dpo else "",
        dpo_email=dpo.dpo_email if dpo else "",
        nature=_(
            "Personal data were consulted without a reason that the law knows. The review of access found it "
            "(case %(case)s): %(sentence)s"
        )
        % told,
        begins_on=case.begins.astimezone(BRUSSELS).date() if case.begins else None,
        ends_on=case.ends.astimezone(BRUSSELS).date() if case.ends else None,
        categories=tuple(categories),
        sensitive=sensitive,
        about_whom=_("Civic-integration clients and learners of Dutch"),
        persons=max([_persons(exchanges), *(finding.persons for finding in findings)]),
        records=max([len(exchanges), *(finding.exchanges for finding in findings)]),
        partners=tuple(sorted({finding.partner for finding in findings if finding.partner})),
        consequences=_consequences(sensitive=sensitive),
        measures_taken=_("The exchanges are kept as evidence in a ledger that nobody can alter unseen."),
    )


def _consequences(*, sensitive: bool) -> str:
    told = _("The persons lost control of their data: somebody knows of them what he or she need not know.")
    more = _("Special categories of data (GDPR article 9) are among them, which can lead to discrimination.")
    return f"{told} {more}" if sensitive else told


def _persons(exchanges: list[UUID]) -> int:
    about = Opening.objects.filter(log=LogNumber.EXCHANGES, id__in=exchanges, position__gte=0)
    return about.values("lookup").distinct().count()
