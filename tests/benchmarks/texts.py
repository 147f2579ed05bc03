"""The texts that are read: of the samples in this repository, or news articles where `EXTRACTOR_DATA` has them.

A text of a given length is cut from one stream of paragraphs, a line each, which begins anew in another order when it
ends; the same call gives the same texts.
"""

import json
import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
ARTICLE = 600
"""Words of a newspaper article, about."""

_SYLLABLES = ("bar", "den", "kel", "lor", "mar", "nis", "or", "pen", "quin", "ras", "tal", "ver", "wyn", "zo")


def articles() -> list[str]:
    """The dev articles of PolNeAR where they are there, else none."""
    path = Path(os.environ.get("EXTRACTOR_DATA") or ROOT.parent / "shared") / "data" / "polnear" / "dev.jsonl"
    if not path.is_file():
        return []
    return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]


def described() -> str:
    """What the texts are made of, for the output."""
    return "the dev articles of PolNeAR" if articles() else "the samples of this repository, recombined"


def newspaper(words: int) -> list[str]:
    """Articles of about that many words together: as they are for as long as there are any, then cut to length."""
    whole: list[str] = []
    for text in articles():
        if words <= 0:
            return whole
        whole.append(text)
        words -= len(text.split())
    return whole + (documents(ARTICLE, words) if words > 0 else [])


def documents(length: int, words: int) -> list[str]:
    """Texts of whole paragraphs, each of ``length`` words or little more, of ``words`` together or little more."""
    found: list[str] = []
    parts: list[str] = []
    size = 0
    for paragraph in _paragraphs():
        parts.append(paragraph)
        size += len(paragraph.split())
        if size >= length:
            found.append("\n\n".join(parts))
            words -= size
            parts, size = [], 0
            if words <= 0:
                return found
    raise AssertionError("the stream of paragraphs has no end")


def letters(number: int, words: int) -> Iterator[str]:
    """Short texts, as a large archive has them: each brings figures and an invented name that none had before."""
    texts = documents(words, 200 * words)
    for k in range(number):
        chance = random.Random(k)
        figures = str.maketrans("123456789", "".join(chance.choices("123456789", k=9)))
        text = texts[k % len(texts)].translate(figures)
        name, place = ("".join(chance.choices(_SYLLABLES, k=3)).title() for _ in range(2))
        yield f"{text}\n\n“We shall see,” said {name} {name[::-1].title()} of {place}."


@contextmanager
def written(texts: list[str]) -> Iterator[list[Path]]:
    """The texts as files of a folder, in order."""
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number:06}.txt" for number in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, encoding="utf-8")
        yield paths


def words_of(texts: list[str]) -> int:
    """What white space parts."""
    return sum(len(text.split()) for text in texts)


def _paragraphs() -> Iterator[str]:
    texts = articles() or _samples()
    found = [p.strip() for text in texts for p in text.splitlines() if p.strip()]
    for turn in count():
        yield from found
        found = random.Random(turn).sample(found, len(found))


def _samples() -> list[str]:
    """Every sample once: its other formats hold the same words."""
    samples = ROOT / "samples"
    speeches = (samples / "speeches.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [path.read_text(encoding="utf-8") for path in sorted(samples.glob("*.txt"))]
    return texts + [json.loads(line)["text"] for line in speeches]
