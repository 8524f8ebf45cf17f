"""Check that a version names only what the register knows, before it is registered for ever."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from compliance.authorisations.models import Authorisation
from compliance.registry.models import DataCategory, LegalBasis, Organisation, Purpose, Route, Service

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from compliance.authorisations.draft import Instrument, VersionDraft
    from compliance.registry.named import Named

_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,59}")
ENVIRONMENTS = ("production", "acceptance", "test")
NAMED: dict[str, type[Named]] = {
    "recipients": Organisation,
    "purposes": Purpose,
    "categories": DataCategory,
    "legal_bases": LegalBasis,
    "routes": Route,
}


def check_draft(draft: VersionDraft) -> None:
    """Raise Django's ValidationError that says, per field, what is missing or unknown. Seven queries."""
    wrong = {field: problem for field, problem in _problems(draft) if problem}
    if wrong:
        raise ValidationError(wrong)


def check_instrument(instrument: Instrument) -> None:
    """Raise Django's ValidationError for a code that cannot be cited, or another kind than the instrument has."""
    if not _CODE.fullmatch(instrument.code):
        raise ValidationError({"code": _("Use capitals, digits and hyphens, 60 at the most.")})
    found = Authorisation.objects.filter(code=instrument.code).first()
    if found is not None and found.kind != instrument.kind:
        raise ValidationError({"kind": _("The kind of an instrument never changes.")})


def service_choices() -> set[str]:
    """Return what a version may name as a service: each code, and each code with a version."""
    services = Service.objects.values_list("code", "version")
    return {code for code, _version in services} | {f"{code}/{version}" for code, version in services}


def _problems(draft: VersionDraft) -> Iterator[tuple[str, str]]:
    yield "provider", _unknown([draft.provider], Organisation.objects.values_list("code", flat=True))
    for field, model in NAMED.items():
        yield field, _unknown(getattr(draft, field), model._default_manager.values_list("code", flat=True))
    yield "services", _unknown(draft.services, service_choices())
    yield "environments", _unknown(draft.environments, ENVIRONMENTS)
    if any(moment is not None and moment.tzinfo is None for moment in (draft.valid_from, draft.valid_until)):
        yield "valid_from", _("A moment needs a time zone.")
    elif draft.valid_until is not None and draft.valid_until <= draft.valid_from:
        yield "valid_until", _("The end must come after the beginning.")


def _unknown(codes: Collection[str], known: Collection[str]) -> str:
    if not codes:
        return _("Name at least one.")
    missing = ", ".join(sorted(set(codes) - set(known)))
    return _("Not in the register: %(codes)s.") % {"codes": missing} if missing else ""
