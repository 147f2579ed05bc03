"""The time and place that bound a claim, and the evidence that the text names for it."""

from bisect import bisect_left

from spacy.tokens import Token

from extractor.statements.statistics.atoms import Atoms
from extractor.statements.statistics.lexicon import lexicon
from extractor.statements.statistics.quantity import Quantity
from extractor.statements.statistics.tree import Tree

_TIME_HEADS = lexicon().words["bounds time heads"]
_NEARBY = lexicon().words["bounds nearby"]
_PERIODS = lexicon().words["bounds periods"]
_PLACES = ("LOC", "FAC")
_NO_SOURCE = lexicon().words["bounds no source"]
_FOUND = lexicon().words["bounds found"]


class Bounds:
    """Reads period and place from the claim, evidence from the sentence round it."""

    def __init__(self, atoms: Atoms, tree: Tree) -> None:
        self.atoms = atoms
        self.tree = tree
        self.lex = lexicon()
        self.openers = _NEARBY | _TIME_HEADS | self.lex.words["month"]
        self.places = [e for e in tree.doc.ents if e.label_ in _PLACES] if tree.present else []

    def period(self, q: Quantity, claim: tuple[int, int]) -> str:
        """ "a week", "per year", "since 2010", "in June", "over three years": the one nearest after the figure."""
        atoms = self.atoms
        rate = self._rate(q)
        if rate:
            return rate
        for i in [*range(q.b, min(q.b + 25, len(atoms))), *range(q.a - 1, max(q.a - 25, -1), -1)]:
            word = atoms.low[i]
            if word not in self.openers and not (len(word) == 4 and word[0] in "12"):
                continue
            if atoms.start[i] < claim[0] or atoms.end[i] > claim[1]:
                if i < q.a:
                    break
                continue
            end = self._time_end(i)
            if end:
                start = i
                while start > 0 and atoms.word(start - 1) in ("the", "early", "late", "mid", "between"):
                    start -= 1
                if atoms.word(start - 1) in _TIME_HEADS and atoms.start[start - 1] >= claim[0]:
                    start -= 1
                return atoms.text[atoms.start[start] : atoms.end[end - 1]]
        return ""

    def _rate(self, q: Quantity) -> str:
        atoms, b = self.atoms, q.b
        if atoms.word(b) in self.lex.words["per"] and atoms.word(b + 1) in self.lex.words["period unit"]:
            if self.lex.units.get(atoms.word(b + 1)) or atoms.word(b + 1) in ("annum", "quarter", "term", "session"):
                return atoms.text[atoms.start[b] : atoms.end[b + 1]]
        if atoms.word(b) in ("every", "each") and atoms.word(b + 2) in (
            "months",
            "years",
            "weeks",
            "days",
            "hours",
            "minutes",
        ):
            return atoms.text[atoms.start[b] : atoms.end[b + 2]]
        for k in range(b, b + 5):  # "20 veterans commit suicide each day"
            if atoms.word(k) in ("a", "per", "each", "every") and atoms.word(k + 1) in _PERIODS and not atoms.broken(k):
                return atoms.text[atoms.start[k] : atoms.end[k + 1]]
        if atoms.word(b) in ("annually", "daily", "weekly", "monthly", "yearly"):
            return atoms.raw[b]
        return ""

    def _time_end(self, i: int) -> int:
        """Past the last piece of a time that begins at ``i``, 0 where none does."""
        atoms, months = self.atoms, self.lex.words["month"]
        word = atoms.word(i)
        if atoms.is_digits(i) and len(word) == 4 and 1500 <= int(word if word.isdigit() else 0) <= 2100:
            if atoms.word(i + 1) in ("to", "and", "-", "–") and len(atoms.word(i + 2)) == 4 and atoms.is_digits(i + 2):
                return i + 3
            if atoms.word(i + 1) in ("-", "–", "/") and atoms.is_digits(i + 2) and len(atoms.word(i + 2)) == 2:
                return i + 3
            return i + 1
        if word in months and atoms.raw[i][0].isupper() and (word != "may" or atoms.word(i - 1) in _TIME_HEADS):
            if atoms.word(i - 1) in ("the", "a") and atoms.word(i - 2) not in _TIME_HEADS:
                return 0
            j = i + 1
            if atoms.word(j) == "." and atoms.is_digits(j + 1):
                j += 1
            while (
                atoms.is_digits(j)
                or atoms.word(j) in (",", ".")
                and atoms.is_digits(j + 1)
                and len(atoms.word(j + 1)) == 4
            ):
                j += 1
            return j
        if word in _NEARBY:
            for j in range(i + 1, i + 5):
                unit = atoms.word(j)
                if unit.rstrip("s") in _PERIODS or unit in self.lex.words["weekday"] or unit in months:
                    if atoms.word(j + 1) == "of" and atoms.is_digits(j + 2):
                        return j + 3
                    return j + 1
                if not (atoms.is_word(j) or atoms.is_digits(j)) or unit in self.lex.words["function"]:
                    return 0
        if (
            word in _TIME_HEADS
            and word in ("over", "in", "during", "within", "for")
            and (atoms.is_digits(i + 1) or atoms.word(i + 1) in self.lex.number_words)
        ):
            unit = atoms.word(i + 2)
            if unit.rstrip("s") in _PERIODS and word != "for":
                return i + 3
        return 0

    def place(self, claim: tuple[int, int]) -> str:
        """The first place in the claim that stands in a phrase of place."""
        for entity in self.places[bisect_left(self.places, claim[0], key=lambda e: e.start_char) :]:
            if entity.start_char >= claim[1]:
                break
            head = entity.root
            case = self.tree.case(head)
            if case in ("in", "at", "across", "throughout", "within"):
                first = self.tree.doc[entity.start - 1] if entity.start else None
                article = first is not None and first.lower_ == "the"
                start = first.idx if article and first is not None else entity.start_char
                return self.atoms.text[start : entity.end_char]
        return ""

    def evidence(self, q: Quantity, claim: tuple[int, int]) -> str:
        """The study, poll or body whose finding the claim is said to be."""
        if not self.tree.present:
            return ""
        token = self.tree.token(self.atoms.start[q.a])
        if token is None:
            return ""
        sentence = token.sent
        for t in sentence:
            if t.lower_ == "according" and t.i + 1 < len(self.tree.doc) and self.tree.doc[t.i + 1].lower_ == "to":
                source = t.head if t.dep_ in ("case", "fixed") else self.tree.child(t, ("obl", "nmod"))
                if source is not None and t.i < source.i < t.i + 12 and source.lower_ not in _NO_SOURCE:
                    return self._text(source)
        for head in [token, *self.tree.ancestors(token)]:
            if head.lower_ in self.lex.words["evidence verb"] and head.pos_ == "VERB":
                source = self.tree.child(head, ("nsubj",))
                if source is not None and self._is_evidence(source, head) and not claim[0] <= source.idx < claim[1]:
                    return self._text(source)
        for child in sentence.root.children if sentence.root.lower_ in self.lex.words["evidence verb"] else ():
            if (
                child.dep_ == "nsubj"
                and self._is_evidence(child, sentence.root)
                and not claim[0] <= child.idx < claim[1]
            ):
                return self._text(child)
        return ""

    def _is_evidence(self, source: Token, verb: Token) -> bool:
        if source.lower_ in self.lex.words["evidence"]:
            return True
        return verb.lower_ in _FOUND and self.tree.entity(source) == "ORG"

    def _text(self, token: Token) -> str:
        _, end = self.tree.phrase(token)
        first = token
        for child in token.lefts:
            if child.dep_ not in ("case", "mark", "cc", "punct", "fixed", "advmod"):
                first = child.left_edge
                break
        text = self.atoms.text[min(first.idx, token.idx) : end]
        return text.removeprefix("to ").partition(",")[0]
