"""Abbreviations of parliamentary address ("my right hon. Friend"): one word with their full stop, read in full.

News hardly has them, so the encoder would take the full stop for the end of a sentence.
"""

from functools import cache
from pathlib import Path

from spacy.language import Language
from spacy.symbols import ORTH


@cache
def written_out() -> dict[str, str]:
    """The word for each abbreviation of ``abbreviations.tsv``, small and capitalised."""
    lines = Path(__file__).with_name("abbreviations.tsv").read_text(encoding="utf-8").splitlines()
    pairs = dict(line.split("\t") for line in lines if not line.startswith("#"))
    return pairs | {short.capitalize(): word.capitalize() for short, word in pairs.items()}


def keep_whole(nlp: Language) -> None:
    """Let a pipeline's tokenizer keep each abbreviation in one token."""
    for short in written_out():
        nlp.tokenizer.add_special_case(short, [{ORTH: short}])  # type: ignore[union-attr]
