"""What each reader has to know of its format, one thing a test."""

import io
import zipfile

import pytest

from extractor.documents import csv, docx, subtitles
from extractor.documents.blocks import Blocks
from extractor.documents.layout import Line, in_reading_order
from extractor.documents.markdown import from_markdown
from extractor.documents.pdf import _joined
from extractor.documents.sources import read_documents

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def word(body: str) -> str:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {W} {MC}><w:body>{body}</w:body></w:document>")
    stream.seek(0)
    (document,) = docx.read(stream, "a.docx")
    return document.text


def test_word_changes_are_read_as_accepted():
    body = (
        "<w:p><w:r><w:t>Rents </w:t></w:r><w:ins><w:r><w:t>rose</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>fell</w:delText></w:r></w:del><w:r><w:tab/><w:t>by 3%.</w:t></w:r></w:p>"
    )
    assert word(body) == "Rents rose by 3%."


def test_word_tables_and_text_boxes_are_read_once():
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    table = f"<w:tbl><w:tr>{cell.format('Homes')}{cell.format('400')}</w:tr></w:tbl>"
    inner = "<w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent>"
    box = (
        f"<w:p><w:r><w:t>Round it.</w:t><mc:AlternateContent><mc:Choice>{inner}</mc:Choice>"
        f"<mc:Fallback>{inner}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert word(table + box) == "Homes\n\n400\n\nRound it.\n\nIn a box."


def test_markdown_is_read_as_it_is_seen():
    document = from_markdown(
        "# The *Title*\n\nA [link](http://example.org) and `code`,\nsoft break. ![alt](a.png)\n\n* one\n* two\n\n"
        "```\nnot read\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> “Quoted,” she said.\n\n<div>not read</div>"
    )
    assert document.title == "The Title"
    assert document.text.split("\n\n") == [
        "The Title", "A link and code, soft break.", "one", "two", "a", "b", "1", "2", "“Quoted,” she said."
    ]  # fmt: skip


def captions(text: str) -> list[tuple[str, str]]:
    (document,) = subtitles.read(io.BytesIO(text.encode()), "a.vtt")
    return [(turn.speaker, document.text[turn.start : turn.end]) for turn in document.turns] or [("", document.text)]


def test_subtitles_that_roll_are_read_once():
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nthe rents\n\n00:02.000 --> 00:03.000\nthe rents\nrose again\n"
    assert captions(text) == [("", "the rents rose again")]


def test_subtitles_with_voices_tags_and_entities():
    text = (
        "WEBVTT - title\n\nSTYLE\n::cue { color: red }\n\nintro\n00:01.000 --> 00:02.000 align:start\n"
        "<v.loud Ada Holt>Rents &amp; <i>wages</i></v>\n\n00:02.000 --> 00:03.000\n<v Bela Quinn>rose.\n"
    )
    assert captions(text) == [("Ada Holt", "Rents & wages"), ("Bela Quinn", "rose.")]


def test_subtitles_where_only_the_change_of_speaker_is_marked():
    text = "1\n00:00:01,000 --> 00:00:02,000\n>> HOLT: Good evening.\n\n2\n00:00:02,000 --> 00:00:03,000\n>> Hello.\n"
    (document,) = subtitles.read(io.BytesIO(text.encode()), "a.srt")
    assert document.text == "Good evening.\n\nHello."
    assert [(t.speaker, document.text[t.start : t.end]) for t in document.turns] == [("HOLT", "Good evening.")]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_of_csv(separator):
    data = f'id{separator}Headline{separator}Body\n7{separator}T{separator}"One{separator}\ntwo."\n'
    (document,) = csv.read(io.BytesIO(data.encode("utf-8-sig")), "a.csv")
    assert (document.doc_id, document.title, document.text) == ("7", "T", f"One{separator}\ntwo.")


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("the com-", "mittee met", "the committee met"),
        ("the com\u00ad", "mittee met", "the committee met"),
        ("a well-", "known mayor", "a well-known mayor"),
        ("the vice-", "President", "the vice-President"),
        ("low-", "lying land", "low-lying land"),
        ("the sea-", "wall held", "the sea-wall held"),
        ("from 2019-", "2020", "from 2019- 2020"),
        ("one thing –", "another", "one thing – another"),
        ("it rained", "all day", "it rained all day"),
    ],
)
def test_words_split_over_a_line_end(before, after, joined):
    from collections import Counter

    assert _joined(before, after, Counter({"sea-wall": 1, "committee": 1})) == joined


def column(left: float, top: float, words: str, rows: int = 4) -> list[Line]:
    return [Line(left, top + 14 * n, left + 200, top + 14 * n + 11, f"{words} line {n}", 800) for n in range(rows)]


def test_columns_are_read_one_after_the_other():
    pieces = [*column(60, 100, "left col"), *column(300, 105, "right col"), Line(60, 40, 500, 60, "A headline", 800)]
    pieces.append(Line(60, 180, 500, 191, "A line under both columns", 800))
    texts = [line.text for line in in_reading_order(pieces)]
    assert texts[0] == "A headline" and texts[-1] == "A line under both columns"
    assert [text.split()[0] for text in texts[1:-1]] == ["left"] * 4 + ["right"] * 4


def test_three_columns():
    pieces = [piece for n in range(3) for piece in column(40 + 230 * n, 100 + n, f"col {n}")]
    assert [line.text.split()[1] for line in in_reading_order(pieces)] == ["0"] * 4 + ["1"] * 4 + ["2"] * 4


def test_a_table_of_figures_is_no_columns():
    pieces = [
        Line(60 + 200 * c, 100 + 14 * r, 90 + 200 * c, 111 + 14 * r, f"{r}{c}", 800) for r in range(5) for c in (0, 1)
    ]
    assert [line.text for line in in_reading_order(pieces)] == [f"{r}0 {r}1" for r in range(5)]


def test_pages_are_kept(root):
    (document,) = read_documents([str(root / "samples" / "article.pdf")])
    assert len(document.pages) == 2 and document.pages[0] == 0
    assert document.text[document.pages[1] - 2 : document.pages[1]] == "\n\n"


def test_blocks():
    blocks = Blocks()
    for paragraph, speaker in [("One.", "A"), ("", "A"), ("Two.", "A"), ("Three.", ""), ("Four.", "A")]:
        blocks.add(paragraph, speaker)
    document = blocks.document("a")
    assert document.text == "One.\n\nTwo.\n\nThree.\n\nFour."
    assert [document.text[t.start : t.end] for t in document.turns] == ["One.\n\nTwo.", "Four."]
