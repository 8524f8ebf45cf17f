"""Random good reports: every field there or absent, every vocabulary, text in any script."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from compliance.exchanges.submission import (
    Asker,
    Chain,
    PayloadDigest,
    ServiceVersion,
    Subject,
    Submission,
    User,
)
from compliance.simulation.numbers import synthetic_insz

FIRST = datetime(2000, 1, 1, tzinfo=UTC)


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def texts(longest: int) -> st.SearchStrategy[str]:
    """Return text that may stand in a leaf: NFC, without control characters and without spaces around it."""
    letters = st.characters(exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp"))
    return st.text(letters, min_size=1, max_size=longest).map(_normal).filter(lambda text: 0 < len(text) <= longest)


labels = texts(20)
references = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=40)
codes = st.from_regex(r"[A-Z0-9][A-Z0-9-]{0,12}", fullmatch=True)
sizes = st.integers(0, 2**53 - 1)
moments = st.datetimes(datetime(2000, 1, 2), datetime(2030, 1, 1), timezones=st.sampled_from([UTC]))  # noqa: DTZ001
maybe = st.none()
others = st.sampled_from(("dossier", "foreign", "local"))
national = st.integers(0, 10_000).map(synthetic_insz)
persons = st.tuples(st.just("insz"), national) | st.tuples(others, texts(30))
subjects = st.builds(
    lambda who, role: Subject(kind=who[0], value=who[1], role=role), persons, st.just("client") | labels
)
users = st.builds(lambda who, group: User(kind=who[0], value=who[1], group=group), persons, maybe | labels)
traceparents = st.from_regex(r"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}", fullmatch=True)


def reports(organisations: st.SearchStrategy[str] = codes) -> st.SearchStrategy[Submission]:
    """Return reports between organisations."""
    return st.builds(
        Submission,
        message_reference=references,
        started_at=moments,
        asker=st.builds(
            Asker,
            organisation=organisations,
            on_behalf_of=maybe | organisations,
            application=maybe | labels,
            capacity=maybe | labels,
            user=maybe | users,
        ),
        source=organisations,
        service=st.builds(ServiceVersion, code=codes, version=labels),
        purpose=codes,
        legal_basis=codes,
        route=codes,
        direction=st.sampled_from(("provided", "obtained")),
        outcome=st.sampled_from(("requested", "succeeded", "no-data", "failed", "unanswered", "refused")),
        producer=maybe | organisations,
        producer_sequence=maybe | sizes,
        ended_at=maybe | moments.map(lambda at: at + timedelta(days=20_000)),
        subjects=st.lists(subjects, max_size=3).map(tuple),
        dossier=maybe | texts(30),
        relation=maybe | st.sampled_from(("self", "household", "address")),
        categories_requested=st.lists(codes, max_size=3).map(tuple),
        categories_delivered=st.lists(codes, max_size=3).map(tuple),
        search_keys=st.lists(st.sampled_from(("insz", "dossier", "name", "list")), max_size=2).map(tuple),
        request_bytes=maybe | sizes,
        response_bytes=maybe | sizes,
        record_count=st.integers(0, 2**31 - 1),
        trigger=st.sampled_from(("automatic", "manual")),
        environment=st.sampled_from(("production", "acceptance", "test")),
        authorisation=maybe | labels,
        decision=maybe | references,
        chain=maybe
        | st.builds(
            Chain,
            correlation_id=maybe | references,
            request_id=maybe | references,
            traceparent=maybe | traceparents,
            tracing_id=maybe | references,
        ),
        exceptions=st.lists(labels, max_size=2).map(tuple),
        service_outcome=maybe | st.sampled_from(("enrolled", "deregistered", "not-enrolled")),
        confidentiality=st.sampled_from(("normal", "confidential", "investigation")),
        retention=st.sampled_from(("ten-years", "thirty-years")),
        payload_digest=maybe
        | st.builds(
            PayloadDigest,
            algorithm=st.sampled_from(("sha-256", "sha-384", "sha-512")),
            value=st.from_regex(r"[A-Za-z0-9_-]{43,88}", fullmatch=True),
        ),
        corrects=maybe | st.uuids().map(str),
    )
