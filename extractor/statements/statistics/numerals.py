"""Numbers as English writes them: digit groups, number words, fractions, vague plurals, scaled out."""

import re
from dataclasses import dataclass

from extractor.statements.statistics.atoms import Atoms
from extractor.statements.statistics.lexicon import Lexicon, lexicon

_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})*,\d{3}(?:\.\d+)?")
_POINTED = re.compile(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?")
_POINTED_ONCE = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d{1,2}")
_CONTINENTAL = re.compile(r"(?<![\d.,])\d{1,3}(?:(?:\.\d{3}){2,3}(?![\d.,])|\.\d{3},\d{1,2}(?!\d))")
_COMMA_DECIMALS = re.compile(r"\d{1,3},\d{1,2}")
_SLASHED = {(n, d) for d in (2, 3, 4, 5, 8, 10, 16) for n in range(1, d)}
_LONGEST = 40
_LARGEST_SCALE = 1e18
_THIN_SPACES = "\u00a0\u202f\u2009"
MAX_PLAIN_DIGITS = 12


@dataclass(slots=True)
class Number:
    """A number in the text.

    a, b: the pieces ``a`` to ``b - 1``.
    value: scaled out; for a vague plural, the lower bound.
    vague: "dozens", "hundreds of thousands", "a few hundred".
    fraction: a share of one ("two-thirds", "half"), value still between 0 and 1.
    scaled: carries a scale word ("million", "bn").
    digits: written in digits, at least at its head.
    own: the number before its scale word, for ranges that share one ("5 to 10 million").
    scale: the worth of the scale word, 1 without one.
    """

    a: int
    b: int
    value: float
    vague: bool = False
    fraction: bool = False
    scaled: bool = False
    digits: bool = False
    own: float = 0.0
    scale: float = 1.0


def is_continental(text: str) -> bool:
    """Whether the text writes points between thousands ("1.500.000", "1.234,50")."""
    return _CONTINENTAL.search(text) is not None


def read_digits(digits: str, continental: bool = False) -> float | None:
    """The worth of a digit group, or ``None`` where it is no number ("1,2,3", "192.168.1.2", an identifier)."""
    if len(digits) > _LONGEST:
        return None
    if continental and _POINTED_ONCE.fullmatch(digits):
        return float(digits.replace(".", "").replace(",", "."))
    if _ENGLISH.fullmatch(digits) or _INDIAN.fullmatch(digits):
        if "," not in digits and len(digits.partition(".")[0]) > MAX_PLAIN_DIGITS:
            return None
        return float(digits.replace(",", ""))
    if _POINTED.fullmatch(digits):
        return float(digits.replace(".", "").replace(",", "."))
    return None


class NumberReader:
    """Reads the number that begins at a piece. Every step moves right, so reading a text is linear."""

    def __init__(self, atoms: Atoms) -> None:
        self.atoms = atoms
        self.lex: Lexicon = lexicon()
        self.continental = is_continental(atoms.text)

    def read(self, i: int) -> Number | None:
        """The number whose first piece is ``i``, or ``None``."""
        word = self.atoms.word(i)
        if word[:1].isdigit():
            return self._digits(i)
        if word in self.lex.vague:
            return self._vague(i)
        if word == "couple":
            return self._couple(i)
        if word == "half":
            return self._half(i)
        if word in self.lex.parts:
            return self._article_part(i)
        if word in self.lex.glyphs:
            return Number(i, i + 1, self.lex.glyphs[word], fraction=True)
        if word == "one" and self.atoms.word(i - 1) in ("not", "no"):
            return self._none(i)
        return self._words(i)

    def _none(self, i: int) -> Number | None:
        """ "Not one minister has resigned", "no one was killed": none, where it counts."""
        atoms = self.atoms
        before, after = atoms.word(i - 1), atoms.word(i + 1)
        if before == "no":
            died = self.lex.words["no one died"]
            near = atoms.low[i + 1 : i + 4]
            counted = bool(near) and (near[0] in died or near[0] in _WAS and not died.isdisjoint(near[1:]))
        else:
            counted = after == "of" and atoms.word(i + 2) != "them" or self._plain_word(i + 1)
        return Number(i - 1, i + 1, 0.0) if counted else None

    def _plain_word(self, i: int) -> bool:
        """Whether a word of content begins, no day or time ("not one day")."""
        word = self.atoms.word(i)
        return word.isalpha() and word not in self.lex.words["function"] and word not in ("day", "time", "bit", "word")

    # Digits

    def _digits(self, i: int) -> Number | None:
        atoms = self.atoms
        value = read_digits(atoms.raw[i], self.continental or self._decimal_comma(i))
        if value is None:
            return None
        j = i + 1
        grouped = self._spaced_groups(i)
        if grouped is not None:
            value, j = grouped
        elif atoms.word(j) in ("/", "⁄") and atoms.glued(j) and atoms.glued(j + 1) and atoms.is_digits(j + 1):
            below = read_digits(atoms.raw[j + 1])
            if below is None or (value, below) not in _SLASHED or atoms.word(j + 2) == "/":
                return None
            number = Number(i, j + 2, value / below, fraction=True, digits=True)
            return self._share_scale(number)
        elif atoms.is_digits(j) and atoms.word(j + 1) in ("/", "⁄") and not atoms.glued(j) and atoms.is_digits(j + 2):
            below = read_digits(atoms.raw[j + 2])
            top = read_digits(atoms.raw[j])
            if below and top is not None and (top, below) in _SLASHED:
                value, j = value + top / below, j + 3
        number = Number(i, j, value, digits=True, own=value)
        self._and_part(number)
        return self._scale(number)

    def _decimal_comma(self, i: int) -> bool:
        """ "21,6%", "92,2 million": what follows shows that the comma is a point."""
        after = self.atoms.word(i + 1)
        return _COMMA_DECIMALS.fullmatch(self.atoms.raw[i]) is not None and (
            after in ("%", "percent", "per", "pc") or after in self.lex.scales
        )

    def _spaced_groups(self, i: int) -> tuple[float, int] | None:
        """ "816 000": groups of three after a space, the first of one to three figures and not zero."""
        atoms = self.atoms
        first = atoms.raw[i]
        if len(first) > 3 or not first.isdigit() or first[0] == "0" or (i and atoms.is_digits(i - 1)):
            return None
        j = i + 1
        while atoms.is_digits(j) and len(atoms.raw[j]) == 3 and atoms.raw[j].isdigit():
            gap = atoms.text[atoms.end[j - 1] : atoms.start[j]]
            if gap != " " and not (len(gap) == 1 and gap in _THIN_SPACES):
                break
            j += 1
        if j == i + 1 or j - i > 5 or atoms.is_digits(j) and not atoms.broken(j):
            return None
        if atoms.word(i - 1) in self.lex.words["month"] or atoms.word(j) in ("-", "/") and atoms.glued(j):
            return None
        return float("".join(atoms.raw[i:j])), j

    # Words

    def _words(self, i: int) -> Number | None:
        lex, atoms = self.lex, self.atoms
        total = current = 0.0
        j, last, seen, zero = i, "start", False, False
        top = float("inf")
        scale = 1.0
        while True:
            k = j
            if seen and atoms.word(k) == "-" and atoms.glued(k) and atoms.glued(k + 1):
                k += 1
            elif seen and atoms.word(k) == "and" and last in ("hundred", "scale"):
                k += 1
            elif seen and atoms.broken(k):
                break
            word = atoms.word(k)
            joined = k > j
            if word in lex.units_words and last in ("start", "ten", "hundred", "scale") and not zero:
                current += lex.units_words[word]
                zero = current == 0
                last = "unit"
            elif word in lex.teens and last in ("start", "hundred", "scale"):
                current += lex.teens[word]
                last = "teen"
            elif word in lex.tens and last in ("start", "hundred", "scale"):
                current += lex.tens[word]
                last = "ten"
            elif word == "hundred" and current < 100 and last != "hundred" and not (joined and atoms.low[j] == "and"):
                current = (current or 1) * 100
                last = "hundred"
            elif (
                word in lex.scales
                and word != "hundred"
                and lex.scales[word] < top
                and not zero
                and not (joined and atoms.low[j] == "and")
            ):
                scale = lex.scales[word]
                total += (current or 1) * scale
                top, current, last = scale, 0.0, "scale"
            else:
                break
            j, seen = k + 1, True
        if not seen:
            return None
        value = total + current
        own = value / scale if last == "scale" and total else value
        number = Number(i, j, value, scaled=total > 0, own=own, scale=scale if last == "scale" else 1.0)
        if atoms.word(j) == "point" and atoms.word(j + 1) in lex.units_words:
            self._spoken_decimals(number)
        if not number.scaled or last == "scale":
            part = self._part_after(number)
            if part is not None:
                return part
            if number.scaled:
                whole = Number(number.a, number.b, number.own)
                self._and_part(whole)  # "a million and a half"
                number.value, number.own, number.b = whole.value * number.scale, whole.value, whole.b
                if total != number.own * number.scale and whole.b == j:
                    number.value = value
            else:
                self._and_part(number)
        if not number.scaled:
            return self._scale(number)
        return number

    def _spoken_decimals(self, number: Number) -> None:
        """ "one point five": the figures after "point"."""
        j, step = number.b + 1, 0.1
        while self.atoms.word(j) in self.lex.units_words:
            number.value += step * self.lex.units_words[self.atoms.word(j)]
            step /= 10
            j += 1
        number.value = round(number.value, 12)
        number.own, number.b = number.value, j

    def _part_after(self, number: Number) -> Number | None:
        """ "two-thirds", "three quarters", "one fifth"."""
        atoms = self.atoms
        j = number.b
        if atoms.word(j) == "-" and atoms.glued(j) and atoms.glued(j + 1):
            j += 1
        part = atoms.word(j)
        if part not in self.lex.parts or number.value > 99 or atoms.broken(number.b):
            return None
        if part == "quarters" and j == number.b and self._periods(number, j):
            return None
        plural = part.endswith("s") or part == "halves"
        if plural == (number.value == 1):
            return None
        if number.value == 1 and j == number.b and part != "half" and not self._share_follows(j + 1):
            return None
        fraction = Number(number.a, j + 1, number.value / self.lex.parts[part], fraction=True)
        return self._share_scale(fraction)

    def _periods(self, number: Number, j: int) -> bool:
        """Whether "quarters" are quarters of a year: "two quarters", "the last three quarters", "of growth"."""
        atoms = self.atoms
        if number.value != 3:
            return True
        before, after = atoms.word(number.a - 1), atoms.word(j + 2)
        return before in _PERIOD_BEFORE or atoms.word(j + 1) == "of" and after in _PERIOD_AFTER

    def _and_part(self, number: Number) -> None:
        """ "two and a half", "one and three-quarters", "2½"."""
        atoms, j = self.atoms, number.b
        if atoms.word(j) in self.lex.glyphs and atoms.start[j] - atoms.end[j - 1] <= 1:
            number.value += self.lex.glyphs[atoms.word(j)]
            number.b = j + 1
        elif atoms.word(j) == "-" and atoms.match(j, ("-", "and", "-", "a", "-", "half")):
            number.value += 0.5
            number.b = j + 6
        elif atoms.word(j) == "and" and not atoms.broken(j):
            if atoms.match(j + 1, ("a", "half")) or atoms.match(j + 1, ("one", "half")):
                number.value += 0.5
                number.b = j + 3
            elif atoms.match(j + 1, ("a", "quarter")) or atoms.match(j + 1, ("a", "third")):
                number.value += 1 / self.lex.parts[atoms.word(j + 2)]
                number.b = j + 3
            elif atoms.match(j + 1, ("three", "-", "quarters")) or atoms.match(j + 1, ("two", "-", "thirds")):
                number.value += self.lex.units_words[atoms.word(j + 1)] / self.lex.parts[atoms.word(j + 3)]
                number.b = j + 4
            elif atoms.match(j + 1, ("three", "quarters")):
                number.value += 0.75
                number.b = j + 3
        number.own = number.value

    def _scale(self, number: Number) -> Number:
        """The scale word after a number, and a hyphen before it: "2.3bn", "5 lakh crore", "12-million"."""
        atoms, lex = self.atoms, self.lex
        own = number.value
        while True:
            j = number.b
            if atoms.word(j) == "-" and atoms.glued(j) and atoms.glued(j + 1) and atoms.word(j + 1) in lex.scales:
                j += 1
            word = atoms.word(j)
            if atoms.broken(j) or word not in lex.scales or (word == "hundred" and number.scale >= 100):
                break
            if number.scale * lex.scales[word] > _LARGEST_SCALE:
                break
            number.scale *= lex.scales[word]
            number.b = j + 1
        if number.scale == 1 and number.digits and atoms.word(number.b) in lex.glued_scales:
            if (
                atoms.glued(number.b)
                or atoms.word(number.a - 1) in ("$", "£", "€")
                and atoms.word(number.b) in ("m", "b")
            ):
                self._glued_scale(number)
        if number.scale != 1:
            number.value, number.own, number.scaled = own * number.scale, own, True
            if atoms.word(number.b) == "and" and own == int(own):
                whole = Number(number.a, number.b, own)
                self._and_part(whole)
                if whole.b > number.b:  # "a million and a half"
                    number.value, number.own, number.b = whole.value * number.scale, whole.value, whole.b
        return number

    def _glued_scale(self, number: Number) -> None:
        """ "40k", "1.5m", "$1B", "$2t": which letters scale depends on what stands round them."""
        atoms, j = self.atoms, number.b
        letter = atoms.raw[j]
        before = atoms.word(number.a - 1)
        money = before in self.lex.before or before in ("$", "£", "€")
        after = atoms.word(j + 1)
        if letter in ("t", "b", "mm", "MM", "T", "B") and not (money or letter == "B"):
            return
        if letter == "m" and not money and not self._counted(j + 1):
            small = after in ("tall", "high", "long", "wide", "deep", "away", "race", "sprint", "freestyle", "-", "x")
            if small or before in ("a", "the", "x") or (number.value >= 100 and "." not in atoms.raw[number.b - 1]):
                return
        if letter in ("k", "K") and after in ("run", "race", "-", "resolution", "tv", "video"):
            return
        number.scale = self.lex.glued_scales[atoms.word(j)]
        number.b = j + 1

    def _counted(self, i: int) -> bool:
        """Whether a plural noun follows ("1.5m people")."""
        word = self.atoms.word(i)
        return len(word) > 3 and (word.endswith("s") or word in ("people", "children", "women", "men"))

    # Fractions and vague numbers

    def _half(self, i: int) -> Number | None:
        atoms = self.atoms
        j = i + 1
        if atoms.word(j) == "-" and atoms.glued(j):
            j += 1
        if atoms.word(j) in self.lex.scales and atoms.word(j) != "hundred":
            scale = self.lex.scales[atoms.word(j)]
            return Number(i, j + 1, scale / 2, scaled=True, own=0.5, scale=scale)
        return self._share_scale(Number(i, i + 1, 0.5, fraction=True))

    def _article_part(self, i: int) -> Number | None:
        """ "a third", "a quarter of a million": an ordinal word only where a share can stand."""
        atoms, word = self.atoms, self.atoms.word(i)
        article = atoms.word(i - 1)
        if word.endswith("s") or word in ("half", "halves"):
            return None
        if article == "-" and atoms.word(i - 2) in ("a", "one"):
            return None
        if article != "a" and article != "another":
            return None
        if not self._share_follows(i + 1) and not self._share_precedes(i - 1):
            return None
        number = self._share_scale(Number(i, i + 1, 1 / self.lex.parts[word], fraction=True))
        if article == "a":
            number.a = i - 1
        return number

    def _share_follows(self, i: int) -> bool:
        return self.atoms.word(i) in _AFTER_SHARE or self.atoms.broken(i)

    def _share_precedes(self, i: int) -> bool:
        return self.atoms.word(i - 1) in _BEFORE_SHARE

    def _share_scale(self, number: Number) -> Number:
        """ "a quarter of a million", "half a million": a fraction of a scale word is a plain number."""
        atoms, lex = self.atoms, self.lex
        j = number.b
        if atoms.word(j) == "of":
            j += 1
        if atoms.word(j) in ("a", "one"):
            j += 1
        word = atoms.word(j)
        if j == number.b and number.digits:
            word = ""
        if word in lex.scales and word != "hundred" and not atoms.broken(number.b):
            scale = lex.scales[word]
            return Number(number.a, j + 1, number.value * scale, scaled=True, own=number.value, scale=scale)
        return number

    def _vague(self, i: int) -> Number | None:
        """ "dozens", "tens of thousands", "hundreds of millions"."""
        atoms, lex = self.atoms, self.lex
        value, j = lex.vague[atoms.word(i)], i + 1
        if atoms.word(i) in ("tens", "scores") and atoms.word(j) != "of":
            return None
        while (
            j < i + 5 and atoms.word(j) in ("of", "upon") and atoms.word(j + 1) in lex.vague and not atoms.broken(j + 1)
        ):
            value *= lex.vague[atoms.word(j + 1)]
            j += 2
        if atoms.word(i) == "tens" and j == i + 1:
            return None
        return Number(i, j, value, vague=True, scaled=True)

    def _couple(self, i: int) -> Number | None:
        """ "a couple", "a couple dozen", "a couple of hundred"."""
        atoms = self.atoms
        if atoms.word(i - 1) != "a":
            return None
        j = i + 1
        if atoms.word(j) in self.lex.scales or atoms.word(j) == "of" and atoms.word(j + 1) in self.lex.scales:
            j += atoms.word(j) == "of"
            scale = self.lex.scales[atoms.word(j)]
            return Number(i - 1, j + 1, 2 * scale, scaled=True, own=2, scale=scale)
        if atoms.word(j) != "of":
            return None
        return Number(i - 1, j, 2)


_AFTER_SHARE = frozenset(
    "of , . ; : ) more less fewer higher lower cheaper bigger smaller larger longer shorter faster on in since by over"
    " from and or to after this last during between per an the its their our his her all that said say were are"
    " is".split()
)
_BEFORE_SHARE = lexicon().words["numerals before share"]
_PERIOD_BEFORE = lexicon().words["numerals period before"]
_PERIOD_AFTER = lexicon().words["numerals period after"]
_WAS = frozenset(("was", "were", "is", "has", "had", "got", "been"))
