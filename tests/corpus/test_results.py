"""Documents to rows: what is said of a text is the same whatever is read beside it."""

from pathlib import Path

import extractor

SAMPLES = ("article.txt", "release.html", "interview.txt")


def test_rows_do_not_hang_on_what_is_read_beside_them(root: Path) -> None:
    paths = [root / "samples" / name for name in SAMPLES]
    together = [s.to_bytes("jsonl") for s in extractor.extract_many(paths)]  # type: ignore[union-attr]
    assert together == [extractor.extract(path).to_bytes("jsonl") for path in paths]
