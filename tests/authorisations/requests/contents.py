"""Requests at random: every part may be empty, half-written, or full of what people paste."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from compliance.authorisations.requests.content import (
    Bases,
    Contact,
    Delivery,
    Duration,
    Parties,
    Purposes,
    Recipients,
    RequestContent,
    RequestedData,
    Rights,
    Sanctions,
    Security,
    Wanted,
)
from compliance.authorisations.requests.vocabulary import Measure, Rhythm
from compliance.authorisations.terms import Ceiling, Hours

texts = st.just("") | st.text(max_size=40) | st.just("Eerste regel.\n\n  Tweede\tregel \u202e\u0007zonder punt")
codes = st.sampled_from(("VDAB", "KBI", "IDENTIFICATION", "HEALTH", "JOB-MEDIATION", "MAGDA", "GEEN"))
services = st.sampled_from(("KBI-DOSSIER", "KBI-DOSSIER/2.0", "GEEN/1", "GEEN"))
days = st.none() | st.dates(date(2015, 1, 1), date(2035, 1, 1))
contacts = st.builds(Contact, texts, texts)


def some(of: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """Return up to three of them."""
    return st.lists(of, max_size=3).map(tuple)


contents = st.builds(
    RequestContent,
    parties=st.builds(
        Parties, texts, st.just("") | codes, st.just("") | codes, some(codes), contacts, contacts, contacts
    ),
    purposes=st.builds(Purposes, some(codes), texts, texts, texts),
    data=st.builds(RequestedData, some(services), st.lists(st.builds(Wanted, codes, texts), max_size=3).map(tuple)),
    legal_basis=st.builds(Bases, some(codes), some(codes), texts),
    recipients=st.builds(Recipients, some(texts), texts, texts),
    rhythm=st.builds(
        Delivery,
        some(codes),
        st.none() | st.sampled_from(Rhythm),
        texts,
        st.none() | st.integers(0, 2**53 - 1),
        st.none() | st.builds(Ceiling, st.integers(0, 10_000), st.sampled_from(("day", "week", "month", "year"))),
        st.none() | st.builds(Hours, st.lists(st.integers(1, 7), max_size=9).map(tuple), st.just("07:00")),
    ),
    duration=st.builds(Duration, days, days, st.none() | st.integers(1, 1_200), texts),
    security=st.builds(Security, st.lists(st.sampled_from(Measure), max_size=4).map(tuple), texts),
    rights=st.builds(Rights, texts, texts, texts),
    sanctions=st.builds(Sanctions, texts),
)
