"""Site furniture in plain text: which lines are no part of the article. The text itself is never altered."""

import re
from functools import lru_cache
from importlib import resources

_LONGEST = 400  # a line longer than this is prose
_MARKS = '"“”'  # a quoted article ends in its own furniture
_LINE = re.compile(r"[^\r\n\u2028\u2029]+")


@lru_cache(maxsize=1)
def _patterns() -> re.Pattern[str]:
    table = resources.files(__package__).joinpath("furniture.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return re.compile("|".join(f"(?:{pattern})" for _, pattern in rows), re.IGNORECASE)


def furniture_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Character offsets ``(start, end)`` of the lines of furniture in ``text``, in order, blanks at their ends off."""
    matches = _patterns().fullmatch
    spans = []
    for line in _LINE.finditer(text):
        stripped = line.group().strip()
        if stripped and len(stripped) <= _LONGEST and matches(stripped.strip(_MARKS)):
            start = line.start() + line.group().index(stripped)
            spans.append((start, start + len(stripped)))
    return tuple(spans)
