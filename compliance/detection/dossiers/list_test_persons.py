"""List who and what is used for tests, and has no place in production."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import msgspec
from django.db import transaction

from compliance.detection.dossiers.told import DossierPerson  # noqa: TC001 - msgspec reads the annotations
from compliance.detection.models import ApplicationForTests, PersonForTests
from compliance.exchanges import people
from compliance.exchanges.submission import Code, Label  # noqa: TC001 - msgspec reads the annotations
from compliance.kernel.canonical import is_canonical_text
from compliance.kernel.clock import now
from compliance.kernel.errors import FieldError, InvalidInputError
from compliance.kernel.identifiers import holds_insz
from compliance.kernel.pseudonyms import short
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compliance.kernel.actor import Actor

MOST_ERRORS = 100
_NATIONAL = "insz"


class ForTests(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """A test person or a test application; ``partner`` is whose number it is, where it is not a national one."""

    person: DossierPerson | None = None
    application: Label | None = None
    partner: Code = ""


def list_test_persons(*, listed: Sequence[ForTests], actor: Actor) -> int:
    """Keep persons, as pseudonyms, and applications as what is used for tests; return how many were new.

    One durable transaction, of all or none; listing the same again changes nothing. Raises
    :class:`InvalidInputError` with a pointer per error, ``/<position>/…``, that quotes no value.
    """
    at = now()
    errors = tuple(islice(_problems(listed), MOST_ERRORS))
    if errors:
        raise InvalidInputError(detail="The list has errors; nothing of it was kept.", errors=errors)
    persons = {_pseudonym(one.person, one.partner) for one in listed if one.person is not None}
    names = {one.application for one in listed if one.application is not None}
    with transaction.atomic(durable=True):
        persons -= set(PersonForTests.objects.filter(person__in=persons).values_list("person", flat=True))
        names -= set(ApplicationForTests.objects.filter(name__in=names).values_list("name", flat=True))
        PersonForTests.objects.bulk_create(
            (PersonForTests(person=person, listed_at=at) for person in sorted(persons)), ignore_conflicts=True
        )
        ApplicationForTests.objects.bulk_create(
            (ApplicationForTests(name=name, listed_at=at) for name in sorted(names)), ignore_conflicts=True
        )
        record_act(
            actor=actor,
            kind=ActKind.TEST_PERSONS_LISTED,
            details={"persons": str(len(persons)), "applications": str(len(names))},
        )
    return len(persons) + len(names)


def _problems(listed: Sequence[ForTests]) -> Iterator[FieldError]:
    for position, one in enumerate(listed):
        if (one.person is None) == (one.application is None):
            detail = "Name a person or an application, one a line."
            yield FieldError(f"/{position}/person", detail, "one-of-two")
        if one.person is not None and people.normal_identifier(one.person.kind, one.person.value) is None:
            detail = "The check digits or the form of this identifier are wrong. Give eleven digits, or another kind."
            yield FieldError(f"/{position}/person/value", detail, "not-an-identifier")
        if one.person is not None and one.person.kind != _NATIONAL and not one.partner:
            detail = "Say at which organisation this number is used."
            yield FieldError(f"/{position}/partner", detail, "missing")
        if one.application is not None and (not is_canonical_text(one.application) or holds_insz(one.application)):
            detail = "Name the application as exchanges do, without a number of a person."
            yield FieldError(f"/{position}/application", detail, "not-text")


def _pseudonym(person: DossierPerson, partner: str) -> int:
    normal = people.normal_identifier(person.kind, person.value) or ""
    return short(people.person_lookup(partner, person.kind, normal))
