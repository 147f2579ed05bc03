"""Links that open a page at the words: text fragments, as https://wicg.github.io/scroll-to-text-fragment/ has them."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from urllib.parse import quote

_LONGEST_EXACT = 300  # characters; a longer stretch is given by its first and last words
_SHORTEST_ALONE = 20  # characters; a shorter one is given with what stands round it
_EDGE_WORDS = 6
_CONTEXT_WORDS = 4
_BLOCK = re.compile(r"\s*\n[ \t\r]*\n\s*")
_HAS_LETTERS = re.compile(r"\w")
_WORD_END = re.compile(r"\w*")
_WORD_START = re.compile(r"\w*\Z")
_UNRESERVED = str.maketrans({"-": "%2D", ".": "%2E", "_": "%5F", "~": "%7E"})


def link(url: str, text: str, start: int, end: int, pages: Sequence[int] = ()) -> str:
    """``url`` with a fragment that opens it at ``text[start:end]``; empty when there is no address or no stretch.

    start, end: offsets in ``text`` in code points; a stretch that cuts a word is widened to the whole of it, since
        browsers look for whole words.
    pages: offsets at which the pages of a PDF begin; the fragment then names the page.
    """
    if not url or not text[start:end].strip():
        return ""
    address, _, fragment = url.partition("#")
    if pages:
        return f"{address}#page={bisect_right(pages, start)}"
    start -= len(_WORD_START.search(text, 0, start).group()) if text[start].isalnum() else 0  # type: ignore[union-attr]
    end += len(_WORD_END.match(text, end).group()) if text[end - 1].isalnum() else 0  # type: ignore[union-attr]
    return f"{address}#{fragment.partition(':~:')[0]}:~:text={_directive(text, start, end)}"


def _directive(text: str, start: int, end: int) -> str:
    stretch = text[start:end].strip()
    blocks = _BLOCK.split(stretch)
    if len(blocks) == 1 and len(stretch) <= _LONGEST_EXACT:
        parts = [_encoded(stretch)]
        plain = len(stretch) >= _SHORTEST_ALONE and _count(text, stretch) == 1
    else:
        head, tail = blocks[0].split()[:_EDGE_WORDS], blocks[-1].split()[-_EDGE_WORDS:]
        if len(blocks) == 1 and len(stretch.split()) < 2 * _EDGE_WORDS:
            return _encoded(stretch)  # a few words of great length
        parts = [_encoded(" ".join(head)), _encoded(" ".join(tail))]
        plain = _count(text, " ".join(head)) == 1
    if not plain:
        before = _BLOCK.split(text[:start].rstrip())[-1].split()[-_CONTEXT_WORDS:]
        after = _BLOCK.split(text[end:].lstrip())[0].split()[:_CONTEXT_WORDS]
        if any(map(_HAS_LETTERS.search, before)):
            parts.insert(0, f"{_encoded(' '.join(before))}-")
        if any(map(_HAS_LETTERS.search, after)):
            parts.append(f"-{_encoded(' '.join(after))}")
    return ",".join(parts)


def _count(text: str, words: str) -> int:
    """How often the words stand in the text for a browser: case and kind of blank make no difference."""
    return " ".join(text.split()).casefold().count(" ".join(words.split()).casefold())


def _encoded(words: str) -> str:
    return quote(" ".join(words.split()), safe="").translate(_UNRESERVED)
