"""What the rules ask of the parsed text, by character offset; says so where there is no parse."""

from bisect import bisect_right
from collections.abc import Iterable

from spacy.attrs import IDX
from spacy.tokens import Doc, Token

_ARGUMENTS = ("nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:unmarked", "nmod", "conj", "ROOT", "advmod")
_BEFORE_NOUN = ("amod", "compound", "advmod", "nmod", "acl", "det", "nummod")
_PHRASE_LEFT = ("amod", "compound", "nmod:poss", "nummod", "nmod", "advmod", "flat", "obl:unmarked", "nmod:unmarked")
_PHRASE_RIGHT = ("nmod", "acl", "flat", "fixed", "compound", "nmod:unmarked", "amod")
_LONGEST_CLIMB = 40


class Tree:
    """Token look-ups by character offset, and phrases of the dependency tree.

    present: whether the Doc carries a dependency tree.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.present = doc.has_annotation("DEP")
        self._starts: list[int] = []
        self._entities: dict[int, str] = {t.i: t.ent_type_ for e in doc.ents for t in e}

    def token(self, offset: int) -> Token | None:
        """The token that holds the character ``offset``."""
        if not self._starts:
            self._starts = self.doc.to_array(IDX).tolist()
        i = bisect_right(self._starts, offset) - 1
        if i < 0:
            return None
        token = self.doc[i]
        return token if offset < token.idx + max(1, len(token)) else None

    def pos_at(self, offset: int) -> str:
        token = self.token(offset)
        return token.pos_ if token is not None else ""

    def head_is(self, offset: int, head: int) -> bool:
        """Whether the token at ``offset`` depends on the one at ``head``."""
        token, other = self.token(offset), self.token(head)
        return token is not None and other is not None and token.head.i == other.i

    def names_noun_before(self, offset: int) -> bool:
        """Whether the number names the noun right before it ("posts 542 and 543"), or is joined to one that does."""
        token = self.token(offset)
        if token is not None and token.dep_ == "conj" and token.head.i >= token.i - 4:
            token = token.head
        if token is None or token.head.i != token.i - 1 or token.pos_ != "NUM":
            return False
        return token.head.pos_ in ("NOUN", "PROPN") and token.dep_ in (
            "nummod",
            "nmod:unmarked",
            "flat",
            "dep",
            "compound",
        )

    def apposed_to_names(self, offset: int) -> bool:
        """Whether the noun that the number counts is an apposition to a name before it."""
        token = self.token(offset)
        if token is None or not self.present:
            return False
        noun = token.head
        return noun.dep_ == "appos" and noun.head.i < token.i and noun.head.pos_ == "PROPN"

    def finite_verb(self, offset: int) -> bool:
        """Whether a verb stands there that is no participle; ``False`` without tags."""
        token = self.token(offset)
        return token is not None and token.pos_ == "VERB" and token.tag_ not in ("VBN", "VBG", "JJ")

    def counts_common_noun(self, offset: int) -> bool:
        """Whether the number counts a common noun to its right."""
        token = self.token(offset)
        return token is not None and token.head.i > token.i and token.head.text.islower()

    def subject_before(self, offset: int) -> tuple[int, int] | None:
        """Characters of the nearest subject before a pronoun that is a thing, in this sentence or the last."""
        token = self.token(offset)
        if token is None or not self.present:
            return None
        for i in range(token.i - 1, max(token.i - _LONGEST_CLIMB, -1), -1):
            other = self.doc[i]
            if other.dep_ in ("nsubj", "nsubj:pass") and other.pos_ == "NOUN":
                return self.phrase(other)
        return None

    def is_argument(self, offset: int, labels: tuple[str, ...] = _ARGUMENTS) -> bool:
        token = self.token(offset)
        return token is not None and token.dep_ in labels

    def before_noun(self, offset: int) -> bool:
        """Whether the token modifies a noun to its right ("displaced people")."""
        token = self.token(offset)
        if token is None or token.head.i <= token.i:
            return False
        return token.head.pos_ in ("NOUN", "PROPN") and token.dep_ in _BEFORE_NOUN

    def in_entity(self, offset: int, labels: tuple[str, ...], inside: bool = False) -> bool:
        """Whether the token is of such an entity; ``inside``: not its first token."""
        if not self._entities:
            return False
        token = self.token(offset)
        if token is None or self._entities.get(token.i) not in labels:
            return False
        return not inside or token.ent_iob_ == "I"

    def entity(self, token: Token) -> str:
        return self._entities.get(token.i, "")

    def root(self, start: int, end: int) -> Token | None:
        """The highest token of the characters ``start`` to ``end``: the one whose head stands outside."""
        token = self.token(start)
        if token is None:
            return None
        best, i = token, token.i
        while i < len(self.doc) and self.doc[i].idx < end:
            token = self.doc[i]
            inside = start <= token.head.idx < end and token.head.i != token.i
            if not inside and token.pos_ not in ("PUNCT", "ADP", "DET", "SPACE"):
                return token
            best = token
            i += 1
        return best

    def phrase(self, head: Token, after: int = -1) -> tuple[int, int]:
        """Characters of a noun phrase: modifiers and complements of its head, without article, relative clause and
        apposition; nothing before the character ``after``."""
        left = right = head
        for child in head.lefts:
            if child.dep_ in _PHRASE_LEFT and child.idx >= after and child.i < left.i:
                edge = child.left_edge
                left = edge if edge.idx >= after and edge.pos_ in _OPEN else child
        for child in head.rights:
            if child.dep_ in _PHRASE_RIGHT or (child.dep_ == "conj" and child.i - head.i <= 5):
                if self._after_comma(child) or child.dep_ == "conj" and child.pos_ not in ("NOUN", "PROPN"):
                    break
                end = self._trimmed_end(child)
                if end.i > right.i:
                    right = end
            elif child.dep_ in ("punct", "acl:relcl", "appos", "parataxis", "cop") and child.i > head.i:
                if child.text not in ("-", "“", '"', "”"):
                    break
        return left.idx, right.idx + len(right)

    def _after_comma(self, token: Token) -> bool:
        first = token.left_edge
        return first.text == "," or first.i > 0 and self.doc[first.i - 1].text == ","

    def _trimmed_end(self, token: Token) -> Token:
        """The last token of a subtree, cut where a relative clause, an apposition or a comma begins."""
        last = token.right_edge
        stop = min(last.i, token.i + _LONGEST_CLIMB)
        for i in range(token.left_edge.i, stop + 1):
            if i > token.i and (self.doc[i].text in _BREAKS or self.doc[i].is_space or self.doc[i].pos_ == "AUX"):
                return self.doc[i - 1]
        return self.doc[stop]

    def ancestors(self, token: Token) -> Iterable[Token]:
        """Heads upwards, at most forty."""
        for _ in range(_LONGEST_CLIMB):
            if token.head.i == token.i:
                return
            token = token.head
            yield token

    def child(self, token: Token, labels: tuple[str, ...]) -> Token | None:
        """The first child with such a label."""
        for child in token.children:
            if child.dep_ in labels:
                return child
        return None

    def case(self, token: Token) -> str:
        """The preposition of a phrase, in lower case."""
        case = self.child(token, ("case",))
        return case.lower_ if case is not None else ""


_OPEN = frozenset(("NOUN", "PROPN", "ADJ", "NUM", "SYM", "ADV", "VERB", "X"))
_BREAKS = frozenset(", ; : ( ) — – . which who that whom whose -- “ ”".split())
