"""Files, folders, globs and standard input: every document, and a failure for each that cannot be read."""

import io
import os
import sys

import pytest

from extractor.documents.document import Document
from extractor.documents.sources import read_documents
from extractor.errors import Failure


def read(*inputs):
    return [d.doc_id if isinstance(d, Document) else d.code for d in read_documents(map(str, inputs))]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in" / "deep").mkdir(parents=True)
    for name in ("in/b.txt", "in/a.txt", "in/deep/c.txt", "in/.hidden.txt", "in/picture.jpg"):
        (tmp_path / name).write_text("One.", encoding="utf-8")
    (tmp_path / "in" / "d.jsonl").write_text('{"text": "Two."}\nno\n', encoding="utf-8")
    return tmp_path


def test_a_folder_comes_in_order(folder):
    assert read("in") == ["in/a.txt", "in/b.txt", "in/d.jsonl:1", "E120", "in/deep/c.txt"]


def test_a_glob(folder):
    assert read("in/*.txt") == ["in/a.txt", "in/b.txt"]
    assert read("in/**/*.txt") == ["in/a.txt", "in/b.txt", "in/deep/c.txt"]
    assert read("in/*.doc") == ["E101"]


def test_a_name_with_magic_characters_is_a_file_first(folder):
    (folder / "a[1].txt").write_text("One.", encoding="utf-8")
    assert read("a[1].txt") == ["a[1].txt"]


@pytest.mark.parametrize(
    ("name", "code"),
    [("no.txt", "E101"), ("no/such", "E101"), ("in/a.txt/x", "E101"), ("a\0b", "E101"), ("empty", "E103")],
)
def test_what_is_not_there(folder, name, code):
    (folder / "empty").mkdir()
    assert read(name, "in/a.txt") == [code, "in/a.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_without_rights(folder):
    (folder / "in" / "a.txt").chmod(0)
    assert read("in/a.txt", "in/b.txt") == ["E102", "in/b.txt"]


def test_not_text(folder):
    (folder / "x.txt").write_bytes(os.urandom(4000))
    (found,) = read_documents(["x.txt"])
    assert isinstance(found, Failure) and str(found).startswith("x.txt: E110 not text")


def test_too_large(folder, monkeypatch):
    monkeypatch.setattr("extractor.documents.limits.MAX_BYTES", 10)
    (folder / "x.txt").write_text("words " * 10, encoding="utf-8")
    assert read("x.txt") == ["E105"]


def test_standard_input(folder, monkeypatch):
    for data, expected in [(b"One.", ["-"]), (b'{"id": "7", "text": "One."}\n', ["7"]), (b"", ["-"])]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(data))))
        assert read("-") == expected


def test_a_reader_that_fails_loses_only_its_document(folder, monkeypatch):
    monkeypatch.setattr("extractor.documents.text.decode", lambda data: 1 / 0)
    assert read("in/a.txt", "in/d.jsonl")[0] == "E140"
