"""Both models that ship have the same columns; what is said of a text is the same whatever is read beside it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

import extractor
from extractor.cli.main import app

SAMPLES = ("article.txt", "release.html", "interview.txt")


@pytest.mark.parametrize("model", ["small", "large"])
def test_a_model_reads_the_sample_with_the_same_columns(model: str, root: Path) -> None:
    frame = extractor.extract(root / "samples/article.txt", model=model).to_frame()
    text = (root / "samples/article.txt").read_text(encoding="utf-8")
    assert list(frame) == list(extractor.extract("").to_frame())
    assert {"quote", "attribution", "statistic"} == set(frame["kind"])
    assert [text[a:b] for a, b in zip(frame["start"], frame["end"], strict=True)] == list(frame["text"])


def test_rows_do_not_hang_on_what_is_read_beside_them(root: Path) -> None:
    paths = [root / "samples" / name for name in SAMPLES]
    together = [s.to_bytes("jsonl") for s in extractor.extract_many(paths)]
    assert together == [extractor.extract(path).to_bytes("jsonl") for path in paths]


def test_the_version_names_both_models() -> None:
    printed = CliRunner().invoke(app, ["--version"]).output
    assert "statements " in printed and "statements_lg " in printed


def test_a_model_of_another_size_is_wrong_usage(root: Path) -> None:
    result = CliRunner().invoke(app, ["extract", str(root / "samples/article.txt"), "--model", "huge"])
    assert result.exit_code == 2
    with pytest.raises(extractor.ExtractorError, match="small and large"):
        extractor.extract("Text.", model="huge")


def test_the_large_one_takes_no_word_of_a_heading_for_a_name(root: Path) -> None:
    speakers = extractor.extract(root / "samples/article.txt", model="large").to_frame()["speaker"].dropna()
    assert set(speakers[speakers.str.contains("Trevarrick")]) == {"Wenna Trevarrick"}
