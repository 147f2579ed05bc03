"""Transcripts in plain text: lines that begin with a speaker's label ("HOLT: Good evening") and the turns they open."""

import re

from extractor.documents.document import Turn
from extractor.documents.words import words

_TIME = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]?"
_NAME = (
    r"(?:[A-Z][\w.'’\-]*|de|van|von|der|la|le|al|bin|of|the|for|and)"
    r"(?:[ \t]+(?:[A-Z][\w.'’\-]*|de|van|von|der|la|le|al|bin|of|the|for|and)){0,6}"
)
_LABEL = re.compile(
    rf"(?:{_TIME}[ \t]*[-–]?[ \t]*)?(?P<name>{_NAME})(?P<role>[ \t]*(?:,[^:\n]{{1,60}}|\([^)\n]{{1,60}}\)))?"
    rf"[ \t]*(?:{_TIME})?[ \t]*:(?:[ \t]+|[ \t]*\r?\n[ \t]*)(?=\S)"
)
_LINE_LABEL = re.compile(rf"(?m)^[ \t]*{_LABEL.pattern}")
_TIME_LINE = re.compile(rf"(?m)^[ \t]*{_TIME}(?:[ \t]*[-–>]+[ \t]*{_TIME})?[ \t]*$")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_FEWEST = 3  # labelled lines that make a transcript
_LEAST_SHARE = 0.4  # of its paragraphs that have a label


def split_label(line: str) -> tuple[str, str]:
    """The speaker that a line's label names and what is said, or ``("", line)``."""
    found = _LABEL.match(line)
    if found and _is_speaker(found):
        return found["name"], line[found.end() :]
    return "", line


def find_turns(text: str) -> tuple[tuple[Turn, ...], tuple[tuple[int, int], ...]]:
    """The turns of a transcript, and the spans of its labels and lines of times; both empty for any other text.

    A text is a transcript when three lines or more have a label, labels come again, and two paragraphs in five
    or more have one.
    """
    labels = [found for found in _LINE_LABEL.finditer(text) if _is_speaker(found)]
    names = {found["name"] for found in labels}
    paragraphs = len(_BLANK_LINE.findall(text.strip())) + 1
    if len(labels) < _FEWEST or len(names) == len(labels) or len(labels) < _LEAST_SHARE * paragraphs:
        return (), ()
    ends = [found.start() for found in labels[1:]] + [len(text)]
    turns = tuple(
        Turn(found.end(), found.end() + len(text[found.end() : end].rstrip()), found["name"])
        for found, end in zip(labels, ends, strict=True)
    )
    marks = [(found.start(), found.end()) for found in labels]
    marks += [found.span() for found in _TIME_LINE.finditer(text)]
    return turns, tuple(sorted((start, start + len(text[start:end].rstrip())) for start, end in marks))


def _is_speaker(found: re.Match[str]) -> bool:
    name: str = found["name"]
    return name.split()[0].casefold().rstrip(".") not in words("no speaker")
