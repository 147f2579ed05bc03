"""Inputs as they should not be: each a coded error or a right result, and the rest of the batch is read.

Addresses as they should not be stand in ``test_web.py``, outputs (a full disk, a closed pipe) in ``tests/cli``.
"""

import gzip
import io
import json
import os
import resource
import tempfile
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from extractor.documents.document import Document
from extractor.documents.sources import read_documents

GOOD = "She said that rents fell."
WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE publicwhip [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]><publicwhip><speech><p>&a11;</p></speech></publicwhip>"
)
SPEECH = '<?xml version="1.0" encoding="utf-8"?><publicwhip><speech speakername="A"><p>{}</p></speech></publicwhip>'
ELSEWHERE = (
    '<?xml version="1.0"?><!DOCTYPE publicwhip [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    '<publicwhip><speech speakername="A"><p>before &x; after</p></speech></publicwhip>'
)


def word(document: str, name: str = "word/document.xml") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, document)
    return stream.getvalue()


def pages(number: int) -> bytes:
    """A PDF of empty pages."""
    import pypdfium2 as pdfium

    pdf, stream = pdfium.PdfDocument.new(), io.BytesIO()
    for _ in range(number):
        pdf.new_page(100, 100)
    pdf.save(stream)
    pdf.close()
    return stream.getvalue()


def sample(root, name: str) -> bytes:
    return (root / "samples" / name).read_bytes()


@dataclass
class Case:
    """One bad input: its file, its content (or what makes it of the checkout), and what has to come of it."""

    name: str
    data: object
    expected: str  # an error's code, or words that the text has to hold


SCRIPT = "<script>alert(1)</script>"
PAGE = "<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{body}</p></article></body></html>"
LONG = "She said that rents in the valley fell by 3 percent in the year that ended in March, and that wages rose. "

CASES = [
    Case("empty.txt", b"", ""),
    Case("blank.txt", b" \n\t\r\n ", ""),
    Case("one.txt", b"a", "a"),
    Case("binary.txt", bytes(range(256)) * 40, "E110"),
    Case("picture.txt", b"\x89PNG\r\n\x1a\n" + os.urandom(5000), "E110"),
    Case("nul.txt", GOOD.encode() + b"\0 more words" + b" and more" * 40, GOOD),
    Case("utf16.txt", GOOD.encode("utf-16-le"), GOOD),
    Case("utf16be.txt", GOOD.encode("utf-16-be"), GOOD),
    Case("broken-utf8.txt", b"\xef\xbb\xbfabc\xff\xfe", "E111"),
    Case("latin.txt", "“Zoë paid £5,” she said – twice".encode("windows-1252"), "“Zoë paid £5,” she said – twice"),
    Case("crlf.txt", b"One.\r\n\r\nTwo.\r\n", "One.\r\n\r\nTwo."),
    Case("marks.txt", "“““ ”’‘\"'«".encode(), "“““"),
    Case("rtl.txt", "\u202eשלום “עולם”\u202c".encode(), "עולם"),
    Case("huge.txt", b"words and words " * (33 * 2**16), "E105"),
    Case("long.txt", b"She said so. " * 400_000, "E105"),
    Case("one-paragraph.txt", b"word " * 200_000, "word"),
    Case("=cmd.txt", GOOD.encode(), GOOD),
    Case("..%2f..%2fpasswd.txt", GOOD.encode(), GOOD),
    Case("a\nb \x1b[31m\u202e.txt", GOOD.encode(), GOOD),
    Case("<script>alert(1)<%2Fscript>.txt", GOOD.encode(), GOOD),
    Case("climbing-id.jsonl", b'{"id": "../../../etc/cron.d/x", "text": "He said so."}\n', "He said so."),
    Case("script.txt", f"{SCRIPT}\n\n“{SCRIPT} rents fell,” said {SCRIPT} Bram Oke.".encode(), SCRIPT),
    Case("formula.txt", b'=HYPERLINK("http://x.example") rose by 4 percent, she said.', "=HYPERLINK("),
    Case("formula.csv", b'text,title\n"=1+1 homes were built, she said.",@SUM(A1)\n', "=1+1 homes"),
    Case("text-named.pdf", GOOD.encode(), GOOD),
    Case("binary-named.pdf", os.urandom(3000), "E110"),
    Case("page-named.txt", PAGE.format(title="T", body=LONG * 3).encode(), "wages rose"),
    Case("truncated.pdf", lambda root: sample(root, "article.pdf")[:900], "E111"),
    Case("cut-late.pdf", lambda root: sample(root, "article.pdf")[:-700], "E11"),
    Case("endless.pdf", lambda root: pages(2001), "E105"),
    Case("only-a-head.pdf", b"%PDF-1.7\n", "E111"),
    Case("locked.pdf", lambda root: (root / "tests" / "data" / "locked.pdf").read_bytes(), "E112"),
    Case("scan.pdf", lambda root: (root / "tests" / "data" / "scan.pdf").read_bytes(), "E114"),
    Case("truncated.docx", lambda root: sample(root, "article.docx")[:5000], "E111"),
    Case("zip.docx", word("no Word at all", "readme.txt"), "E111"),
    Case("bomb.docx", word(WORD.format(PARAGRAPH.format("a" * 140_000_000))), "E113"),
    Case("entities.docx", word(BOMB), "E113"),
    Case("empty.docx", word(WORD.format("")), "E114"),
    Case("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "E112"),
    Case("nested.docx", word(WORD.format("<w:p>" * 300 + "</w:p>" * 300)), "E11"),
    Case("bomb.xml", BOMB.encode(), "E113"),
    Case("elsewhere.xml", ELSEWHERE.encode(), "E111"),
    Case("broken.xml", b"<?xml version='1.0'?><publicwhip><speech>", "E111"),
    Case("other.xml", b"<?xml version='1.0'?><rss><item/></rss>", "E110"),
    Case("deep.html", b"<html><body>" + b"<div>" * 100_000 + LONG.encode() * 3, "E114"),
    Case("empty.html", b"<html><body></body></html>", "E114"),
    Case("script.html", PAGE.format(title="<script>x</script>A & B", body=LONG * 3).encode(), "wages rose"),
    Case(
        "charset.html", (b"<meta charset='utf-16'>" + PAGE.format(title="T", body="£5 “so” " + LONG * 3).encode()), "£5"
    ),
    Case("charset.xml", SPEECH.format("£5 “so”").encode("windows-1252"), "E111"),
    Case("latin.xml", SPEECH.replace("utf-8", "iso-8859-1").format("£5 a day").encode("latin-1"), "£5 a day"),
    Case("script.xml", SPEECH.format("&lt;script&gt; she said").encode(), "<script> she said"),
    Case("charset.csv", 'text,title\n"“£5 a day,” she said.",T\n'.encode("utf-16"), "“£5 a day,”"),
    Case("no-marks.csv", b"text,title\nRents fell, she said.,T\n", "E111"),
    Case("empty-cells.csv", b"text,title\nRents fell.,T,,\n", "Rents fell."),
    Case("no-text.csv", b"a,b\n1,2\n", "E121"),
    Case("no-rows.csv", b"text,title\n", "nothing"),
    Case("quote.csv", b'text,title\n"She said', "She said"),
    Case("empty-row.csv", b"text,title\n,T\n", "E121"),
    Case("nul.csv", b"text,title\nShe \x00 said,T\n", "said"),
    Case("broken.parquet", b"PAR1" + os.urandom(400), "E111"),
    Case("text-named.parquet", GOOD.encode(), GOOD),
    Case("no-json.jsonl", b"{oops\n", "E120"),
    Case("no-text.jsonl", b'{"id": 1}\n', "E120"),
    Case("deep.jsonl", b"[" * 200_000 + b"\n", "E120"),
    Case("surrogate.jsonl", b'{"text": "a\\ud800b said"}\n', "a\ufffdb said"),
    Case("no-cue.vtt", b"WEBVTT\n\nNOTE nothing\n", "E111"),
    Case("packed.txt", gzip.compress(GOOD.encode() * 100), "E110"),
    Case("front.md", b"---\ntitle: T\n---", ""),
]


@pytest.fixture
def good(tmp_path):
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    return str(tmp_path / "good.txt")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_bad_input_is_an_error_with_a_code_or_is_read(case, tmp_path, root, good):
    path = tmp_path / case.name
    path.write_bytes(case.data(root) if callable(case.data) else case.data)
    *found, last = read_documents([str(path), good])
    assert isinstance(last, Document) and last.text == GOOD
    if case.expected == "nothing":
        assert found == []
    elif case.expected.startswith("E1"):
        assert [failure.code[: len(case.expected)] for failure in found] == [case.expected]
        assert "\n" not in str(found[0])
    else:
        assert len(found) == 1 and isinstance(found[0], Document), found
        assert case.expected in found[0].text


def test_names_and_places(tmp_path, good, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.txt")
    inputs = ["no.txt", "folder.txt", "a\0b", "good.txt/x", "x" * 5000, "*.doc"]
    codes = [item.code for item in read_documents(inputs) if not isinstance(item, Document)]
    assert codes == ["E101", "E103", "E101", "E101", "E104", "E101"]


def test_an_address_without_its_beginning_is_told():
    (failure,) = read_documents(["www.news.example/a"])
    assert failure.code == "E101" and "https://" in failure.message


def test_a_folder_with_a_loop_and_a_pipe_is_read_once(tmp_path, good):
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.txt")
    found = list(read_documents([str(tmp_path)]))
    assert [d.text for d in found if isinstance(d, Document)] == [GOOD]


@contextmanager
def without_rights():
    """As a user who is not root: root has rights everywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_without_rights():
    with tempfile.TemporaryDirectory() as place:  # under a folder that every user may pass
        os.chmod(place, 0o755)
        folder = Path(place)
        (folder / "a.txt").write_text(GOOD, encoding="utf-8")
        (folder / "closed.txt").touch(mode=0)
        (folder / "inner").mkdir(mode=0)
        with without_rights():
            found = list(read_documents([place]))
            alone = list(read_documents([str(folder / "inner"), str(folder / "closed.txt")]))
        (folder / "inner").chmod(0o700)
    assert [item.text for item in found if isinstance(item, Document)] == [GOOD]
    assert [item.code for item in found if not isinstance(item, Document)] == ["E102", "E102"]
    assert [item.code for item in alone] == ["E102", "E102"]


def test_200_megabytes_of_text_are_told_in_bounded_memory(tmp_path, good):
    path = tmp_path / "huge.txt"
    with path.open("wb") as stream:
        for _ in range(200):
            stream.write(b"She said that rents fell. " * 40_330)
    assert path.stat().st_size > 200 * 2**20
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    failure, document = read_documents([str(path), good])
    path.unlink()
    assert failure.code == "E105" and "32 MB" in failure.message and "split it" in failure.message
    assert document.text == GOOD
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 2**10  # in kB


def test_one_line_too_many_does_not_lose_the_feed(tmp_path):
    lines = [json.dumps({"text": GOOD}), "{", json.dumps({"text": GOOD})]
    (tmp_path / "feed.jsonl").write_text("\n".join(lines), encoding="utf-8")
    found = list(read_documents([str(tmp_path / "feed.jsonl")]))
    assert [isinstance(item, Document) for item in found] == [True, False, True]
