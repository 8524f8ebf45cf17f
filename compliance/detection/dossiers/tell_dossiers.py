"""Take in what partners tell of their dossiers."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from django.db import connection, transaction

from compliance.exchanges import people
from compliance.kernel.canonical import is_canonical_text
from compliance.kernel.clock import now
from compliance.kernel.errors import FieldError, InvalidInputError
from compliance.kernel.identifiers import holds_insz
from compliance.kernel.pseudonyms import short
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind
from compliance.registry.models import Organisation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from compliance.detection.dossiers.told import DossierPerson, ToldDossier
    from compliance.exchanges.recorded import Reporter

MOST_ERRORS = 100
_NAMED = 10
# In the order of its keys, so that two batches at once wait for each other and do not lock each other out.
_UPSERT = """
    INSERT INTO compliance_dossier AS kept (partner, person, dossier, holder, team, opened, closed, told_at)
    SELECT told.*, %s FROM unnest(%s::text[], %s::bigint[], %s::bigint[], %s::bigint[], %s::text[], %s::date[],
                                  %s::date[]) AS told (partner, person, dossier, holder, team, opened, closed)
     ORDER BY 1, 3, 2
    ON CONFLICT (partner, dossier, person) DO UPDATE
       SET holder = excluded.holder, team = excluded.team, opened = excluded.opened, closed = excluded.closed,
           told_at = excluded.told_at
     WHERE (kept.holder, kept.team, kept.opened, kept.closed)
           IS DISTINCT FROM (excluded.holder, excluded.team, excluded.opened, excluded.closed)
    RETURNING xmax = 0
"""


class DossiersTold(msgspec.Struct, frozen=True):
    """How many dossiers were told: new ones, ones that had changed, and ones that were known so already."""

    new: int
    changed: int
    known: int


class _Row(NamedTuple):
    partner: str
    person: int
    dossier: int
    holder: int | None
    team: str | None
    opened: date
    closed: date | None


def tell_dossiers(*, dossiers: Sequence[ToldDossier], reporter: Reporter) -> DossiersTold:
    """Keep all dossiers of a batch, or none, as pseudonyms. One durable transaction.

    What is told of a dossier and person replaces what was told before; telling the same again changes nothing. Raises
    :class:`InvalidInputError` with a pointer per error, ``/<position>/…``, that quotes no value.
    """
    at = now()
    known = frozenset(Organisation.objects.values_list("code", flat=True))
    rows: dict[tuple[str, int, int], _Row] = {}
    errors = tuple(islice(_problems(dossiers, reporter=reporter, known=known, rows=rows), MOST_ERRORS))
    if errors:
        raise InvalidInputError(detail="The dossiers have errors; none was kept.", errors=errors)
    with transaction.atomic(durable=True):
        told = _keep(list(rows.values()), at=at)
        partners = sorted({row.partner for row in rows.values()})
        record_act(
            actor=reporter.actor,
            kind=ActKind.DOSSIERS_TOLD,
            details={
                "partners": ", ".join(partners[:_NAMED]),
                "new": str(told.new),
                "changed": str(told.changed),
                "known": str(told.known),
            },
        )
    return told


def _keep(rows: list[_Row], *, at: datetime) -> DossiersTold:
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT, [at, *map(list, zip(*rows, strict=True))])
        kept = [is_new for (is_new,) in cursor.fetchall()]
    return DossiersTold(new=sum(kept), changed=len(kept) - sum(kept), known=len(rows) - len(kept))


def _problems(
    dossiers: Sequence[ToldDossier],
    *,
    reporter: Reporter,
    known: frozenset[str],
    rows: dict[tuple[str, int, int], _Row],
) -> Iterator[FieldError]:
    """Yield what is wrong with a batch, and fill ``rows`` with what is right."""
    for position, told in enumerate(dossiers):
        wrong = list(_wrong(told, reporter=reporter, known=known))
        for error in wrong:
            yield FieldError(f"/{position}{error.pointer}", error.detail, error.code)
        if wrong:
            continue
        row = _row(told, partner=told.partner or reporter.organisation)
        key = (row.partner, row.dossier, row.person)
        if rows.setdefault(key, row) != row:
            detail = "This dossier and person stand in the batch twice, and differ. Leave out what is not so any more."
            yield FieldError(f"/{position}/dossier", detail, "told-twice")


def _wrong(told: ToldDossier, *, reporter: Reporter, known: frozenset[str]) -> Iterator[FieldError]:
    partner = told.partner or reporter.organisation
    if partner not in reporter.producers:
        detail = f"You may tell dossiers of {', '.join(sorted(reporter.producers)[:_NAMED])}. Name one of these."
        yield FieldError("/partner", detail, "not-your-partner")
    elif partner not in known:
        yield FieldError("/partner", "The register has no organisation with this code.", "unknown")
    for pointer, person in (("/person", told.person), ("/holder", told.holder)):
        if person is not None and people.normal_identifier(person.kind, person.value) is None:
            detail = (
                "The check digits or the form of this identifier are wrong. "
                "Give the eleven digits of the INSZ or BIS number, or another kind."
            )
            yield FieldError(f"{pointer}/value", detail, "not-an-identifier")
    if people.normal_identifier("dossier", told.dossier) is None:
        detail = "Give the reference that exchanges give, as printable text without spaces around it."
        yield FieldError("/dossier", detail, "not-an-identifier")
    if told.team is not None and (not is_canonical_text(told.team) or holds_insz(told.team)):
        detail = "Name the team in printable text, without a number of a person."
        yield FieldError("/team", detail, "not-text")
    if told.closed is not None and told.closed < told.opened:
        yield FieldError("/closed", "It was closed before it was opened. Correct one of the two days.", "time-order")


def _row(told: ToldDossier, *, partner: str) -> _Row:
    return _Row(
        partner=partner,
        person=_pseudonym(partner, told.person),
        dossier=short(people.dossier_lookup(partner, told.dossier)),
        holder=None if told.holder is None else _pseudonym(partner, told.holder),
        team=told.team,
        opened=told.opened,
        closed=told.closed,
    )


def _pseudonym(partner: str, person: DossierPerson) -> int:
    normal = people.normal_identifier(person.kind, person.value) or ""
    return short(people.person_lookup(partner, person.kind, normal))
