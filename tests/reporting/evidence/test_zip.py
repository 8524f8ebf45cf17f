"""Promises of the ZIP that is written as it is read."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

from hypothesis import given
from hypothesis import strategies as st

from compliance.reporting.evidence.zip_stream import ZipStream, deflate, store
from tests.properties import patient

MOMENT = datetime(2026, 11, 23, 20, 15, 30, tzinfo=UTC)
names = st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="/\\"), min_size=1, max_size=30)


def zipped(files: dict[str, bytes], *, is_dense: bool = False) -> ZipFile:
    """Write files, and open what was written."""
    stream = ZipStream(MOMENT)
    out = bytearray()
    for name, octets in files.items():
        packed, content = store(octets) if is_dense else deflate(octets)
        out += stream.head(name, packed) + content
    return ZipFile(BytesIO(bytes(out) + stream.end()))


@patient
@given(files=st.dictionaries(names, st.binary(max_size=500), max_size=8), is_dense=st.booleans())
def test_every_program_that_reads_zip_gets_back_what_was_put_in(files: dict[str, bytes], is_dense: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    with zipped(files, is_dense=is_dense) as read:
        assert read.testzip() is None
        assert {name: read.read(name) for name in read.namelist()} == files
        assert all(info.flag_bits == 0 and info.date_time == (2026, 11, 23, 20, 15, 30) for info in read.infolist())


def test_more_files_than_a_small_directory_can_count_are_all_found() -> None:
    with zipped({f"{number}": b"" for number in range(65_600)}, is_dense=True) as read:
        assert len(read.namelist()) == 65_600
