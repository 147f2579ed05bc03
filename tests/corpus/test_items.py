"""What a run is made of: which files it takes, and where its batches end."""

import os
from pathlib import Path

from extractor.corpus.items import batches, find_items, key_of, name_of, size_of, total_size
from extractor.documents.document import Document
from extractor.documents.sources import Source
from extractor.errors import Failure


def test_files_of_one_document_are_left_to_the_workers(tmp_path, documents):
    articles = documents(2)
    (tmp_path / "a.txt").write_text("One.", encoding="utf-8")
    (tmp_path / "b.html").write_text("<p>Two.", encoding="utf-8")
    items = list(find_items([str(tmp_path), "no.txt", articles]))
    kinds = [(type(item), os.path.basename(name_of(item))) for item in items]
    assert kinds == [
        (Source, "a.txt"),
        (Source, "b.html"),
        (Document, "d0"),
        (Document, "d1"),
        (Failure, "no.txt"),
        (Document, "d0"),
        (Document, "d1"),
    ]


def test_what_is_no_plain_file_is_read_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    writer = os.open(tmp_path / "pipe.txt", os.O_RDWR)
    os.write(writer, b"One more.")
    (item,) = find_items([f"/dev/fd/{os.open(__file__, os.O_RDONLY)}"])
    assert isinstance(item, Document)
    assert total_size([str(tmp_path / "pipe.txt")]) is None
    os.close(writer)


def test_a_run_does_not_take_its_own_output(tmp_path, documents):
    articles = documents(1)
    output = tmp_path / "out.jsonl"
    output.write_text('{"text": "An older table."}', encoding="utf-8")
    assert len(list(find_items([str(tmp_path)], [output]))) == 1
    assert len(list(find_items([str(tmp_path / "*.jsonl")], [output]))) == 1
    assert len(list(find_items([articles, str(output)], [output]))) == 2  # named, it is meant


def test_batches_hold_so_many_documents_or_so_much_text():
    sizes = [len(batch) for batch in batches(Document("a", str(n)) for n in range(70))]
    assert sizes == [32, 32, 6]
    long = Document("a" * 150_000)
    assert [len(batch) for batch in batches([long] * 5)] == [2, 2, 1]
    assert not list(batches([]))


def test_a_key_tells_what_has_changed(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("One.", encoding="utf-8")
    batch = [Source(str(path)), Document("Two.", "two"), Failure("three", "E101", "gone")]
    key = key_of(batch)
    os.utime(path, (0, 0))
    assert key_of(batch) == key
    others = [[batch[0], Document("Two.", "two", url="https://example.org/"), batch[2]], batch[:2], batch[::-1]]
    path.write_text("Won.", encoding="utf-8")
    others.append(batch)
    assert len({key, *map(key_of, others)}) == 5
    path.unlink()
    assert key_of(batch) != key


def test_sizes(tmp_path, documents):
    articles = documents(3)
    (tmp_path / "a.html").write_text("x" * 800, encoding="utf-8")
    assert total_size([str(tmp_path)]) == 100 + Path(articles).stat().st_size
    assert size_of(Document("abc")) == 3 and size_of(Failure("a", "E101", "")) == size_of(Source("no.txt")) == 0
    assert total_size(["-"]) is None and total_size(["https://example.org/"]) is None
