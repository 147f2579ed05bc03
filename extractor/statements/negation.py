"""Denials: cues that say a thing was not said or held."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from spacy.tokens import Span, Token

_NOT = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor"})
_ONLY = frozenset({"only", "just", "merely", "simply"})  # "not only said" is said


@cache
def denials() -> frozenset[str]:
    """Verbs and nouns that deny, refuse or decline, in all their forms."""
    lines = (Path(__file__).parent / "denials.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _negates(token: Token) -> bool:
    following = token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""
    return token.lower_ in _NOT and following not in _ONLY


def is_negated(cue: Sequence[Span]) -> bool:
    """Whether a cue denies that something was said or held ("did not say", "denied", "declined to comment on")."""
    tokens = [t for span in cue for t in span]
    denies = any(t.lower_ in denials() for t in tokens)
    inside = {t.i for t in tokens}
    negations = {t.i for t in tokens if _negates(t)}
    for token in tokens:
        if (
            token.dep_ in ("ROOT", "conj", "ccomp", "advcl", "acl", "acl:relcl", "parataxis")
            or token.head.i not in inside
        ):
            negations |= {c.i for c in token.children if _negates(c) and c.dep_ in ("advmod", "det", "neg")}
    return denies != bool(negations)
