"""JSON Lines: a document a line, a bad line by its number."""

import io
import json
from datetime import date

import pytest

from extractor.documents import jsonl
from extractor.documents.document import Document
from extractor.errors import Failure


def read(data: bytes):
    return list(jsonl.read(io.BytesIO(data), "feed.jsonl"))


def test_fields():
    record = {
        "id": 7, "text": "One. Two.", "title": "T", "published": "2026-05-11T09:00:00Z",
        "url": "https://example.org/", "speaker": "Orla Quint", "byline": "By A. Writer", "other": [1],
    }  # fmt: skip
    assert read(json.dumps(record).encode()) == [
        Document("One. Two.", "7", "T", "https://example.org/", date(2026, 5, 11), "By A. Writer", "Orla Quint")
    ]


def test_a_bad_line_is_reported_and_the_rest_goes_on():
    lines = [
        b'{"text": "a"}',
        b"{oops",
        b"",
        b"[1]",
        b'{"id": "x"}',
        b'{"text": 3}',
        b"\x00\x01\x02\x03",
        b'{"text": ""}',
    ]
    found = read(b"\n".join(lines))
    assert [d.doc_id for d in found if isinstance(d, Document)] == ["feed.jsonl:1", "feed.jsonl:8"]
    assert [(f.source, f.code) for f in found if isinstance(f, Failure)] == [
        (f"feed.jsonl:{n}", "E120") for n in (2, 4, 5, 6, 7)
    ]


def test_text_is_exactly_as_given():
    text = "a\r\nb\t \u2028“c” 😀\x00"
    assert read(json.dumps({"text": text}).encode())[0].text == text
    assert read(b"\xef\xbb\xbf" + json.dumps({"text": text}, ensure_ascii=False).encode())[0].text == text


def test_a_lone_surrogate_is_replaced():
    assert read(b'{"text": "a\\ud800b"}')[0].text == "a\ufffdb"


@pytest.mark.parametrize("published", ["", "soon", 3, None, "2026-13-01", [], {}])
def test_what_is_no_date_leaves_none(published):
    assert read(json.dumps({"text": "a", "published": published}).encode())[0].published is None


def test_a_line_too_long_or_nested_too_deep_is_reported(monkeypatch):
    monkeypatch.setattr(jsonl, "MAX_BYTES", 100)
    long = json.dumps({"text": "a" * 500}).encode()
    found = read(long + b"\n" + b'{"text": "b"}\n' + long)
    assert [f.code if isinstance(f, Failure) else f.text for f in found] == ["E105", "b", "E105"]
    monkeypatch.undo()
    assert read(b'{"a":' * 200_000 + b"\n")[0].code == "E120"
