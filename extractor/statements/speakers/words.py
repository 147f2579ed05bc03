"""Reads ``words.txt``, the word lists of this room."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_Tree = dict[str, "_Tree"]
"""Words by their characters; an empty one ends a word."""


@cache
def _sections() -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in Path(__file__).with_name("words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            current = sections.setdefault(line.strip("[] "), [])
        elif line and not line.startswith("#"):
            current += [word for part in line.split(",") if (word := part.strip())]
    return sections


@cache
def words(section: str) -> frozenset[str]:
    """The words of a section of ``words.txt``. Raises KeyError when there is no such section."""
    return frozenset(word.partition("=")[0] for word in _sections()[section])


@cache
def table(section: str) -> dict[str, str]:
    """The ``word=meaning`` pairs of a section of ``words.txt``; words without a meaning stand for themselves."""
    pairs = (word.partition("=") for word in _sections()[section])
    return {word: meaning or word for word, _, meaning in pairs}


def alternation(items: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first.

    Words that begin alike share their beginning in it, so that little is tried at each place of a text.
    """
    tree: _Tree = {}
    for item in sorted(items):
        node = tree
        for character in item:
            node = node.setdefault(character, {})
        node[""] = {}
    return _branches(tree)


def _branches(node: _Tree) -> str:
    branches = [_one(character) + _branches(rest) for character, rest in node.items() if character]
    if "" in node:
        branches.append("")
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _one(character: str) -> str:
    return r"[ \u00a0]" if character == " " else re.escape(character)
