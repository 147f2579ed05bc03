"""Bytes to text: the encoding found, nothing else changed."""

import codecs
import re

from extractor.errors import ExtractorError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Windows-1252 bytes that English text really holds: curly quotes, dashes, ellipsis, bullet, currency and the
# letters of names. Where a text has no others, it is that encoding; statistics of letters need more text than that.
_WINDOWS_ENGLISH = re.compile(
    rb"[\x00-\x7f\x80\x85\x91-\x97\x99\xa0\xa3\xa5\xa7\xa9\xab\xae\xb0\xb7\xbb-\xbe\xc0-\xff]*"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_SAMPLE = 65536
_MAX_CONTROLS = 0.02


def decode(data: bytes, declared: str | None = None) -> str:
    """Text of ``data``; a byte order mark is taken off, line ends stay as they are.

    declared: the encoding that a header or the file itself names; used unless the bytes cannot be in it.

    Raises `ExtractorError` E110 when the bytes are no text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding)
    for candidate in ("utf-8", declared, _utf16_by_zeros(data)):
        if candidate:
            try:
                text = data.decode(candidate)
            except (UnicodeDecodeError, LookupError):
                continue
            if not _binary(text):
                return text
    if _binary(data[:_SAMPLE].decode("latin-1")):
        raise ExtractorError("E110", "not text: it holds control bytes that no text has")
    if _WINDOWS_ENGLISH.fullmatch(data):
        return data.decode("windows-1252", "replace")
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise ExtractorError("E110", "not text in any encoding that could be found")
    return data.decode(best.encoding, "replace")


def without_surrogates(text: str) -> str:
    """``text`` with each lone surrogate (no character at all) replaced by U+FFFD; offsets stay the same."""
    return _SURROGATE.sub("\ufffd", text)


def _strict(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ExtractorError("E111", f"it begins as {encoding} but breaks at byte {error.start}") from None
    if _binary(text):
        raise ExtractorError("E110", f"not text, although it begins with the mark of {encoding}")
    return text


def _utf16_by_zeros(data: bytes) -> str | None:
    """UTF-16 without a mark: in text of Latin letters every second byte is zero."""
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if half < 2 or len(data) % 2:
        return None
    if sample[1::2].count(0) > 0.6 * half > sample[0::2].count(0) * 3:
        return "utf-16-le"
    if sample[0::2].count(0) > 0.6 * half > sample[1::2].count(0) * 3:
        return "utf-16-be"
    return None


def _binary(text: str) -> bool:
    """True when more control characters stand in the text than a stray one or two."""
    sample = text[:_SAMPLE]
    controls = sum(1 for c in sample if c < " " and c not in "\t\n\v\f\r\x1b")
    return controls > 2 + _MAX_CONTROLS * len(sample)
