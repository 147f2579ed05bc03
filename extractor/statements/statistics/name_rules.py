"""No statistics because they name: "Section 230", "Studio 54", addresses, idioms."""

from extractor.statements.statistics.lexicon import lexicon
from extractor.statements.statistics.quantity import DASHES, Quantity
from extractor.statements.statistics.rules import Rules


class NameRules(Rules):
    """No statistics because they name: "Section 230", "Studio 54", addresses, idioms."""

    def idiom(self, q: Quantity) -> bool:
        atoms = self.atoms
        if q.value == 0 and atoms.word(q.b - 1) == "one":
            return False  # "no one was killed"
        for i in range(max(0, q.a - 4), min(q.a + 2, q.b + 1)):  # an idiom is the whole figure, not the end of a range
            for phrase in self.lex.idioms.get(atoms.word(i), ()):
                if i + len(phrase) > q.a and i < q.b and atoms.match(i, phrase):
                    return True
        if q.unit == "percent" and q.value in (100, 110, 1000, 99.9, 200) and atoms.word(q.b) in self.words["certain"]:
            return True
        return False

    def numbered(self, q: Quantity) -> bool:
        """ "Section 230", "page 2", "amendments 25 and 26", "No. 10"."""
        atoms, named = self.atoms, self.words["named"]
        if q.paired == "share" and "%" not in atoms.low[q.a : q.b]:
            return atoms.word(q.a - 1) in _PARTS
        if q.unit or q.number.scaled or q.number.vague:
            return False
        if not _RANKS.isdisjoint(atoms.low[max(0, q.a - 5) : q.a]) and not self.noun_at(q.b):
            return True
        i = q.a - 1
        steps = 0
        while steps < 8 and (atoms.word(i) in ("and", ",", "to", "or", "–", "-", "(", ")") or atoms.is_digits(i)):
            if atoms.is_digits(i):
                steps += 1
            i -= 1
        plural = i != q.a - 1
        if atoms.word(i) == "." and not plural:
            i -= 1
            if atoms.word(i) not in _ABBREVIATED:
                return False
            if atoms.word(i) == "r" or atoms.word(i) == "s":
                return self.capital(i)
        word = atoms.word(i)
        if plural:
            return word in self.words["named plural"] or (
                word in named and self.capital(i) and atoms.is_digits(i + 1) and not self.noun_at(q.b)
            )
        if word not in named:
            return False
        if word in _CAPITAL_NAMES and not (atoms.word(q.a - 1) == "." or self.capital(i) or word in ("p", "c", "part")):
            return False
        return not self.plural_at(q.b) or self.capital(i)

    def in_name(self, q: Quantity) -> bool:
        """A capital word right before a bare number that counts nothing: "Intermediate School 285", "Apollo 11"."""
        atoms = self.atoms
        if q.unit or q.number.scaled or q.number.vague or q.paired or q.change:
            return False
        if q.number.digits and "," not in atoms.raw[q.number.a] and not self.noun_at(q.b):
            if self.tree.names_noun_before(atoms.start[q.a]):
                return True
        if self.tree.in_entity(atoms.start[q.a], ("PERSON", "ORG", "PRODUCT", "FAC", "LOC", "MISC"), inside=True):
            return True
        i = q.a - 1
        if not q.number.digits:
            if self.capital(q.a) and self.capital(q.b) and not self.sentence_start(q.a) and q.number.value < 13:
                return atoms.is_word(i) and atoms.raw[i].islower()  # "the Four Seasons hotel"
            return (
                atoms.is_word(i)
                and self.capital(i)
                and self.capital(q.a)
                and not self.sentence_start(i)
                and not self.noun_at(q.b)
                and not atoms.broken(q.a)
            )
        if "," in atoms.raw[q.number.a] or atoms.broken(q.a):
            return False
        if not atoms.is_word(i) or not self.capital(i) or atoms.word(i) in self.words["function"]:
            return self._name_goes_on(q)
        if atoms.word(i) in self.words["month"] or atoms.word(i) in self.words["weekday"]:
            return False
        if self.plural_at(q.b) and not self.capital(q.b):
            return False
        if atoms.raw[i].isupper() and 2 <= len(atoms.raw[i]) <= 5 and q.number.value < 200:
            return True  # "the COP 15 summit"
        if self.sentence_start(i):
            return not self.noun_at(q.b) and self.tree.pos_at(atoms.start[i]) in ("PROPN", "NOUN")
        if self.tree.present and self.tree.pos_at(atoms.start[i]) not in ("PROPN", "NOUN", "SYM", "X"):
            return False
        if self.tree.present:
            if self.capital(q.b) and not self.tree.counts_common_noun(atoms.start[q.a]) and not self.plural_at(q.b):
                return True  # "iPhone 12 Pro Max"
            return self.tree.head_is(atoms.start[q.a], atoms.start[i]) or not self.noun_at(q.b)
        return not self.noun_at(q.b) or self.capital(q.b)

    def _name_goes_on(self, q: Quantity) -> bool:
        """ "Big 12", "Hamas-2"; a number before a capital word, both in capitals: "7 Days in Entebbe"."""
        atoms = self.atoms
        if atoms.word(q.a - 1) in DASHES and atoms.glued(q.a) and atoms.glued(q.a - 1):
            return self.capital(q.a - 2) and atoms.is_word(q.a - 2)
        return False

    def address(self, q: Quantity) -> bool:
        atoms = self.atoms
        if q.unit or q.number.scaled or not q.number.digits or "," in atoms.raw[q.number.a]:
            return False
        for k in range(q.b, q.b + 4):
            if not self.capital(k) and not atoms.is_digits(k) and atoms.word(k) not in ("th", "st", "rd", "nd", "."):
                return False
            if k > q.b and atoms.word(k) in self.words["street"] and self.capital(k):
                return True
        return False

    def apposed(self, q: Quantity) -> bool:
        """ "China and the United States, the world's two biggest polluters": counts what was just named."""
        atoms = self.atoms
        if q.unit or q.number.digits or not 2 <= (q.value or 0) <= 4 or q.paired:
            return False
        bare = atoms.word(q.a - 1) == ","
        if not (bare or atoms.word(q.a - 1).endswith("'s") or atoms.word(q.a - 1) in ("its", "the", "their", "our")):
            return False
        if bare and not self.tree.apposed_to_names(atoms.start[q.a]):
            return False
        k = q.a - 1 if bare else q.a - 2
        while k > q.a - 6 and atoms.is_word(k):
            k -= 1
        return atoms.word(k) == "," and self.capital(k - 1) and "and" in atoms.low[max(0, k - 8) : k]


_RANKS = lexicon().words["context ranks"]
_PARTS = lexicon().words["context parts"]
_ABBREVIATED = lexicon().words["context abbreviated"]
_CAPITAL_NAMES = lexicon().words["name capital names"]
