"""A protocol as PDF: the kept text and nothing else, by office, readable aloud, the same bytes on any day."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING
from typing import cast as typing_cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from compliance.authorisations.requests.models import RequestText
from compliance.authorisations.requests.protocol import Article, Protocol
from compliance.registry.change import change
from compliance.registry.models import Purpose
from compliance.reporting.protocols.document import ProtocolDocument, Stage, document_of_request, document_of_text
from compliance.reporting.protocols.present_document import DISPLAYABLE, displayable
from compliance.reporting.protocols.protocol_pdf import protocol_pdf
from tests.authorisations.requests import asking
from tests.properties import patient

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pypdf.generic import DictionaryObject, StreamObject

    from compliance.access.models import Account

pytestmark = pytest.mark.django_db


def _words(pdf: bytes) -> str:
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


def test_it_can_be_archived_and_read_aloud_and_holds_the_whole_text(cast: Mapping[str, Account]) -> None:
    document = document_of_request(asking.signed(cast))
    made = protocol_pdf(document)
    reader = PdfReader(BytesIO(made))
    metadata = (
        typing_cast("StreamObject", typing_cast("DictionaryObject", reader.trailer["/Root"])["/Metadata"])
        .get_data()
        .decode()
    )
    assert re.search(r"pdfuaid:part>1<", metadata), "PDF/UA-1"
    assert re.search(r"pdfaid:part>2<", metadata), "PDF/A-2"
    words = _words(made)
    for article in document.protocol.articles:
        for paragraph in (article.heading, *article.paragraphs):
            assert re.sub(r"\s+", "", paragraph)[:30] in words, paragraph
    assert document.digest in words


def test_it_is_signed_and_advised_by_offices_never_by_name(cast: Mapping[str, Account]) -> None:
    live = asking.live(cast)
    words = _words(protocol_pdf(document_of_request(live)))
    assert "Evenredigengoedomschreven." in words
    people = {one.by for one in live.requestsignatures.all()} | {one.by for one in live.requestadvices.all()}
    assert len(people) == 4
    for username in people - {"officer"}:  # that word is in "second-officer" and in no Dutch sentence
        assert username not in words


def test_the_same_text_gives_the_same_bytes_whatever_the_register_and_the_request_say_later(
    cast: Mapping[str, Account],
) -> None:
    live = asking.live(cast)
    text = RequestText.objects.get(pk=live.requestevents.get(act="published").text_id)
    before = protocol_pdf(document_of_text(text))
    purpose = Purpose.objects.get(code="JOB-MEDIATION")
    purpose.name_nl = "Heel iets anders"
    change(instance=purpose, actor=cast["operator"].actor, reason="andere naam")

    assert protocol_pdf(document_of_text(text)) == before


def test_its_stage_follows_the_request(cast: Mapping[str, Account]) -> None:
    assert document_of_request(asking.drafted(cast)).stage is Stage.DRAFT
    assert document_of_request(asking.submitted(cast)).stage is Stage.ASKED
    granted = document_of_request(asking.granted(cast))
    assert (granted.stage, granted.signatures, len(granted.advices)) == (Stage.GRANTED, (), 2)
    signed = document_of_request(asking.signed(cast))
    assert (signed.stage, len(signed.signatures)) == (Stage.SIGNED, 4)
    assert document_of_request(asking.live(cast)).stage is Stage.PUBLISHED


@patient
@given(st.text(max_size=60))
def test_what_people_paste_never_stops_the_document(pasted: str) -> None:
    assert all(any(first <= ord(one) <= last for first, last in DISPLAYABLE) for one in displayable(pasted)), (
        "typst refuses the rest"
    )


def test_the_fonts_can_show_all_that_is_called_displayable(cast: Mapping[str, Account]) -> None:
    shown = [chr(number) for first, last in DISPLAYABLE for number in range(first, last + 1)]
    every = tuple("a" + " a".join(shown[at : at + 64]) for at in range(0, len(shown), 64))
    text = document_of_request(asking.drafted(cast))
    protocol = Protocol("Alle tekens", "A", (Article(None, "Artikel 1", tuple(map(displayable, every))),))
    drawn = ProtocolDocument(protocol, "", "", Stage.DRAFT, text.at, None, (), ())
    assert protocol_pdf(drawn).startswith(b"%PDF")
