"""Titles, capitals and sentence heads: what tells where a name begins and ends."""

import re

from extractor.statements.speakers.words import alternation, words

UPPER = "".join(c for c in map(chr, range(0x41, 0x530)) if c.isupper())
"""Capital letters of the Latin, Greek, Cyrillic and Armenian scripts, for use inside ``[...]``."""
_SPACES = " \u00a0\u2009"
SPACE = rf"[{_SPACES}]"
POSSESSIVE = re.compile(r"(?:['’]s|(?<=[sS])['’])$")
_TITLES = (
    words("honorifics male") | words("honorifics female") | words("honorifics open"),
    words("role titles"),
)
_LAST_WORDS = frozenset(re.findall(r"\w+", title.lower())[-1] for titles in _TITLES for title in titles)
_TITLE = rf"(?:{'|'.join(map(alternation, _TITLES))})"
_TITLE_BEFORE = re.compile(rf"(?:\b{_TITLE}\b\.?{SPACE}+)+$", re.IGNORECASE)
_WORD_END = re.compile(r"(\w+)\.?$")
LEADING_TITLE = re.compile(rf"^(?:{_TITLE}\b\.?{SPACE}+)+(?=\S)", re.IGNORECASE)
_LOOK_BEHIND = 48
_OPENING = re.compile(r"(?:^|[.!?:\n\"“‘(—–-])[\s\"“‘(]*$")


def plain(name: str) -> str:
    """A name with single plain spaces."""
    return " ".join(name.split())


def titled(text: str, start: int) -> bool:
    """Whether a title stands before a character."""
    return title_before(text[max(0, start - _LOOK_BEHIND) : start]) is not None


def title_before(text: str) -> re.Match[str] | None:
    """The titles that a text ends with, the space after them included."""
    line = text.removesuffix("\n")
    before = line.rstrip(_SPACES)
    if not before or len(before) == len(line):
        return None
    last = _WORD_END.search(before.rsplit(None, 1)[-1])  # few words are titles, and the pattern of them all is slow
    return _TITLE_BEFORE.search(text) if last and last[1].lower() in _LAST_WORDS else None


def opens_sentence(text: str, start: int) -> bool:
    """Whether a character begins a sentence, a quotation or a line."""
    return bool(_OPENING.search(text[max(0, start - 4) : start])) or start == 0
