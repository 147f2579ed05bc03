"""The folder beside the output: whose it is, and what of it can be gone on with."""

import pytest

from extractor.corpus.journal import Journal
from extractor.errors import ExtractorError

JOB = {"format": "csv", "kinds": []}


@pytest.fixture
def stopped(tmp_path):
    """The output of a run that was stopped after its first batch."""
    with Journal(tmp_path / "out.csv", JOB) as journal:
        journal.write(0, "ab", b"one\n")
    return tmp_path / "out.csv"


def test_a_run_that_was_stopped_is_gone_on_with(stopped):
    with Journal(stopped, JOB, resume=True) as journal:
        assert journal.has(0, "ab") and not journal.has(1, "cd") and not journal.changed
        with journal.opened(0, "ab") as stream:
            assert stream.read() == b"one\n"
        journal.write(1, "cd", b"two\n")
        with journal.result(stopped) as stream:
            stream.write(b"all")
        journal.remove()
    assert stopped.read_bytes() == b"all" and list(stopped.parent.iterdir()) == [stopped]


def test_not_without_being_asked(stopped):
    with pytest.raises(ExtractorError, match=r"E304 .*--resume"):
        Journal(stopped, JOB)
    Journal(stopped, JOB, resume=True)._release()


def test_not_with_other_options(stopped):
    with pytest.raises(ExtractorError, match=r"E305 .*\(kinds, model\)"):
        Journal(stopped, JOB | {"kinds": ["quote"], "model": "other"}, resume=True)
    (stopped.parent / "out.csv.parts" / "job.json").write_bytes(b"[")
    with pytest.raises(ExtractorError, match="E305"):
        Journal(stopped, JOB, resume=True)


def test_not_while_it_is_at_work(stopped):
    with Journal(stopped, JOB, resume=True), pytest.raises(ExtractorError, match="E304 another run"):
        Journal(stopped, JOB, resume=True)
    with Journal(stopped, JOB, resume=True) as journal:
        assert journal.has(0, "ab")


def test_a_batch_of_changed_documents_is_not_taken(stopped):
    with Journal(stopped, JOB, resume=True) as journal:
        assert not journal.has(0, "ef") and journal.changed == {0}
        journal.write(0, "ef", b"new\n")
        assert [path.name for path in journal.folder.glob("*.part")] == ["000000-ef.part"]


def test_what_a_kill_has_cut_short_is_cleared_away(stopped):
    folder = stopped.parent / "out.csv.parts"
    for name in (".000001-cd.part.x7", "result.new", ".job.json.q", "000000-aa.part"):
        (folder / name).write_bytes(b"half")
    with Journal(stopped, JOB, resume=True) as journal:
        assert sorted(path.name for path in folder.iterdir()) == ["000000-ab.part", "job.json", "lock"]
        assert journal.has(0, "ab")


def test_a_folder_of_somebody_else_is_left_alone(tmp_path):
    folder = tmp_path / "out.csv.parts"
    folder.mkdir()
    (folder / "thesis.txt").write_bytes(b"mine")
    with pytest.raises(ExtractorError, match=r"E304 .*thesis\.txt"):
        Journal(tmp_path / "out.csv", JOB)
    assert [path.name for path in folder.iterdir() if path.name != "lock"] == ["thesis.txt"]


def test_nothing_is_left_where_nothing_was_done(tmp_path):
    with pytest.raises(KeyError), Journal(tmp_path / "out.csv", JOB):
        raise KeyError
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("output", ["no/out.csv", "file/out.csv", "folder", "n" * 300])
def test_where_nothing_can_be_written(tmp_path, output):
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    with pytest.raises(ExtractorError, match="E301"):
        Journal(tmp_path / output, JOB)
