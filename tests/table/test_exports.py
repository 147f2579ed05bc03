"""The formats that other programs read: what each has to hold, and that it is exact."""

import io
import json
import zipfile

import pandas as pd
import pyarrow.parquet as pq
import pytest

from extractor.documents.document import Document
from extractor.errors import ExtractorError
from extractor.statements.statement import Statement
from extractor.table.formats import FORMATS, find_format, format_of_path
from extractor.table.schema import STATEMENTS, arrow_schema
from extractor.table.statements import Statements


def as_json(statements, format):
    return json.loads(statements.to_bytes(format))


def test_parquet_is_exact(statements):
    table = pq.read_table(io.BytesIO(statements.to_bytes("parquet")))
    assert table.schema.equals(arrow_schema())
    assert table.schema.field("speaker").metadata[b"doc"]
    rows = table.to_pylist()
    assert [row["text"] for row in rows] == [row.text for row in statements]
    assert (
        rows[0]["content_spans"] == [[1, 19]] and rows[0]["value"] is None and str(rows[0]["published"]) == "2026-05-11"
    )


def test_parquet_of_no_rows_has_its_columns():
    table = pq.read_table(io.BytesIO(Statements([]).to_bytes("parquet")))
    assert table.num_rows == 0 and table.column_names == [column.name for column in STATEMENTS]


def sheet(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))


def test_workbook(statements, rows):
    rows[0].link = "https://example.org/a?b=1#:~:text=We"
    data = statements.to_bytes("xlsx")
    xml = sheet(data)
    assert "<f>" not in xml  # no formula
    assert "=SUM(1) 😀" in xml and "frozen" in xml and "<autoFilter" in xml and "<hyperlink " in xml
    assert data == statements.to_bytes("xlsx")


@pytest.mark.parametrize("text", ["x" * 40_000, "a\x00\x0b\ud800\uffffb", "=1+1", "http://" + "x" * 3000])
def test_workbook_of_odd_cells(document, text):
    xml = sheet(Statements([(document, [Statement(text=text, link=text, url=text)])]).to_bytes("xlsx"))
    assert "<f>" not in xml and len(xml) < 200_000


def test_annotations(statements, document):
    page = as_json(statements, "annotations")
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld" and len(page["items"]) == 4
    for item, row in zip(page["items"], statements, strict=True):
        quote, position = item["target"]["selector"]
        assert quote["exact"] == document.text[position["start"] : position["end"]] == row.text
        assert document.text.count(quote["prefix"] + quote["exact"] + quote["suffix"]) == 1
        assert item["target"]["source"] == document.url and item["id"].endswith(row.statement_id)


def test_annotations_of_a_document_without_an_address(rows):
    page = as_json(Statements([(Document("“One,” she said.", "in/a b.txt"), rows[:1])]), "annotations")
    assert page["items"][0]["target"]["source"] == "urn:extractor:document:in%2Fa%20b.txt"


def test_quotations(statements):
    first, second = as_json(statements, "quotations")["@graph"]
    assert first == {
        "@type": "Quotation",
        "identifier": "q1",
        "text": "We built 400 homes",
        "creator": {"name": "Orla Quint"},
        "isPartOf": {
            "@type": "CreativeWork",
            "headline": "Homes & <Rents>",
            "url": "https://example.org/a?b=1",
            "datePublished": "2026-05-11",
        },
    }
    assert second["identifier"] == "q2"


def test_claims_are_drafts_without_a_rating(statements):
    drafts = as_json(statements, "claims")
    assert [draft["identifier"] for draft in drafts] == ["q1", "s1", "q2"]  # a denial is no claim
    for draft in drafts:
        assert draft["creativeWorkStatus"] == "Draft" and "reviewRating" not in json.dumps(draft)
        assert draft["itemReviewed"]["datePublished"] == "2026-05-11"
    assert drafts[0]["claimReviewed"] == "We built 400 homes"
    assert drafts[0]["itemReviewed"]["author"] == {"name": "Orla Quint"}


def test_labelstudio_counts_as_javascript_does(document, rows):
    (task,) = as_json(Statements([(document, rows)]), "labelstudio")
    units = task["data"]["text"].encode("utf-16-le")
    regions = {r["id"]: r for r in task["predictions"][0]["result"] if r["type"] == "labels"}
    for region in regions.values():
        value = region["value"]
        assert units[2 * value["start"] : 2 * value["end"]].decode("utf-16-le") == value["text"]
    relations = [r for r in task["predictions"][0]["result"] if r["type"] == "relation"]
    ends = [(regions[r["from_id"]]["value"]["labels"], regions[r["to_id"]]["value"]["labels"]) for r in relations]
    assert ends == [(["quote"], ["cue"]), (["quote"], ["speaker"]), (["statistic"], ["figure"])]
    assert 0 < task["predictions"][0]["score"] < 1


def test_labelstudio_after_an_emoji():
    text = "😀😀 “One,” she said."
    rows = [Statement(kind="quote", text="One", start=4, end=7, content_spans=((4, 7),))]
    (task,) = as_json(Statements([(Document(text), rows)]), "labelstudio")
    assert task["predictions"][0]["result"][0]["value"] == {"start": 6, "end": 9, "text": "One", "labels": ["quote"]}


def test_prodigy(statements, document):
    task = as_json(statements, "prodigy")
    assert task["text"] == document.text and task["meta"]["title"] == document.title
    for token in task["tokens"]:
        assert task["text"][token["start"] : token["end"]] == token["text"]
    for span in task["spans"]:
        assert task["tokens"][span["token_start"]]["start"] == span["start"]
        assert task["tokens"][span["token_end"]]["end"] == span["end"]
    assert [relation["label"] for relation in task["relations"]] == ["cue", "speaker", "figure"]
    assert all(relation["head"] == relation["head_span"]["token_end"] for relation in task["relations"])


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_writes_no_rows_and_odd_ones(name, document):
    Statements([]).to_bytes(name)
    odd = Document("a\ud800b =1 😀\n\nx", "=id")
    rows = [Statement(kind="quote", text="b =1", start=2, end=6, statement_id="1"), Statement()]
    assert Statements([(odd, rows)]).to_bytes(name) == Statements([(odd, rows)]).to_bytes(name)


def test_a_format_is_found_by_the_longest_suffix(tmp_path):
    assert format_of_path(tmp_path / "a.prodigy.jsonl") == "prodigy"
    assert format_of_path(tmp_path / "A.JSONL") == "jsonl"
    with pytest.raises(ExtractorError, match="E303"):
        find_format("doc")


def test_pandas_reads_the_parquet(statements, tmp_path):
    statements.to_parquet(tmp_path / "a.parquet")
    statements.to_xlsx(tmp_path / "a.xlsx")
    assert list(pd.read_parquet(tmp_path / "a.parquet").statement_id) == ["q1", "s1", "a1", "q2"]
