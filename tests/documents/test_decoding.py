"""Bytes to text, whatever encoding they came in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.documents.decoding import decode, without_surrogates
from extractor.errors import ExtractorError

TEXT = "“Rents fell,” said Zoë Ångström – by £4 or 5€ …\r\nShe wouldn’t say more.\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "windows-1252"]
)
def test_found(encoding):
    assert decode(TEXT.encode(encoding)) == TEXT


def test_a_declared_encoding_is_used_but_not_believed_against_the_bytes():
    assert decode("Škoda".encode("iso-8859-2"), "iso-8859-2") == "Škoda"
    assert decode(TEXT.encode(), "iso-8859-1") == TEXT
    assert decode(b"plain", "no-such-encoding") == "plain"


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 9, bytes(1000), b"\x00\x01\x02\x03\x04" * 50]
)
def test_binary_is_refused(data):
    with pytest.raises(ExtractorError, match="E110"):
        decode(data)


def test_broken_after_its_mark():
    with pytest.raises(ExtractorError, match="E111"):
        decode(b"\xef\xbb\xbfabc\xff")


def test_a_stray_control_character_is_no_reason_to_refuse():
    assert decode(b"a\x00b\x07" + b"words " * 50).startswith("a\x00b\x07")


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_a_coded_error(data):
    try:
        assert isinstance(decode(data), str)
    except ExtractorError as error:
        assert error.code in ("E110", "E111")


def test_lone_surrogates_go_and_offsets_stay():
    assert without_surrogates("a\ud800b😀") == "a\ufffdb😀"
