"""The word lists of ``words.tsv``."""

from functools import lru_cache
from importlib import resources


@lru_cache
def words(name: str) -> frozenset[str]:
    """The list of this name, in lower case."""
    table = resources.files(__package__).joinpath("words.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return frozenset(dict(rows)[name].split())
