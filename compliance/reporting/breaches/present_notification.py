"""The words of a notification of a data breach, in the order of GDPR article 33(3)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from compliance.cases.breaches.content import lacking, read_notification
from compliance.kernel.clock import BRUSSELS
from compliance.registry.models import DataCategory, Organisation
from compliance.reporting.protocols.present_document import displayable

if TYPE_CHECKING:
    from datetime import date, datetime

    from compliance.cases.breaches.content import Notification
    from compliance.cases.breaches.models import BreachDraft


@dataclass(frozen=True, slots=True)
class PresentedNotification:
    """What the template places: a title, lines under it, and rows of a head and its words."""

    language: str
    title: str
    subtitle: str
    version: str
    rows: tuple[tuple[str, str], ...]
    lacking: str


def present_notification(draft: BreachDraft) -> dict[str, object]:
    """Return the words of one version; two queries."""
    told, breach = read_notification(draft.content), draft.breach
    rows = [(head, displayable(words)) for head, words in _rows(told, breach.aware_at, breach.due_at) if words]
    return asdict(
        PresentedNotification(
            language=(get_language() or "nl")[:2],
            title=_("Notification of a personal data breach"),
            subtitle=_("GDPR article 33. Case %(code)s.") % {"code": breach.case.code},
            version=_("Version %(number)s of %(moment)s") % {"number": draft.number, "moment": _moment(draft.at)},
            rows=tuple(rows),
            lacking=_("Some of what article 33 asks is not known yet, and follows in a next phase.")
            if lacking(told)
            else "",
        )
    )


def _rows(told: Notification, aware_at: datetime, due_at: datetime) -> list[tuple[str, str]]:
    categories = [one.name for one in DataCategory.objects.filter(code__in=told.categories)]
    partners = [one.name for one in Organisation.objects.filter(code__in=told.partners)]
    special = _("Special categories (GDPR article 9) are among them.") if told.sensitive else ""
    return [
        (_("Controller"), told.controller),
        (_("Data protection officer"), ", ".join(filter(None, (told.dpo_name, told.dpo_email)))),
        (_("Aware since"), _moment(aware_at)),
        (_("To be notified by"), _moment(due_at)),
        (_("Nature of the breach"), told.nature),
        (_("Period"), _period(told.begins_on, told.ends_on)),
        (_("Categories of data"), " ".join(filter(None, (_listed(categories), special)))),
        (_("Categories of persons"), told.about_whom),
        (_("Number of persons"), number_format(told.persons, force_grouping=True) if told.persons else ""),
        (_("Number of records"), number_format(told.records, force_grouping=True) if told.records else ""),
        (_("Organisations concerned"), _listed(partners)),
        (_("Likely consequences"), told.consequences),
        (_("Measures taken"), told.measures_taken),
        (_("Measures planned"), told.measures_planned),
        (_("Persons are informed (article 34)"), _informed(told)),
        (_("Why it is notified after 72 hours"), told.late_because),
    ]


def _informed(told: Notification) -> str:
    if told.inform_persons is None:
        return told.inform_reason
    return " ".join(filter(None, (_("Yes.") if told.inform_persons else _("No."), told.inform_reason)))


def _period(begins_on: date | None, ends_on: date | None) -> str:
    if begins_on is None or ends_on is None:
        return "".join(date_format(day, "DATE_FORMAT") for day in (begins_on, ends_on) if day)
    told = {"begin": date_format(begins_on, "DATE_FORMAT"), "end": date_format(ends_on, "DATE_FORMAT")}
    return told["begin"] if begins_on == ends_on else _("%(begin)s until %(end)s") % told


def _listed(names: list[str]) -> str:
    return f"{', '.join(sorted(names))}." if names else ""


def _moment(at: datetime) -> str:
    return date_format(at.astimezone(BRUSSELS), "DATETIME_FORMAT")
