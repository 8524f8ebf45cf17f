"""Tell acts as a producer would report them: numbered, timed, with the ids of a gateway."""

from __future__ import annotations

from binascii import b2a_base64
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from compliance.exchanges.submission import Chain, PayloadDigest, Submission

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from random import Random

    from compliance.simulation.acts import Act


def tell(acts: Iterable[Act], *, day: date, first_number: int, stream: Random) -> Iterator[Submission]:
    """Yield what is reported of acts, in their order; ``first_number`` is the producer's next number."""
    moment, bits = datetime.fromtimestamp, stream.getrandbits
    date_part = f"-{day:%y%m%d}-"
    for place, act in enumerate(acts):
        if act.lost:
            continue
        asked = act.request
        drawn = bits(128)
        trace = f"{drawn:032x}"
        at, took = act.at + act.skew, asked.milliseconds
        size = asked.response_bytes
        yield Submission(
            message_reference=act.reference or f"{asked.reference}{date_part}{place:07d}",
            producer_sequence=first_number + place,
            started_at=moment(at / 1000, UTC),
            ended_at=None if took is None else moment((at + took // 2 + drawn % took) / 1000, UTC),
            asker=act.asker,
            source=asked.source,
            service=asked.service,
            purpose=asked.purpose,
            legal_basis=asked.legal_basis,
            route=asked.route,
            direction=asked.direction,
            trigger=asked.trigger,
            outcome=asked.outcome,
            subjects=act.subjects,
            dossier=act.dossier,
            categories_requested=asked.requested,
            categories_delivered=asked.delivered,
            search_keys=asked.search_keys,
            request_bytes=900 + (drawn & 255),
            response_bytes=None if size is None else size + (drawn >> 8) % size,
            record_count=asked.records,
            authorisation=asked.authorisation,
            chain=Chain(
                correlation_id=act.context,
                tracing_id=trace,
                request_id=trace[:16],
                traceparent=f"00-{trace}-{trace[8:24]}-01" if asked.traced else None,
            ),
            exceptions=asked.exceptions,
            service_outcome=asked.service_outcome,
            payload_digest=_digest(stream) if asked.digested else None,
            relation=asked.relation,
        )


def _digest(stream: Random) -> PayloadDigest:
    octets = b2a_base64(stream.randbytes(32), newline=False).translate(bytes.maketrans(b"+/", b"-_"))
    return PayloadDigest(algorithm="sha-256", value=octets[:43].decode())
