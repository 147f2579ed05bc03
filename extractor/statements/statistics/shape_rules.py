"""No statistics by their shape: codes, phone numbers, tables, list numbers, ordinals, scores."""

from extractor.statements.statistics.lexicon import lexicon
from extractor.statements.statistics.quantity import DASHES, Quantity
from extractor.statements.statistics.rules import Rules

_BETWEEN = frozenset("-.()|–,;/")
_JOINTS = _BETWEEN | {"and", "to", "or"}


class ShapeRules(Rules):
    """No statistics by their shape: codes, phone numbers, tables, list numbers, ordinals, scores."""

    def glued_name(self, q: Quantity) -> bool:
        atoms, a, b = self.atoms, q.a, q.b
        if atoms.glued(a):
            before = atoms.low[a - 1]
            if before == "~" and not atoms.glued(a - 1):
                return False
            if before[0].isalnum() or before in _URL_SIGNS:
                return True
            if before == ":" and atoms.is_digits(a - 2):
                return True
            if before in DASHES and atoms.glued(a - 1) and before not in ("—", "–", "―"):
                prior = atoms.raw[a - 2] if a > 1 else ""
                if prior[:1].isalpha() and not self._compound_prefix(a - 2):
                    return True
                if prior[:1].isdigit() and not q.paired:
                    return True
            if before == "." and a > 1 and atoms.glued(a - 1) and (atoms.is_word(a - 2) or atoms.is_digits(a - 2)):
                return True
            if before == "." and q.number.digits and (a < 2 or not atoms.glued(a - 1)):
                return True
            if (
                before in "'’"
                and q.number.digits
                and atoms.text[atoms.start[a - 1] - 1 : atoms.start[a - 1]] in (" ", "")
            ):
                return len(atoms.raw[a]) == 2
        if a > 1 and atoms.low[a - 1] in DASHES and atoms.low[a - 2] in _VIRUSES:
            return True  # "Covid - 19"
        if atoms.word(a - 1) == ":" and q.bare and atoms.is_word(a - 2) and atoms.raw[a - 2].isupper():
            if len(atoms.raw[a]) >= 6 and atoms.raw[a].isdigit():
                return True  # "IMO: 9620944"
        if b < len(atoms) and atoms.glued(b):
            after = atoms.raw[b]
            if after in _URL_SIGNS and after != "+" and after != "*":
                return not (after == "/" and atoms.is_word(b + 1)) and after != "&"
            if after[0].isalnum() and not (after[0].isdigit() and not atoms.is_digits(b - 1)):
                return True
            if after[0].isalpha() or after in _SUPERSCRIPT:
                return after not in _SUPERSCRIPT
            if after in DASHES and atoms.is_digits(b + 1) and atoms.glued(b + 1) and not q.paired and q.bare:
                return True
            if after == ":" and atoms.glued(b + 1) and atoms.is_digits(b + 1):
                return True
            if after == "(" and atoms.glued(b + 1) and len(atoms.raw[b + 1]) <= 2 and q.bare:
                return True  # "401(k)", "Section 8(b)"
            if atoms.word(b) == "'" and atoms.word(b + 1) == "s":
                return q.number.digits
            if after == "-" and atoms.glued(b + 1) and q.bare and not q.paired and atoms.is_word(b + 1):
                return len(atoms.raw[b + 1]) == 1 and q.number.digits
        return False

    def _compound_prefix(self, i: int) -> bool:
        """A word that may be joined to a figure by a hyphen without making a name of it ("mid-", "sub-$50")."""
        word = self.atoms.word(i)
        return word in _PREFIXES or word in self.lex.number_words

    def digit_chain(self, q: Quantity) -> bool:
        """Three digit groups in a row with nothing between them, or a leading zero: a phone number, a table."""
        atoms = self.atoms
        if not q.number.digits:
            return self._spoken_chain(q)
        raw = atoms.raw[q.number.a]
        if len(raw) > 1 and raw[0] == "0" and raw[1] != ".":
            return True
        if q.unit or q.number.scaled:
            return False
        if len(raw) > 9 and raw.isdigit():
            return True
        if q.a > 1 and atoms.word(q.a - 1) in DASHES and self.bare_year(q.a - 2) and len(raw) == 2:
            return True  # "1871-72"
        left = self._run(q.a - 1, -1)
        right = self._run(q.b, 1)
        if self._run(q.a - 1, -1, _JOINTS) + self._run(q.b, 1, _JOINTS) >= 4:
            return True
        return left + right >= 2 or (q.a > 0 and atoms.word(q.a - 1) == "+" and atoms.glued(q.a))

    def _spoken_chain(self, q: Quantity) -> bool:
        """ "twenty-one two three four": numbers said one after another; "at six thirty"."""
        if q.unit or q.number.scaled or q.number.vague:
            return False
        atoms, lex = self.atoms, self.lex
        return any(
            atoms.word(k) in lex.units_words or atoms.word(k) in lex.teens or atoms.word(k) in lex.tens
            for k in (q.a - 1, q.b)
        )

    def _run(self, i: int, step: int, between: frozenset[str] = _BETWEEN) -> int:
        """How many bare digit groups stand right beside, at most four, with at most one sign or joint between."""
        atoms, n = self.atoms, 0
        while n < 4:
            if atoms.word(i) in between and atoms.is_digits(i + step):
                i += step
            elif not atoms.is_digits(i):
                break
            n += 1
            i += step
        return n

    def list_number(self, q: Quantity) -> bool:
        atoms, a, b = self.atoms, q.a, q.b
        if q.unit or q.number.vague or q.paired:
            return False
        before, after = atoms.word(a - 1), atoms.word(b)
        if before in ("(", "[") and after in (")", "]") and atoms.glued(a) and atoms.glued(b):
            return q.number.value < 3000
        if after == ")" and atoms.glued(b) and q.number.value < 30 and "(" not in atoms.low[max(0, a - 25) : a]:
            return True
        if before in ("[", "#", "№") or (before == "#" and after == "]"):
            return True
        if atoms.line_start(a) and after in (".", ")", ":") and q.number.value < 1000:
            return atoms.glued(b) and not atoms.broken(b + 1)
        if q.number.digits and q.number.value < 300 and before in (".", "”", '"', ",", ")") and not atoms.glued(a):
            if self.capital(b) and (after in self.words["function"] or self.tree.pos_at(atoms.start[b]) in _OPENERS):
                return True  # a footnote's number
        if atoms.line_start(a) and "." in atoms.raw[a] and self.capital(b):
            return True  # a heading's number
        if not q.number.digits and 1 <= q.number.value <= 10 and after in (",", ":") and self._enumerator(q):
            return True
        return False

    def _enumerator(self, q: Quantity) -> bool:
        """ "one, his temperament, and two, his language"; "Number two: ..."."""
        before = self.atoms.word(q.a - 1)
        return before in (",", "and", "is", "are", ".", ";", ":", "", "”", "“", '"') or before == "number"

    def ordinal(self, q: Quantity) -> bool:
        atoms = self.atoms
        if q.number.digits:
            return atoms.glued(q.b) and atoms.word(q.b) in ("st", "nd", "rd", "th", "s")
        ordinal = atoms.word(q.b + 1)
        return atoms.word(q.b) == "-" and atoms.glued(q.b) and (ordinal in _ORDINALS or ordinal in self.lex.parts)

    def score(self, q: Quantity) -> bool:
        if q.bare and self.atoms.word(q.b) in _SPORT_UNITS:
            return True
        if q.paired != "vote":
            return False
        atoms = self.atoms
        near = atoms.low[max(0, q.a - 14) : q.b + 8]
        votes = sum(w in self.words["vote"] for w in near)
        sports = sum(w in self.words["sport"] for w in near)
        glued = atoms.word(q.b) in DASHES or atoms.word(q.a - 1) in DASHES
        if sports and sports >= votes:
            return True
        if glued and q.bare and q.number.value <= 12 and self.words["strong vote"].isdisjoint(near):
            return True
        return bool(glued and not votes and q.bare)

    def hypothetical(self, q: Quantity) -> bool:
        if q.paired != "vote" or not q.bare:
            return False
        atoms = self.atoms
        first = q.a if atoms.is_digits(q.b + 1) else q.a - 2
        if atoms.word(first - 1) not in ("a", "an", "any"):
            return False
        for k in range(q.b, min(q.b + 14, len(atoms))):
            if atoms.word(k) in _ENDS:
                return False
            if atoms.word(k) in ("would", "could", "might", "will"):
                return True
        return False


_URL_SIGNS = frozenset("/@#_=&~\\+*^")
_ENDS = frozenset(".;:!?")
_ORDINALS = lexicon().words["context ordinals"]
_SPORT_UNITS = lexicon().words["context sport units"]
_VIRUSES = lexicon().words["context viruses"]
_OPENERS = frozenset(("PRON", "DET", "SCONJ", "AUX", "VERB", "ADP"))
_SUPERSCRIPT = frozenset("²³")
_PREFIXES = lexicon().words["context prefixes"]
