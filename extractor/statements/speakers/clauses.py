"""Where a mention stands in the grammar of its sentence, by the dependency tree of the pipeline."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.attrs import DEP, HEAD, IDX, POS
from spacy.symbols import DET, NOUN, NUM, PRON, PROPN
from spacy.tokens import Doc

_ROLES = {
    "nsubj": "subject",
    "csubj": "subject",
    "obj": "object",
    "iobj": "object",
    "obl": "oblique",
    "nmod": "modifier",
    "nmod:poss": "owner",
}
_SAME_ONE = frozenset({"flat", "compound", "fixed", "appos", "amod", "nmod:desc", "list"})
"""Relations of a word to a noun that means the same one: words of a name, titles, appositions."""
_ARGUMENTS = frozenset({"nsubj", "csubj", "obj", "iobj", "obl", "advmod", "vocative", "expl"})
_CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "acl", "conj", "parataxis", "csubj"})
_HOLDING = _CLAUSES - {"conj"}
"""Clauses that are deeper than the one they hang by."""
_FRONTED = frozenset({"advcl", "obl", "dislocated", "advmod"})
_NOMINAL = frozenset({NOUN, PROPN, PRON, NUM, DET})
_DEEPEST = 16


@dataclass(frozen=True, slots=True)
class Place:
    """A mention in the tree, by numbers of tokens.

    head: the word by which the phrase hangs. role: ``subject``, ``object``, ``oblique``, ``modifier``, ``owner`` or
    ``other``. predicate: the word that heads the clause. conjunct: whether "and" joins it to one before.
    depth: how many clauses hold it.
    """

    head: int
    role: str
    predicate: int
    conjunct: bool
    depth: int


class Clauses:
    """The grammar of one parsed document. A look-up takes a time that does not depend on the document's length."""

    def __init__(self, doc: Doc) -> None:
        self._starts = doc.to_array([IDX]).tolist()  # much faster than token by token
        read = doc.to_array([HEAD, DEP, POS])
        relations = read[:, 1].tolist()
        names = {key: doc.vocab.strings[int(key)] for key in set(relations)}
        plain = {key: name.partition(":")[0] for key, name in names.items()}
        self._heads = [i + offset for i, offset in enumerate(read[:, 0].astype("int64").tolist())]
        self._relations = [names[key] for key in relations]
        self._plain = [plain[key] for key in relations]
        self._nominal = [kind in _NOMINAL for kind in read[:, 2].tolist()]
        self._with_subject = {
            head
            for head, relation in zip(self._heads, self._plain, strict=True)
            if relation.startswith(("nsubj", "csubj"))
        }
        self._places: dict[tuple[int, int], Place] = {}

    def token_at(self, position: int) -> int:
        """The number of the token that holds a character."""
        return max(0, bisect_right(self._starts, position) - 1)

    def place(self, start: int, end: int) -> Place:
        """The place of the mention ``text[start:end]``."""
        known = self._places.get((start, end))
        if known is None:
            known = self._places[start, end] = self._find(start, end)
        return known

    def _find(self, start: int, end: int) -> Place:
        first, last = self.token_at(start), self.token_at(end - 1)
        at = first
        for token, head in self._up(first):
            at = token
            if not first <= head <= last:
                break
        conjunct = False
        for token, head in self._up(at):
            at = token
            relation = self._relations[token]
            joined = relation == "conj" and self._nominal[head]
            if not joined and not (relation in _SAME_ONE and self._nominal[head]):
                break
            conjunct = conjunct or joined
            at = head
        relation = self._relations[at]
        role = _ROLES.get(relation) or _ROLES.get(self._plain[at], "other")
        return Place(at, role, self._predicate(at), conjunct, self._depth(at))

    def link(self, predicate: int, other: int) -> str:
        """How one clause hangs by another: ``same``, or the relation of the outermost clause between; else empty."""
        relation = "same"
        if predicate == other:
            return relation
        for token, head in self._up(predicate):
            relation = self._plain[token] if self._plain[token] in _CLAUSES else relation
            if head == other:
                return relation
        return ""

    def within(self, token: int, other: int) -> bool:
        """Whether a word stands in the phrase or clause that another heads."""
        return token == other or any(head == other for _, head in self._up(token))

    def has_subject(self, predicate: int) -> bool:
        """Whether a predicate has a subject of its own."""
        return predicate in self._with_subject

    def fronted(self, token: int, predicate: int) -> bool:
        """Whether a word stands in a phrase or clause that hangs by a predicate and comes before it."""
        for below, head in self._up(token):
            if head == predicate:
                return below < predicate and self._plain[below] in _FRONTED
        return False

    def head(self, token: int) -> int:
        """The word that a word hangs by."""
        return self._heads[token]

    def relation(self, token: int) -> str:
        """How a word hangs by its head."""
        return self._relations[token]

    def _up(self, token: int) -> Iterator[tuple[int, int]]:
        """Each word on the way up with its head; nothing for a word that heads its sentence."""
        for _ in range(_DEEPEST):
            head = self._heads[token]
            if head == token:
                return
            yield token, head
            token = head

    def _depth(self, token: int) -> int:
        return sum(self._plain[below] in _HOLDING for below, _ in self._up(token))

    def _predicate(self, token: int) -> int:
        for below, head in self._up(token):
            token = head
            if self._plain[below] in _ARGUMENTS:
                break
        return token
