"""The labels of every head, and how a lemma is said as a short edit of its form."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ATTRIBUTION = ("SOURCE", "CUE", "CONTENT")
ENTITY_TYPES = ("Person", "Organization", "Location", "NORP", "Facility", "Date", "Money", "Product", "Misc")
ENTITIES = ("O", *(f"{p}-{t}" for t in ENTITY_TYPES for p in "BI"))
SPACY_ENTITIES = {
    "Person": "PERSON",
    "Organization": "ORG",
    "Location": "LOC",
    "NORP": "NORP",
    "Facility": "FAC",
    "Date": "DATE",
    "Money": "MONEY",
    "Product": "PRODUCT",
    "Misc": "MISC",
}


def bio(names: tuple[str, ...]) -> tuple[str, ...]:
    """O, then B- and I- of every name."""
    return ("O", *(f"{p}-{n}" for n in names for p in "BI"))


def lemma_script(form: str, lemma: str) -> str:
    """How to get from a form to its lemma: ``case|characters cut from the end|what is put there``.

    case: ``l`` lower the form first, ``k`` keep it. A lemma that shares no beginning is given whole (``=lemma``).
    """
    case = "k" if form[:1].isupper() and lemma[:1].isupper() else "l"
    base = form if case == "k" else form.lower()
    shared = 0
    while shared < min(len(base), len(lemma)) and base[shared] == lemma[shared]:
        shared += 1
    if shared == 0 and base != lemma:
        return f"={lemma}"
    return f"{case}|{len(base) - shared}|{lemma[shared:]}"


@dataclass
class Vocabulary:
    """The label lists of the heads that read them off the treebanks; label 0 stands for what is too rare to learn."""

    names: dict[str, list[str]]

    def __post_init__(self) -> None:
        self._ids = {head: {n: i for i, n in enumerate(names)} for head, names in self.names.items()}

    def id(self, head: str, name: str) -> int:
        ids = self._ids[head]
        if name not in ids and head == "relation":
            name = name.split(":")[0]
        return ids.get(name, 0)

    @classmethod
    def of(cls, treebanks: list[Path]) -> "Vocabulary":
        counts: dict[str, Counter[str]] = {k: Counter() for k in ("upos", "xpos", "lemma", "relation")}
        for path in treebanks:
            for line in path.open(encoding="utf-8"):
                cells = line.rstrip("\n").split("\t")
                if len(cells) == 10 and cells[0].isdigit():
                    counts["upos"][cells[3]] += 1
                    counts["xpos"][cells[4]] += 1
                    counts["lemma"][lemma_script(cells[1], cells[2])] += 1
                    counts["relation"][cells[7]] += 1
        least = {"upos": 1, "xpos": 5, "lemma": 4, "relation": 40}
        default = {"upos": "X", "xpos": "FW", "lemma": "l|0|", "relation": "dep"}
        names = {}
        for head, counter in counts.items():
            kept = sorted(n for n, c in counter.items() if c >= least[head])
            names[head] = [default[head], *(n for n in kept if n != default[head])]
        return cls(names)

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(self.names, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
