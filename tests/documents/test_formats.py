"""The samples of each format hold the words of the plain text, and the same statements."""

import io
import json
from itertools import groupby
from pathlib import Path

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
    assert document.title == plain.title and document.byline
    assert str(document.published) == {"article": "2026-03-02", "release": "2026-02-17"}[name]


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
@pytest.mark.parametrize("name", ["articles", "speeches", "transcripts"])
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


def facts(rows) -> list[tuple[object, ...]]:
    """What a table says, without what only one format knows (title, address, where a paragraph begins)."""
    return [
        (r.kind, r.quotation, r.text, r.speaker.split()[-1:], r.cue, r.figure, r.value, r.unit, r.negated) for r in rows
    ]


@pytest.mark.parametrize("name", ["article", "release", "debate", "interview"])
def test_the_same_statements(nlp, root, name):
    tables = {path.suffix: extractor.extract(path) for path in sorted((root / "samples").glob(f"{name}.*"))}
    assert len(tables) >= 4 and len(tables[".txt"]) > 3
    for suffix, rows in tables.items():
        assert unshouted(facts(rows)) == unshouted(facts(tables[".txt"])), suffix


def unshouted(facts):
    """Transcripts write a speaker in capitals, Hansard and subtitles do not."""
    return [(*fact[:3], [name.casefold() for name in fact[3]], *fact[4:]) for fact in facts]


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".parquet"])
@pytest.mark.parametrize(
    ("name", "texts"), [("articles", ("article", "release")), ("transcripts", ("debate", "interview"))]
)
def test_the_same_statements_from_tables(nlp, root, name, texts, suffix):
    plain = [fact for text in texts for fact in facts(extractor.extract(root / "samples" / f"{text}.txt"))]
    assert facts(extractor.extract(root / "samples" / f"{name}{suffix}")) == plain


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_the_same_statements_of_given_speakers(nlp, root, suffix):
    rows = facts(extractor.extract(root / "samples" / "speeches.jsonl"))
    assert rows and facts(extractor.extract((root / "samples" / "speeches").with_suffix(suffix))) == rows


def test_the_same_statements_from_a_folder_a_pattern_and_standard_input(nlp, root, tmp_path, monkeypatch):
    expected = []
    for name in ("article", "release"):
        plain = (root / "samples" / f"{name}.txt").read_bytes()
        (tmp_path / f"{name}.txt").write_bytes(plain)
        expected += facts(extractor.extract(root / "samples" / f"{name}.txt"))
    assert facts(extractor.extract(tmp_path)) == expected
    assert facts(extractor.extract(tmp_path / "*.t?t")) == expected
    for sample in ("article.txt", "article.pdf", "article.html"):
        stdin = io.TextIOWrapper(io.BufferedReader(io.BytesIO((root / "samples" / sample).read_bytes())))
        monkeypatch.setattr("sys.stdin", stdin)
        assert facts(extractor.extract(Path("-"))) == facts(extractor.extract(root / "samples" / "article.txt"))


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
