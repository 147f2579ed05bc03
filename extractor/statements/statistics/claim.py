"""The clause that carries a figure whole, and the time, place and evidence that bound it."""

from spacy.tokens import Token

from extractor.statements.statistics.atoms import Atoms
from extractor.statements.statistics.lexicon import lexicon
from extractor.statements.statistics.quantity import Quantity
from extractor.statements.statistics.tree import Tree

_CLAUSES = ("ROOT", "ccomp", "advcl", "acl:relcl", "parataxis", "csubj", "advcl:relcl", "conj", "acl", "xcomp", "appos")
_DROPPED = (
    "cc",
    "mark",
    "discourse",
    "vocative",
    "parataxis",
    "punct",
    "dislocated",
    "advcl",
    "advmod",
    "appos",
    "reparandum",
)
_SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "expl")
_KEPT_CASES = lexicon().words["claim kept cases"]
_NOMINAL = ("NOUN", "PROPN", "NUM", "ADJ", "SYM")
_OPENERS = lexicon().words["claim openers"]
_ASIDES = lexicon().words["claim asides"]
_STOPS = frozenset(".;!?")


class Claims:
    """Finds the claim of a quantity over the tree, or by punctuation where there is none."""

    def __init__(self, atoms: Atoms, tree: Tree) -> None:
        self.atoms = atoms
        self.tree = tree
        self.lex = lexicon()

    def span(self, q: Quantity) -> tuple[int, int]:
        """Characters of the shortest clause that holds the figure and its modifier."""
        start, end = self.atoms.span(q.a, q.b)
        first = self.atoms.start[min(q.lead + 1, q.a)] if q.lead >= 0 else start
        a, b = self._by_tree(first, start, end) if self.tree.present else self._by_signs(q)
        return min(a, first), max(b, end)

    # With a tree

    def _by_tree(self, first: int, start: int, end: int) -> tuple[int, int]:
        token = self.tree.root(start, end)
        if token is None:
            return first, end
        clause = self._clause(token)
        left, right = clause.left_edge.i, clause.right_edge.i
        doc = self.tree.doc
        keep_from, keep_to = first, end
        for child in clause.lefts:
            if child.left_edge.idx <= keep_from and keep_to <= child.right_edge.idx + len(child.right_edge):
                break
            if not self._dropped_left(child, clause):
                break
            left = child.right_edge.i + 1
        left = self._without_opening(left, self._first_kept(keep_from))
        for child in reversed(list(clause.rights)):
            if child.left_edge.idx < keep_to or not self._dropped_right(child, clause):
                break
            right = child.left_edge.i - 1
        right = self._cut_at_comma(clause, keep_to, right)
        while right > left and (doc[right].is_punct and doc[right].text not in (")", "%", "”") or doc[right].is_space):
            right -= 1
        return doc[left].idx, doc[right].idx + len(doc[right])

    def _first_kept(self, offset: int) -> int:
        token = self.tree.token(offset)
        return token.i if token is not None else 0

    def _without_opening(self, left: int, stop: int) -> int:
        """Past "Yet," and "despite …," at the head of a clause, and past signs."""
        doc = self.tree.doc
        while left < stop:
            token = doc[left]
            if token.is_punct or token.is_space or token.lower_ in _OPENERS:
                left += 1
            elif token.lower_ in _ASIDES:
                comma = next((i for i in range(left, min(stop, left + 40)) if doc[i].text in (",", "—")), None)
                if comma is None:
                    break
                left = comma + 1
            else:
                break
        return left

    def _cut_at_comma(self, clause: Token, keep_to: int, right: int) -> int:
        """Where a comma or dash after the figure begins an aside; a list goes on, and so does a clause without verb."""
        doc = self.tree.doc
        for i in range(self._first_kept(keep_to - 1) + 1, right):
            if doc[i].text not in (",", "—", "–", "--", ";") or i <= clause.i:
                continue
            after = doc[i + 1]
            listed = after.pos_ == "CCONJ" and right > i + 1 and doc[i + 2].pos_ in _NOMINAL or self._listed(after, i)
            if not listed:
                return i - 1
        return right

    @staticmethod
    def _listed(token: Token, comma: int) -> bool:
        """Whether the phrase after a comma is one more of a list."""
        for _ in range(5):
            if any(c.dep_ in _SUBJECTS for c in token.lefts):
                return False  # a clause of its own
            if token.dep_ == "conj" and token.head.i < comma:
                others = [c for c in token.head.rights if c.dep_ == "conj"]
                return token.pos_ in _NOMINAL and any(m.dep_ == "cc" for c in others for m in c.lefts)
            if token.head.i == token.i or token.head.i < comma:
                return False
            token = token.head
        return False

    def _clause(self, token: Token) -> Token:
        """The nearest head upwards that makes a clause of its own: with a subject, or the root."""
        here = token
        while here.head.i != here.i:
            if self._is_clause(here):
                return here
            here = here.head
        return here

    def _is_clause(self, token: Token) -> bool:
        if token.dep_ not in _CLAUSES:
            return False
        if any(c.lower_ == "to" for c in token.lefts) and any(c.dep_ == "expl" for c in token.head.lefts):
            return False  # "there were to be 2,000 homes"
        return any(c.dep_ in _SUBJECTS for c in token.children) and token.dep_ != "xcomp"

    def _dropped_left(self, child: Token, clause: Token) -> bool:
        if child.dep_ in ("cc", "mark", "punct", "discourse", "vocative", "parataxis"):
            return True
        set_off = child.right_edge.i + 1 < len(self.tree.doc) and self.tree.doc[child.right_edge.i + 1].text in (
            ",",
            "—",
            "–",
        )
        if child.dep_ == "advmod":
            return (
                set_off
                or child.lower_ in ("yet", "however", "but", "so", "still", "nationally")
                and child.i == clause.left_edge.i
            )
        if child.dep_ in ("advcl",):
            return set_off
        if child.dep_ == "obl":
            return set_off and self.tree.case(child) not in _KEPT_CASES
        return False

    def _dropped_right(self, child: Token, clause: Token) -> bool:
        if child.dep_ in ("punct", "parataxis", "discourse", "vocative"):
            return True
        comma = child.left_edge.i > 0 and self.tree.doc[child.left_edge.i - 1].text in (",", "—", "–", ";", ":", "--")
        own = any(
            c.dep_ == "punct" and c.i < child.i and c.text in (",", "—", "–", ";", ":", "--") for c in child.lefts
        )
        if child.dep_ == "conj":
            return comma or own or child.pos_ in ("VERB", "AUX")
        return (comma or own) and child.dep_ in (
            "appos",
            "advcl",
            "acl",
            "acl:relcl",
            "ccomp",
            "obl",
            "advmod",
            "xcomp",
            "nmod",
        )

    # Without a tree

    def _by_signs(self, q: Quantity) -> tuple[int, int]:
        """From the last clause mark to the next."""
        atoms = self.atoms
        a, b = q.a, q.b
        while a > 0 and q.a - a < 60 and not atoms.broken(a):
            before = atoms.word(a - 1)
            if (
                before in _STOPS
                or before in ("“", "”", '"', ":")
                or before == "that"
                and a > 1
                and (atoms.word(a - 2) in self.lex.words["evidence verb"])
            ):
                break
            a -= 1
        while b < len(atoms) and b - q.b < 60 and not atoms.broken(b) and atoms.word(b) not in _STOPS:
            if atoms.word(b) in ("”", "“", '"', ":"):
                break
            b += 1
        return atoms.span(a, b)
