"""The samples of each format hold the words of the plain text, and the same statements."""

import json
from itertools import groupby

import pytest

import extractor
from extractor.documents.document import Document
from extractor.documents.formats import INPUTS, find_format
from extractor.documents.sources import read_documents


def documents(root, name) -> list[Document]:
    found = list(read_documents([str(root / "samples" / name)]))
    assert all(isinstance(document, Document) for document in found), found
    return found


def paragraphs(document: Document) -> list[str]:
    """Those that are no furniture."""
    furniture, kept, position = {start for start, _ in document.furniture}, [], 0
    for paragraph in document.text.split("\n\n"):
        if position not in furniture:
            kept.append(paragraph)
        position += len(paragraph) + 2
    return kept


@pytest.mark.parametrize("suffix", [".md", ".html", ".docx", ".pdf"])
@pytest.mark.parametrize("name", ["article", "release"])
def test_articles(root, name, suffix):
    (plain,), (document,) = documents(root, name + ".txt"), documents(root, name + suffix)
    assert paragraphs(document) == paragraphs(plain)
    assert document.title == plain.title and document.byline and document.published


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
@pytest.mark.parametrize("name", ["articles", "speeches"])
def test_tables(root, name, suffix):
    assert documents(root, name + suffix) == documents(root, name + ".jsonl")


def test_a_table_holds_the_plain_text(root):
    assert [d.text for d in documents(root, "articles.jsonl")] == [
        documents(root, f"{name}.txt")[0].text for name in ("article", "release")
    ]


@pytest.mark.parametrize("suffix", [".xml", ".vtt", ".srt"])
@pytest.mark.parametrize("name", ["debate", "interview"])
def test_transcripts(root, name, suffix):
    (plain,), (document,) = documents(root, name + ".txt"), documents(root, name + suffix)
    said, expected = ([d.text[t.start : t.end] for t in d.turns] for d in (document, plain))
    assert said == expected and len(said) == 4
    surnames = [turn.speaker.split()[-1].upper() for turn in document.turns]
    assert surnames == [turn.speaker for turn in plain.turns]


@pytest.mark.parametrize("name", sorted({"article", "release", "debate", "interview"}))
def test_the_same_statements(nlp, root, name):
    tables = {}
    for path in sorted((root / "samples").glob(f"{name}.*")):
        rows = extractor.extract(path)
        tables[path.suffix] = [(r.kind, r.text) for r in rows]
    assert tables[".txt"]
    for suffix, rows in tables.items():
        assert rows == tables[".txt"], suffix


def test_two_samples_of_each_format(root):
    for format, input in INPUTS.items():
        assert sum(path.suffix in input.suffixes for path in (root / "samples").iterdir()) >= 2, format


@pytest.mark.parametrize(
    ("name", "head", "format"),
    [
        ("a", b"%PDF-1.7", "pdf"),
        ("a.txt", b"<!DOCTYPE html><p>", "html"),
        ("a.txt", b"\n<!-- saved --><HTML>", "html"),
        ("a.dat", b"WEBVTT\n\n", "subtitles"),
        ("a", b"1\r\n00:00:01,000 --> 00:00:02,000", "subtitles"),
        ("-", b'{"id": 1, "text": "a"}', "jsonl"),
        ("-", b"Plain words.", "text"),
        ("a.pdf", b"Plain words.", "text"),
        ("a.docx", b"PK\x03\x04", "docx"),
        ("a.md", b"# Words", "markdown"),
        ("a.xml", b"<publicwhip>", "xml"),
        ("a.csv", b"a,b", "csv"),
        ("A.TXT", b"a", "text"),
        ("a", b"PAR1", "parquet"),
    ],
)
def test_a_format_is_found(name, head, format):
    assert find_format(name, head) == format


def test_a_hansard_day(shared_data):
    day = shared_data / "samples" / "hansard" / "debates2009-10-27d.xml"
    if not day.is_file():
        pytest.skip("the day is not among the data")
    debates = list(read_documents([str(day)]))
    assert len(debates) == 38 and {str(d.published) for d in debates} == {"2009-10-27"}
    speakers = {turn.speaker for debate in debates for turn in debate.turns}
    assert {"John Denham", "Caroline Spelman"} <= speakers and len(speakers) > 50
    assert all("&" not in debate.title and debate.url.startswith("http") for debate in debates)
    assert any("—" in debate.text and "£" in debate.text for debate in debates)
    for debate in debates:
        for a, b in zip(debate.turns, debate.turns[1:], strict=False):
            assert a.end < b.start


def test_a_speech_is_what_the_gold_of_its_day_holds(shared_data):
    day = shared_data / "samples" / "hansard" / "debates2009-10-27d.xml"
    gold = shared_data / "data" / "hansard" / "dev.jsonl"
    if not (day.is_file() and gold.is_file()):
        pytest.skip("the day is not among the data")
    spoken = {d.text[t.start : t.end] for d in read_documents([str(day)]) for t in d.turns}
    speeches = [json.loads(line)["text"] for line in gold.read_text(encoding="utf-8").splitlines()]
    whole = "\0".join(spoken)
    assert sum(speech in whole for speech in speeches) == len(speeches)


def test_no_sample_is_left_over(root):
    names = [path.stem for path in (root / "samples").iterdir() if path.suffix and path.name != "README.md"]
    listed = (root / "samples" / "README.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in listed for name, _ in groupby(sorted(names)))
