"""Number words that count nothing: the pronoun "one", "the two", "a double standard", "half empty"."""

from extractor.statements.statistics.lexicon import lexicon
from extractor.statements.statistics.quantity import DASHES, Quantity
from extractor.statements.statistics.rules import Rules


class WordRules(Rules):
    """Number words that count nothing: the pronoun "one", "the two", "a double standard", "half empty"."""

    def one(self, q: Quantity) -> bool:
        """ "one" alone: a pronoun, a determiner, "one of the"; it counts only in measures, shares and scales."""
        atoms = self.atoms
        if q.number.b - q.number.a != 1 or atoms.word(q.number.a) != "one" or q.paired in ("share", "vote"):
            return False
        if q.paired == "range":
            return not q.unit and q.low == 1 and q.high == 2 and "or" in atoms.low[q.a : q.b]
        if q.kind == "duration":
            before = atoms.word(q.a - 1)
            if q.unit in ("day", "night", "second", "minute") or atoms.word(q.a + 1) in ("another", "more"):
                return not (q.unit == "minute" or "hyphen" in q.tags) or before == "for"
            return False
        if q.unit == "point":
            return True
        return not q.unit

    def descriptor(self, q: Quantity) -> bool:
        atoms = self.atoms
        hyphen = atoms.word(q.b) in DASHES and atoms.glued(q.b)
        if not hyphen and atoms.word(q.b - 1) in DASHES:
            return False
        if hyphen and q.bare and (q.value or 0) < 30:
            word = atoms.word(q.b + 1)
            if word in self.words["descriptor"]:
                return True
            if atoms.word(q.number.a) in ("one", "1", "zero") or (word == "point" and not q.number.scaled):
                return True
        if hyphen and q.bare and atoms.glued(q.b + 1) and self.capital(q.b + 1) and not q.number.scaled:
            return q.number.digits
        if "hyphen" in q.tags and q.unit == "point":
            return atoms.word(q.b) in _POINTED
        return (
            q.unit == "" and (q.value or 0) < 13 and atoms.word(q.b) in ("way", "party", "sided", "fold") and not hyphen
        )

    def contrast(self, q: Quantity) -> bool:
        """ "not 5 but 10 per cent", "10 judges rather than 11": the number that it is not."""
        atoms = self.atoms
        if atoms.word(q.a - 1) == "than" and atoms.word(q.a - 2) == "rather":
            return True
        return atoms.word(q.a - 1) == "not" and "but" in atoms.low[q.b : q.b + 5] and atoms.word(q.b) != "only"

    def multiple(self, q: Quantity) -> bool:
        """ "double", "twice": a multiple only where something is multiplied."""
        if q.kind != "multiple":
            return False
        atoms = self.atoms
        word, after, before = atoms.word(q.a), atoms.word(q.b), atoms.word(q.a - 1)
        if "base" in q.tags:
            if after in DASHES and atoms.glued(q.b):
                return True
            if before in ("a", "the") and after not in ("the", "its", "that", "what", "their"):
                return True
            if word in ("double", "triple", "treble", "quadruple"):
                verb = before in _BEFORE_MULTIPLE
                compared = after in _AFTER_MULTIPLE
                return not (compared or verb or before in ("than", "about", "roughly", "over", "is", "are"))
            return False
        if "adverb" in q.tags:
            if after in _MULTIPLIED_THINGS:
                return after in ("a", "an")
            return True
        if word.endswith("fold") and before in ("is", "are", "was", "were"):
            return True  # "the reasons are threefold"
        return after in DASHES and atoms.glued(q.b)

    def half(self, q: Quantity) -> bool:
        atoms = self.atoms
        if q.number.b - q.number.a != 1 or atoms.word(q.number.a) not in ("half", "halves") or q.kind != "fraction":
            return False
        after, before = atoms.word(q.b), atoms.word(q.a - 1)
        if after in DASHES and atoms.glued(q.b) or before in DASHES and atoms.glued(q.a):
            return True
        if after in ("empty", "full", "asleep", "dead", "awake", "hearted", "mad", "naked"):
            return True
        if self._half_done(q):
            return True
        if (
            after == "of"
            and atoms.is_word(q.a - 1)
            and "the" in atoms.low[max(0, q.a - 3) : q.a - 1]
            and not (before in self.words["function"] or before.endswith("ly") or before == "roughly")
        ):
            return before not in ("top", "bottom", "poorer", "richer", "poorest", "richest")  # "the Republican half of"
        if after in _HALF_OF_WHAT:
            return before in _WHICH_HALF
        if before in _BEFORE_HALF:
            return (
                after in ("empty", "full", "a", "an") or before == "only" and self.noun_at(q.b) is False and after == ""
            )
        if before == "and" and atoms.word(q.a - 2) in ("half", "%"):
            return False
        if before in ("or", "and") and (atoms.word(q.a - 2) in self.lex.number_words or atoms.is_digits(q.a - 2)):
            return True
        if self.tree.present:
            return not self.tree.is_argument(atoms.start[q.a])
        return after not in ("say", "said", "were", "are", "have", "had")

    def _half_done(self, q: Quantity) -> bool:
        """ "half finished": it says how far, of nothing that is counted."""
        if not self.tree.present or q.b >= len(self.atoms.start):
            return False
        half, after = self.tree.token(self.atoms.start[q.a]), self.tree.token(self.atoms.start[q.b])
        if half is None or after is None:
            return False
        return half.head == after and after.tag_ in ("VBN", "JJ") and not half.dep_.startswith("nsubj")

    def pointing_back(self, q: Quantity) -> bool:
        """ "the two", "these three things": a number that only takes up what was counted before."""
        atoms = self.atoms
        if q.number.vague and not q.unit and atoms.word(q.a - 1) == "the" and atoms.word(q.a - 2) == "by":
            return True
        if q.value == 0 and not q.number.digits and not q.unit:
            return atoms.word(q.a - 1) in _NEAR_ZERO
        if q.unit or q.number.digits or q.paired or q.number.vague or not q.value or q.value > 12:
            return False
        if q.number.scaled:
            return False
        before = atoms.word(q.a - 1)
        if atoms.word(q.number.a) == "a":
            return False
        noun = self.noun_at(q.b)
        if before in ("these", "those", "both", "'em", "other", "last", "first", "next", "latter", "same", "said"):
            return before not in ("first", "next", "last", "other") or not noun or before in ("other", "first")
        if before in ("all", "his", "her", "its", "their", "our", "my", "your") or before.endswith("'s"):
            return not noun
        if before == "the":
            if not noun:
                return True
            return not self._informative(q)
        if before in ("and", "or") and not noun and not self._elliptic(q):
            return True
        if noun and atoms.word(q.b) in self.words["vague head"] and atoms.word(q.b + 1) in (":", "—", ".", "?", "here"):
            return True
        if not noun and not self._elliptic(q):
            return True
        return False

    def _informative(self, q: Quantity) -> bool:
        """Whether a definite count says something new: a superlative, a possessor, a defining clause."""
        atoms = self.atoms
        for k in range(q.b, min(q.b + 4, len(atoms))):
            word = atoms.word(k)
            if word in ("most", "least", "main", "biggest", "largest", "remaining", "other", "new") or (
                word.endswith("est")
                and len(word) > 4
                and word not in ("interest", "west", "protest", "request", "guest")
            ):
                return word != "other"
            if word in self.words["function"]:
                break
        return (q.value or 0) > 9

    def _elliptic(self, q: Quantity) -> bool:
        """Whether a bare number word stands for counted things ("six were appointed", "a father of seven")."""
        atoms = self.atoms
        if atoms.word(q.a - 1) == "of" and atoms.word(q.a - 2) in self.words["counts people"]:
            return True
        if atoms.word(q.b) == "of" and atoms.word(q.b + 1) in _PARTITIVES:
            return True
        if self.tree.present:
            return self.tree.is_argument(atoms.start[q.a], ("nsubj", "nsubj:pass"))
        return atoms.word(q.b) in ("were", "are", "have", "had", "died")

    def points(self, q: Quantity) -> bool:
        if q.unit != "point" or q.value is None or q.value > 10 or q.number.digits:
            return False
        return _POLLING.isdisjoint(self.atoms.low[max(0, q.a - 40) : q.b + 40])


_NEAR_ZERO = lexicon().words["context near zero"]
_POINTED = lexicon().words["context pointed"]
_POLLING = lexicon().words["context polling"]
_MULTIPLIED_THINGS = lexicon().words["context multiplied things"]
_BEFORE_MULTIPLE = lexicon().words["context before multiple"]
_AFTER_MULTIPLE = lexicon().words["context after multiple"]
_HALF_OF_WHAT = lexicon().words["context half of what"]
_BEFORE_HALF = lexicon().words["context before half"]
_WHICH_HALF = lexicon().words["context which half"]
_PARTITIVES = lexicon().words["context partitives"]
