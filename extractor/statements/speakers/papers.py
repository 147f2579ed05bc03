"""Polls, reports and the like, and whose the text says they are."""

import re
from bisect import bisect_right
from collections import defaultdict

from extractor.statements.speakers.names import Name
from extractor.statements.speakers.source import Names
from extractor.statements.speakers.titles import SPACE
from extractor.statements.speakers.words import alternation, table, words

_NOUNS = alternation(words("owned documents"))
_NOUN = rf"(?P<noun>{_NOUNS})"
_AFTER_NAME = re.compile(rf"(?:['’]s?)?(?:{SPACE}[a-z0-9][\w-]*){{0,3}}?{SPACE}{_NOUN}\b(?!{SPACE}(?:{_NOUNS})\b)")
_BEFORE_NAME = re.compile(
    rf"\b{_NOUN}(?:{SPACE}[\w-]+){{0,4}}?{SPACE}(?:by|from)(?:{SPACE}(?:the|an?|\w+))?{SPACE}$", re.IGNORECASE
)


_LIKE = {"study": "poll", "poll": "study", "report": "study", "analysis": "study"}


class Papers:
    """The documents that a text speaks of, with their owners; read when first asked for."""

    def __init__(self, text: str, names: Names) -> None:
        self._text, self._names = text, names
        self._owned: dict[str, list[tuple[int, Name]]] | None = None

    def owner(self, noun: str, position: int, ahead: bool = False) -> Name | None:
        """The name of the owner of "the poll" at a character: of the last like it before, or with ``ahead`` after."""
        if self._owned is None:
            self._owned = self._read()
        same = _one(noun)
        entries = sorted(
            self._owned.get(same, []) + self._owned.get(_LIKE.get(same, ""), []), key=lambda entry: entry[0]
        )
        at = bisect_right(entries, position, key=lambda entry: entry[0])
        if at:
            return entries[at - 1][1]
        return entries[0][1] if ahead and entries else None

    def _read(self) -> dict[str, list[tuple[int, Name]]]:
        owned: dict[str, list[tuple[int, Name]]] = defaultdict(list)
        for name in self._names.all:
            match = _AFTER_NAME.match(self._text, name.end, name.end + 60)
            match = match or _BEFORE_NAME.search(self._text[max(0, name.start - 60) : name.start])
            if match:
                owned[_one(match["noun"].lower())].append((name.start, name))
        return owned


def _one(noun: str) -> str:
    return table("synonyms").get(noun, noun)
