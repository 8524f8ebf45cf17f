"""The proof of one record in words, as a drawing, and as the same in a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.console.presenters import words
from compliance.console.presenters.badge import Badge
from compliance.console.presenters.exchange_sentences import tell
from compliance.console.presenters.facts import Fact, FactGroup
from compliance.console.presenters.proof_drawing import Drawing, Rung, draw_proof
from compliance.console.presenters.proof_words import clock, groups, in_checkpoint, short
from compliance.reporting.ledger_proof.path import Side
from compliance.reporting.ledger_proof.record_proof import Unsealed
from compliance.reporting.ledger_proof.standing import Standing

if TYPE_CHECKING:
    from compliance.console.door import Door
    from compliance.console.presenters.names import Names
    from compliance.exchanges.models import Exchange
    from compliance.reporting.ledger_proof.path import Step
    from compliance.reporting.ledger_proof.record_proof import RecordProof


@dataclass(frozen=True, slots=True)
class StepRow:
    """One join, as a row."""

    number: str
    side: str
    neighbour: str
    joined: str
    leaves: str


@dataclass(frozen=True, slots=True)
class Way:
    """The way to the root: drawn, and as rows."""

    drawing: SafeString
    caption: str
    leaf: str
    rows: tuple[StepRow, ...]


@dataclass(frozen=True, slots=True)
class PresentedRecordProof:
    """What the template of a record's proof needs; ``way`` is ``None`` while the record has no place."""

    back: str
    title: str
    ledger: str
    file: str
    sentences: tuple[SafeString, ...]
    outcome: Badge
    result: str
    way: Way | None
    facts: FactGroup | None
    root: tuple[str, ...]
    root_in_checkpoint: str


def present_record_proof(
    *, exchange: Exchange, proof: RecordProof | Unsealed, names: Names, door: Door
) -> PresentedRecordProof:
    """Put a record's proof into words."""
    back, ledger = door.address("exchange", exchange.id), door.address("proof")
    title = _("%(partner)s, %(moment)s") % {
        "partner": names.organisation(exchange.partner),
        "moment": words.moment(exchange.started_at),
    }
    if isinstance(proof, Unsealed):
        return PresentedRecordProof(
            back,
            title,
            ledger,
            "",
            (_unsealed(proof),),
            *_waiting(proof),
            way=None,
            facts=None,
            root=(),
            root_in_checkpoint="",
        )
    return PresentedRecordProof(
        back=back,
        title=title,
        ledger=ledger,
        file=door.address("exchange-proof-file", exchange.id) if proof.checkpoint and proof.inclusion.matches else "",
        sentences=_sentences(proof),
        outcome=_outcome(proof),
        result=_result(proof),
        way=_way(proof),
        facts=_facts(proof),
        root=groups(proof.inclusion.expected),
        root_in_checkpoint=in_checkpoint(proof.inclusion.expected),
    )


def _unsealed(proof: Unsealed) -> SafeString:
    return tell(
        _("This record was written on {moment}, but has no place in the ledger yet."),
        moment=words.exact_moment(proof.recorded_at),
    )


def _waiting(proof: Unsealed) -> tuple[Badge, str]:
    due = words.exact_moment(proof.due)
    if proof.is_late:
        late = _("It should have had its place before %(moment)s. The operator of the service has to look into it.")
        return Badge(_("too late"), "bad"), late % {"moment": due}
    soon = _("That takes seconds as a rule, and ends before %(moment)s, as its receipt promises. Reload this page.")
    return Badge(_("waits for its place"), "open"), soon % {"moment": due}


def _sentences(proof: RecordProof) -> tuple[SafeString, ...]:
    if not proof.inclusion.matches:
        # Witnesses confirmed what was sealed at this place: they say nothing for what is stored there now.
        changed = _("This record has place {place} in the ledger, but what is stored now is not what was sealed there.")
        return (tell(changed, place=words.figure(proof.inclusion.index + 1)),)
    place = tell(
        _(
            "This record has place {place} in the ledger. "
            "Whoever changes one letter of it gets another root, and everybody who holds the root sees it."
        ),
        place=words.figure(proof.inclusion.index + 1),
    )
    return (place, _confirmed(proof))


def _confirmed(proof: RecordProof) -> SafeString:
    at = proof.standing.at
    if proof.checkpoint is None:
        return tell(
            _("It is sealed, but stands in no signed checkpoint yet: until then nobody outside can hold us to it.")
        )
    if proof.since is None or proof.standing.policy is None:
        return tell(
            _("The checkpoint that holds it is of {time}; too few witnesses confirmed it."),
            time=clock(proof.checkpoint.signed_at, at=at),
        )
    count = len(proof.standing.policy.witnesses)
    parts = {
        "time": clock(proof.since.signed_at, at=at),
        "given": words.figure(len(proof.since.witnesses)),
        "asked": words.figure(count),
    }
    if proof.stamp is None:
        template = ngettext(
            "Since {time} it is confirmed by {given} of {asked} witness.",
            "Since {time} it is confirmed by {given} of {asked} witnesses.",
            count,
        )
        return tell(template, **parts)
    template = ngettext(
        "Since {time} it is confirmed by {given} of {asked} witness; an outside time stamp says {stamped}.",
        "Since {time} it is confirmed by {given} of {asked} witnesses; an outside time stamp says {stamped}.",
        count,
    )
    return tell(template, **parts, stamped=clock(proof.stamp.stamped_at, at=at))


def _outcome(proof: RecordProof) -> Badge:
    if not proof.inclusion.matches:
        return Badge(_("does not match"), "bad")
    return Badge(_("matches"), "good")


def _result(proof: RecordProof) -> str:
    if not proof.inclusion.steps and proof.inclusion.size > 1:
        return _("The hashes on the way to the root are gone, so nothing can be computed. Raise the alarm.")
    if not proof.inclusion.matches:
        return _(
            "Computed anew just now from the bytes that are stored: they lead to another root. "
            "The record, or the tree, was changed. Raise the alarm."
        )
    if proof.checkpoint is None:
        return _("Computed anew just now from the bytes that are stored: they lead to the root that was sealed.")
    return _("Computed anew just now from the bytes that are stored: they lead to the root in the checkpoint.")


def _way(proof: RecordProof) -> Way | None:
    inclusion = proof.inclusion
    if not inclusion.steps and inclusion.size > 1:
        return None
    reached = inclusion.steps[-1].joined if inclusion.steps else inclusion.leaf_hash
    caption = ngettext(
        "From this record, over %(count)s join, to the root over %(leaves)s records",
        "From this record, over %(count)s joins, to the root over %(leaves)s records",
        len(inclusion.steps),
    ) % {"count": words.figure(len(inclusion.steps)), "leaves": words.figure(inclusion.size)}
    drawing = Drawing(
        key="way",
        title=caption,
        description=_(
            "Below, this record with its hash %(leaf)s. At each join it is put together with a neighbour into a new "
            "hash. On top, the root %(root)s. The table tells each join."
        )
        % {"leaf": short(inclusion.leaf_hash), "root": short(reached)},
        plaque=_plaque(proof),
        root=(_("Root of %(count)s") % {"count": words.figure(inclusion.size)}, short(reached)),
        rungs=tuple(_rung(step) for step in inclusion.steps),
        leaf=(_("This record"), short(inclusion.leaf_hash)),
        is_signed=proof.checkpoint is not None,
        holds=inclusion.matches,
    )
    return Way(
        drawing=SafeString(draw_proof(drawing)),
        caption=caption,
        leaf=short(inclusion.leaf_hash),
        rows=tuple(_row(number, step) for number, step in enumerate(inclusion.steps, start=1)),
    )


def _rung(step: Step) -> Rung:
    others = ngettext("%(count)s other", "%(count)s others", step.neighbour_leaves)
    return Rung(
        side=step.side,
        neighbour=(short(step.neighbour), others % {"count": words.figure(step.neighbour_leaves)}),
        joined=(short(step.joined), _("together %(count)s") % {"count": words.figure(step.leaves)}),
    )


def _plaque(proof: RecordProof) -> tuple[str, ...]:
    at = proof.standing.at
    root = _("root %(root)s") % {"root": short(proof.inclusion.expected)}
    checkpoint = proof.checkpoint
    if checkpoint is None:
        return (_("Not signed yet"), root)
    signed = _("%(root)s, signed %(time)s") % {"root": root, "time": clock(checkpoint.signed_at, at=at)}
    vouching = checkpoint.witnesses if proof.standing.standing is Standing.PROVABLE else []
    witnesses = (_("✓ witness %(name)s") % {"name": _cut(name)} for name in vouching)
    stamp = (
        (_("✓ time stamped %(time)s") % {"time": clock(proof.stamp.stamped_at, at=at)},)
        if proof.stamp is not None
        else ()
    )
    return (_("Signed checkpoint"), signed, *witnesses, *stamp)


def _cut(name: str) -> str:
    longest = 34
    return name if len(name) <= longest else f"{name[: longest - 1]}…"


def _row(number: int, step: Step) -> StepRow:
    return StepRow(
        number=words.figure(number),
        side=_("left") if step.side is Side.LEFT else _("right"),
        neighbour=short(step.neighbour),
        joined=short(step.joined),
        leaves=words.figure(step.leaves),
    )


def _facts(proof: RecordProof) -> FactGroup:
    inclusion = proof.inclusion
    return FactGroup(
        "proof",
        _("For whoever checks it with a program"),
        (
            Fact(_("Hash of the record (leaf)"), inclusion.leaf_hash.hex(), is_code=True),
            Fact(_("Index of the leaf, counted from zero"), str(inclusion.index), is_code=True),
            Fact(_("Size of the tree"), str(inclusion.size), is_code=True),
            Fact(_("Size of the record"), _("%(count)s bytes") % {"count": words.figure(inclusion.leaf_bytes)}),
            Fact(_("Name of the log (origin)"), proof.origin, is_code=True),
            Fact(_("Form of the proof"), "RFC 6962, 2.1.1; RFC 9162, 2.1.3; SHA-256"),
        ),
    )
