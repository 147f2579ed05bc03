"""Denials: cues that say a thing was not said or held."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from spacy.tokens import Span

_NOT = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor"})


@cache
def denials() -> frozenset[str]:
    """Lemmas of verbs and nouns that deny, refuse or decline."""
    lines = (Path(__file__).parent / "denials.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def is_negated(cue: Sequence[Span]) -> bool:
    """Whether a cue denies that something was said or held ("did not say", "denied", "declined to comment on")."""
    tokens = [t for span in cue for t in span]
    denies = any(t.lemma_.lower() in denials() for t in tokens)
    inside = {t.i for t in tokens}
    negations = {t.i for t in tokens if t.lower_ in _NOT}
    for token in tokens:
        if (
            token.dep_ in ("ROOT", "conj", "ccomp", "advcl", "acl", "acl:relcl", "parataxis")
            or token.head.i not in inside
        ):
            negations |= {c.i for c in token.children if c.lower_ in _NOT and c.dep_ in ("advmod", "det", "neg")}
    return denies != bool(negations)
