"""Numbers that belong together: ranges, shares ("one in five", "7 of the 10"), votes and from–to."""

from collections.abc import Callable
from itertools import pairwise

from extractor.statements.statistics.atoms import Atoms
from extractor.statements.statistics.lexicon import lexicon
from extractor.statements.statistics.quantity import DASHES, Quantity

_WHOLES = ("the", "every", "these", "those", "its", "their", "all", "his", "her", "our", "your", "my", "each")


class PairJoiner:
    """Joins neighbouring quantities, left to right, looking only at the few pieces between two."""

    def __init__(self, atoms: Atoms) -> None:
        self.atoms = atoms
        self.lex = lexicon()

    def join(self, found: list[Quantity]) -> list[Quantity]:
        """The quantities with ranges, shares and baselines made one, in order."""
        for join in (self._share, self._noun_share, self._of_which, self._range):
            found = self._pass(found, join)
        for first, second in reversed(list(pairwise(found))):
            self._lend_unit(first, second)
        return found

    def _lend_unit(self, first: Quantity, second: Quantity) -> None:
        """ "10, 15 and 20 per cent", "20 and 50 years ago": a list with the unit at its end."""
        if not first.bare or second.bare or first.reject or first.paired or first.number.vague or first.value is None:
            return
        if second.kind in ("fraction", "multiple") or second.paired or second.number.a != second.a:
            return
        gap = tuple(self.atoms.low[first.b : second.a])
        if second.kind == "money" and first.number.scaled and gap in _OF_WHICH:
            first.unit, first.kind = second.unit, second.kind  # "280 million of the 1.5 billion shekels"
        if gap not in (
            ("and",),
            (",",),
            ("or",),
            (",", "and"),
            ("-", "and"),
            ("-", ","),
            ("-", "or"),
            ("-", "to"),
        ) or self._yearlike(first):
            return
        if second.kind == "money" and first.number.scale == 1 and second.number.scale > 1 and first.value < 1000:
            first.value *= second.number.scale
        first.unit, first.kind = second.unit, second.kind
        if (
            second.number.value
            and second.value is not None
            and second.number.value != second.value
            and second.kind != "money"
        ):
            first.value = round(first.value * second.value / second.number.value, 9)
        first.tags.add("lent")

    def _pass(self, found: list[Quantity], join: Callable[[Quantity, Quantity, list[str]], bool]) -> list[Quantity]:
        """One pass: each quantity is offered to the last one before it that may still be a statistic."""
        atoms = self.atoms
        out: list[Quantity] = []
        last: Quantity | None = None
        for quantity in found:
            if quantity.reject:
                out.append(quantity)
                continue
            if last is not None and quantity.a - last.b <= _FARTHEST:
                gap = atoms.low[last.b : quantity.a]
                broken = any(atoms.broken(x) for x in range(last.b, quantity.a + 1))
                if not broken and join(last, quantity, gap):
                    continue
            out.append(quantity)
            last = quantity
        return out

    # Shares

    def _share(self, first: Quantity, second: Quantity, gap: list[str]) -> bool:
        atoms = self.atoms
        words = [w for w in gap if w not in DASHES]
        if not (first.kind == "count" and second.kind == "count") or not words or first.paired or second.paired:
            return False
        if first.number.vague or second.number.vague or first.value is None or second.value is None:
            return False
        if words[0] == "out" and words[1:2] == ["of"]:
            rest, form = words[2:], "out of"
        elif words[0] in ("in", "of"):
            rest, form = words[1:], words[0]
        else:
            return False
        if len(rest) > 2 or any(w not in _WHOLES for w in rest) or (gap and gap[0] == ","):
            return False
        if not 0 <= first.value <= second.value or second.value < 2 or first.value == second.value and form == "in":
            return False
        if form == "in" and (rest not in ([], ["every"], ["each"]) or self._yearlike(second) or second.value == 1):
            return False
        if form == "in" and first.value > 99 and second.value > 10 * first.value:
            return False
        if form == "of" and first.value == 1 and rest and rest[0] in ("the", "its", "their", "these", "those", "his"):
            return False
        if form == "of" and first.value == 1 and not first.number.digits and not rest:
            return False
        if form == "of" and self._yearlike(second) and not rest:
            return False
        if form == "of" and not rest and first.number.digits != second.number.digits and first.value > 20:
            return False
        if first.a and atoms.word(first.a - 1) in ("top", "first", "last"):
            return False
        if form == "in" and second.value not in _ROUND and first.value > 20:
            return False
        first.value = 100 * first.value / second.value
        first.unit, first.kind, first.paired, first.b = "percent", "fraction", "share", second.b
        return True

    def _noun_share(self, first: Quantity, second: Quantity, gap: list[str]) -> bool:
        """ "one person in five", "one pupil in every ten"."""
        if first.kind != "count" or second.kind != "count" or first.paired or second.paired or not 2 <= len(gap) <= 4:
            return False
        every = gap[-1] in ("every", "each")
        link, nouns = gap[-2 if every else -1], gap[: -2 if every else -1]
        if link != "in" or not nouns or not all(w.isalpha() and w not in self.lex.words["function"] for w in nouns):
            return False
        if first.value != 1 or second.value is None or second.value not in _ROUND or self._yearlike(second):
            return False
        after = self.atoms.word(second.b)
        if self.atoms.is_word(second.b) and after not in self.lex.words["function"]:
            return False
        first.whole = (first.b, first.b + len(nouns))
        first.value = 100 / second.value
        first.unit, first.kind, first.paired, first.b = "percent", "fraction", "share", second.b
        return True

    def _of_which(self, first: Quantity, second: Quantity, gap: list[str]) -> bool:
        """ "Of the 10 judges who will hear the case, six were appointed": M stands first."""
        atoms = self.atoms
        i = first.a - 1
        if atoms.word(i) in _WHOLES and atoms.word(i) != "all":
            i -= 1
        head = atoms.word(i) == "of" and (i == 0 or atoms.raw[i][0].isupper() or atoms.word(i - 1) in (",", "and", "—"))
        if not head or first.kind != "count" or second.kind != "count" or first.number.vague or second.number.vague:
            return False
        if first.value is None or second.value is None or second.value > first.value or first.value < 2:
            return False
        if atoms.word(second.a - 1) not in (",", "only", "just", "some", "about", "nearly") or self._yearlike(second):
            return False
        comma = [x for x in range(first.b, second.a) if atoms.word(x) == ","]
        if not comma or any(atoms.word(x) in (".", "!", "?", ";") for x in range(first.b, second.a)):
            return False
        first.whole = (first.a, comma[-1])
        value = 100 * second.value / first.value
        first.a, first.b, first.number = second.a, second.b, second.number
        first.value, first.unit, first.kind, first.paired = value, "percent", "fraction", "share"
        return True

    # Ranges

    def _range(self, first: Quantity, second: Quantity, gap: list[str]) -> bool:
        if first.number.vague or second.number.vague or second.paired == "share" and first.paired != "share":
            return False
        if first.paired == "range" or first.value is None or second.value is None:
            return False
        link = self._link(first, second, gap)
        if not link:
            return False
        if not self._same_measure(first, second, link):
            return False
        if link in ("to", "dash") and first.paired != "share" and self._yearlike(first) and self._yearlike(second):
            return False
        low, high = self._ends(first, second)
        if link == "to" and first.unit and high > 5 * low > 0 and self._moved_by(first):
            return False  # "rose 18 sen to RM23.50": by how much, and to what
        if link == "from":
            return self._from_to(first, second, low, high)
        if link in ("up from", "back from"):
            first.baseline = second.value
            if link == "up from":
                first.change = "up" if gap[-2] in self.lex.words["up"] else "down"
            else:
                first.change = "up" if high < low else "down"
            first.tags.add("own baseline")
            return True
        if low >= high:
            if link == "dash" and second.a - first.b == 1 and first.bare and second.bare:
                first.paired = second.paired = "vote"
            elif link == "to":
                first.paired = second.paired = "vote"
            return False
        if link == "dash" and first.bare and second.bare and not self._noun_after(second.b):
            first.paired = second.paired = "vote"
            return False
        if link == "to" and first.bare and second.bare and self._vote_near(first, second):
            first.paired = second.paired = "vote"
            return False
        self._merge(first, second, low, high)
        return True

    def _link(self, first: Quantity, second: Quantity, gap: list[str]) -> str:
        """How two numbers hang together: "to", "dash", "between", "or", "from", "up from", or "" when they don't."""
        atoms = self.atoms
        before = atoms.word(first.a - 1)
        if not gap:
            return ""
        hanging = [w for w in gap if w not in DASHES]
        words = hanging if len(hanging) < len(gap) and hanging and hanging[0] in ("to", "or", "and") else gap
        if self._is_up_from(first, gap):
            return "up from"
        if gap[-1] == "from" and gap[-2:-1] == [","] and not {".", ";", "to"} & set(gap) and self._moved(first, second):
            return "back from" if first.unit and first.unit == second.unit else ""
        if gap[-1] == "from" and len(gap) <= 6 and all(atoms.is_word(x) for x in range(first.b, second.a - 1)):
            if "to" in atoms.low[max(0, first.a - 4) : first.a] and self._moved(first, second):
                return "back from"  # "rose to 6% from 4%"
        lead = words[0]
        rest = tuple(words[1:])
        modified = not rest or rest in self.lex.comparator_of or rest in (("a",), ("as", "much", "as"))
        if before == "from" or self._modified_from(first):
            plain = "to" in gap and len(gap) <= 9 and not any(w in (".", ";", ",") for w in gap)
            if plain and gap[-1 if gap[-1] == "to" else gap.index("to")] == "to" and self._tail_is_modifier(gap):
                return "from"
        if lead == "to" and modified:
            return "to"
        if lead in DASHES and len(gap) == 1:
            return "dash" if lead != "—" else ""
        if lead == "and" and modified and (before == "between" or self._between(first)):
            return "between"
        if lead == "or" and not rest and first.kind != "multiple":
            return "or"
        if lead == "up" and rest[:1] == ("to",) and len(rest) == 1:
            return "to"
        return ""

    def _is_up_from(self, first: Quantity, gap: list[str]) -> bool:
        if len(gap) >= 2 and gap[-1] == "from" and gap[-2] in _DIRECTIONS:
            return not any(w in (".", ";", "and", ":") for w in gap)
        return False

    def _tail_is_modifier(self, gap: list[str]) -> bool:
        at = len(gap) - 1 - gap[::-1].index("to")
        tail = tuple(gap[at + 1 :])
        return not tail or tail in self.lex.comparator_of or tail in (("a",), ("just",), ("only",), ("a", "record"))

    def _modified_from(self, first: Quantity) -> bool:
        atoms = self.atoms
        for k in range(first.a - 1, max(first.a - 6, -1), -1):
            if atoms.word(k) == "from":
                words = tuple(atoms.low[k + 1 : first.a])
                return words in self.lex.comparator_of or words in (("a",), ("a", "record"), ("just",), ("only",))
        return False

    def _between(self, first: Quantity) -> bool:
        atoms = self.atoms
        return any(atoms.word(k) == "between" for k in range(first.a - 1, max(first.a - 5, -1), -1))

    def _same_measure(self, first: Quantity, second: Quantity, link: str) -> bool:
        if first.unit == second.unit and first.kind == second.kind:
            return True
        if first.bare and second.unit:
            return True
        if second.bare and first.kind == "money":
            return True
        if {first.kind, second.kind} == {"fraction", "share"} and first.unit == second.unit:
            return True
        return link in ("up from", "back from") and second.bare

    def _ends(self, first: Quantity, second: Quantity) -> tuple[float, float]:
        """The two values, the first taking scale and unit factor from the second where it has none of its own."""
        low, high = first.value or 0.0, second.value or 0.0
        if second.number.scaled and not first.number.scaled and second.number.scale > 1 and abs(low) < 1000:
            repeated = first.kind == "money" and second.kind == "money" and low > second.number.own
            if not repeated and not (
                first.kind == "money" and second.kind == "money" and low >= 100 > second.number.own
            ):
                low *= second.number.scale
        if first.bare and second.number.value and second.value is not None and "minor" in second.tags:
            low *= second.value / second.number.value
        return low, high

    def _from_to(self, first: Quantity, second: Quantity, low: float, high: float) -> bool:
        """ "from 12% to 9%": one row for the end, with the start as baseline; a range where nothing moved."""
        if self._yearlike(first) and self._yearlike(second):
            return False
        moved = self._moved(first, second)
        if not moved and low < high:
            self._merge(first, second, low, high)
            return True
        first.baseline = low
        first.change = "up" if high > low else "down"
        first.tags.add("own baseline")
        first.a, first.b, first.number = second.a, second.b, second.number
        first.value, first.unit, first.kind = (
            high,
            second.unit or first.unit,
            second.kind if second.unit else first.kind,
        )
        return True

    def _moved(self, first: Quantity, second: Quantity) -> bool:
        atoms, words = self.atoms, self.lex.words
        stop = (".", ";", ":", "!", "?")
        for k in range(first.a - 1, max(first.a - 14, -1), -1):
            word = atoms.word(k)
            if word in stop:
                return False
            if word in words["up"] or word in words["down"] or word in words["move"]:
                return True
            if word in ("range", "ranged", "ranging", "ranges", "vary", "varies", "varied", "anything", "anywhere"):
                return False
        return False

    def _moved_by(self, first: Quantity) -> bool:
        before = self.atoms.word(first.a - 1)
        return before == "by" or before in self.lex.words["up"] or before in self.lex.words["down"] or before == "added"

    def _merge(self, first: Quantity, second: Quantity, low: float, high: float) -> None:
        first.low, first.high, first.value = low, high, None
        first.b, first.paired = second.b, "range"
        if second.unit:
            first.unit, first.kind = second.unit, second.kind
        first.tags |= second.tags
        first.number.scaled |= second.number.scaled

    def _noun_after(self, i: int) -> bool:
        atoms = self.atoms
        if atoms.word(i) in DASHES and atoms.glued(i):
            return True
        return (
            atoms.is_word(i)
            and not atoms.broken(i)
            and atoms.word(i) not in self.lex.words["function"]
            and not (self.lex.words["vote"] | self.lex.words["sport"]) & {atoms.word(i)}
        )

    def _vote_near(self, first: Quantity, second: Quantity) -> bool:
        atoms, votes = self.atoms, self.lex.words["vote"]
        if atoms.word(first.a - 1) in ("ages", "aged", "age"):
            return False
        return any(w in votes for w in atoms.low[max(0, first.a - 6) : first.a] + atoms.low[second.b : second.b + 3])

    @staticmethod
    def _yearlike(quantity: Quantity) -> bool:
        number = quantity.number
        return (
            number.digits
            and quantity.bare
            and not number.scaled
            and 1500 <= number.value <= 2100
            and number.value == int(number.value)
        )


_OF_WHICH = (("of", "the"), ("of", "its"), ("of", "their"), ("out", "of", "the"), ("of",), ("out", "of"))
_FARTHEST = 24
_ROUND = frozenset(
    (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 40, 50, 60, 100, 200, 250, 300, 400, 500, 1000, 1e4, 1e5, 1e6)
)
_DIRECTIONS = lexicon().words["pairs directions"]
