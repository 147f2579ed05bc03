"""Quantities: a number with its sign, currency and unit, and the pairs that belong together (ranges, shares)."""

from dataclasses import dataclass, field

from extractor.statements.statistics.atoms import Atoms
from extractor.statements.statistics.lexicon import Currency, Unit, lexicon
from extractor.statements.statistics.numerals import Number, NumberReader

DASHES = frozenset("-–—−‐‑")
MINUSES = frozenset("-−–")


@dataclass(slots=True)
class Quantity:
    """A figure in the making.

    a, b: the pieces ``a`` to ``b - 1`` that the figure spans.
    number: the number it starts from; value, low, high: as in the table.
    unit, kind: name and class of the unit ("GBP", "money"; "year", "duration"; "percent", "share"; "" and "count").
    baseline: what the figure was before, read from "from 12% to 9%".
    paired: how it was made of two numbers: "range", "share", "vote" or "".
    lead: the piece before the figure and its comparator.
    whole: pieces of the whole, where it stands before ("Of the 10 judges who …, six …").
    comparator: one that the words after the figure or the pair itself give.
    reject: why it is no statistic, "" while it may be one.
    """

    a: int
    b: int
    number: Number
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    kind: str = "count"
    baseline: float | None = None
    paired: str = ""
    comparator: str = ""
    change: str = ""
    whole: tuple[int, int] | None = None
    lead: int = -1
    reject: str = ""
    tags: set[str] = field(default_factory=set)

    @property
    def bare(self) -> bool:
        return not self.unit


class QuantityReader:
    """Reads all quantities of a text, left to right, each piece once."""

    def __init__(self, atoms: Atoms) -> None:
        self.atoms = atoms
        self.lex = lexicon()
        self.numbers = NumberReader(atoms)
        self.dollar = ""
        self._shared: dict[str, str] = {}

    def read(self) -> list[Quantity]:
        """Every quantity, pairs not yet joined, in order of the text."""
        atoms, starters = self.atoms, self.lex.starters
        low = atoms.low
        found: list[Quantity] = []
        done = 0
        for i, word in enumerate(low):
            if i < done or not (word in starters or word[0].isdigit() or word in self.lex.units):
                continue
            quantity = self._at(i, done)
            if quantity is not None:
                found.append(quantity)
                done = quantity.b
        return found

    def _at(self, i: int, done: int) -> Quantity | None:
        word = self.atoms.word(i)
        if word in self.lex.multiples:
            return self._multiple(i)
        if not word[0].isdigit() and word not in self.lex.starters:
            return self._article_unit(i, done)
        number = self.numbers.read(i)
        if number is None:
            if word in self.lex.units:
                return self._article_unit(i, done)
            return None
        return self._finish(number, done)

    def _multiple(self, i: int) -> Quantity:
        value, kind = self.lex.multiples[self.atoms.word(i)]
        number = Number(i, i + 1, value)
        change = kind if kind in ("up", "down") else ""
        return Quantity(i, i + 1, number, value, unit="times", kind="multiple", change=change, tags={kind})

    def _article_unit(self, i: int, done: int) -> Quantity | None:
        """ "a full year", "an extra week", "about a century", "half an hour" is read elsewhere."""
        atoms = self.atoms
        found = self._unit_at(i, glued=False) if atoms.word(i) != "second" else None
        if found is None or found[1].kind not in ("duration", "length", "mass", "area", "volume"):
            return None
        j, unit = found
        if i + 1 == j and atoms.word(i).endswith("s"):
            return None
        k, adjectives = i - 1, 0
        while atoms.word(k) in self.lex.words["between"] and adjectives < 2:
            k, adjectives = k - 1, adjectives + 1
        hyphen = atoms.word(k) == "-" and atoms.word(k - 1) == "half"
        if hyphen:
            k -= 1
        if k < done or atoms.word(k) not in ("a", "an", "another", "half") or atoms.broken(i):
            return None
        number = Number(k, k + 1, 1.0, own=1.0)
        if atoms.word(k) == "half":
            number.value = 0.5
            if atoms.word(k - 1) in ("a", "an"):
                k -= 1
        quantity = Quantity(k, j, number, number.value * unit.factor, unit=unit.name, kind=unit.kind)
        quantity.tags.add("article")
        if adjectives:
            quantity.tags.add("emphatic")
        if atoms.word(k) == "another":
            quantity.reject = "idiom"
        return quantity

    def _finish(self, number: Number, done: int) -> Quantity | None:
        atoms = self.atoms
        a = number.a
        article = atoms.word(a - 1) in ("a", "an") and a - 1 >= done
        word = atoms.word(a)
        if article and (word in self.lex.scales or word == "half") and not number.digits:
            a -= 1
            if word == "half" and not number.scaled:
                a += 1
        if word in ("hundred", "thousand", "million", "billion", "trillion", "dozen", "lakh", "crore"):
            before = atoms.word(number.a - 1)
            if before == "few" and atoms.word(number.a - 2) == "a":
                number.vague, a = True, number.a - 2
            elif before in ("few", "several", "many"):
                number.vague, a = True, number.a - 1
            elif not article:
                if before in ("per", "one", "'s") or before == "the" or number.a - 1 < 0:
                    return None
                number.vague = before in ("couple",)
                if before not in ("half", "quarter", "almost", "nearly", "about", "over", "than"):
                    return None
        quantity = Quantity(a, number.b, number)
        if number.vague:
            quantity.low = number.value
        else:
            quantity.value = number.value
        self._currency_before(quantity)
        self._sign(quantity)
        if not quantity.unit:
            self._unit_or_currency_after(quantity)
        elif quantity.kind == "money":
            self._money_tail(quantity)
        if number.fraction and quantity.kind == "count":
            quantity.value = 100 * number.value
            quantity.unit, quantity.kind = "percent", "fraction"
        return quantity

    # Money

    def _currency_before(self, quantity: Quantity) -> None:
        atoms, a = self.atoms, quantity.number.a
        if quantity.a < a:
            return
        k = a - 1
        signed = atoms.word(k) in MINUSES and atoms.glued(a) and atoms.glued(k)
        if signed and atoms.word(k - 1) in ("$", "£", "€"):
            k -= 1  # "$-50.8bn"
        if atoms.word(k) == "." and atoms.word(k - 1) in ("rs", "fr"):
            k -= 1
        key = atoms.word(k)
        if key == "$":
            self._dollar_before(quantity, k)
            return
        for phrase, currency in self.lex.before.get(key, ()):
            if self._currency_fits(phrase, currency, k, a):
                if key == "rs":
                    currency = Currency(self._shared_noun("rs", currency.code))
                self._set_money(quantity, currency)
                quantity.a = k - len(phrase) + 1
                return

    def _currency_fits(self, phrase: tuple[str, ...], currency: Currency, k: int, a: int) -> bool:
        atoms = self.atoms
        start = k - len(phrase) + 1
        if start < 0 or not atoms.match(start, phrase):
            return False
        if phrase[-1].isalpha():
            raw = atoms.raw[k]
            if currency.capitals and not (raw.isupper() and atoms.glued(a) and k == a - 1):
                return False
            if currency.capitals and not self._letter_is_money(currency, a):
                return False  # "N95 masks", "the K2", "an R18 film"
            if not currency.form.endswith(raw) and not (raw == "rs" and atoms.glued(a)):
                return False
            if raw in ("Re", "Fr", "Sh") and not atoms.glued(a):
                return False
            if start > 0 and atoms.is_word(start - 1) and atoms.glued(start):
                return False
        return atoms.start[a] - atoms.end[k] <= 1 or (phrase[-1] == "rs" and atoms.start[a] - atoms.end[k] <= 2)

    def _letter_is_money(self, currency: Currency, a: int) -> bool:
        """Whether one capital letter before a figure is a currency: a large figure, or a text that speaks of it."""
        atoms = self.atoms
        raw = atoms.raw[a]
        if (
            "," in raw
            or len(raw.partition(".")[0]) >= 4
            or atoms.word(a + 1) in self.lex.scales
            or atoms.word(a + 1)
            in (
                "m",
                "bn",
                "b",
                "k",
            )
        ):
            return True
        nouns = {phrase[-1] for rows in self.lex.after.values() for phrase, c in rows if c.code == currency.code}
        homes = {word for word, code in self.lex.demonyms.items() if code == currency.code}
        return not (nouns | homes).isdisjoint(atoms.low) or any(h in atoms.text.lower() for h in homes if " " in h)

    def _dollar_before(self, quantity: Quantity, k: int) -> None:
        atoms = self.atoms
        if atoms.start[quantity.number.a] - atoms.end[k] > 1:
            return
        if k == quantity.number.a - 2 and quantity.value is not None:
            quantity.value = -quantity.value
        code, start = "", k
        for phrase, currency in self.lex.before.get("$", ()):
            if len(phrase) > 1:
                first = k - len(phrase) + 1
                if (
                    first >= 0
                    and atoms.match(first, phrase)
                    and atoms.raw[first].isupper() | (phrase[0] in ("mex", "can"))
                ):
                    glued = all(atoms.glued(x) for x in range(first + 1, k + 1))
                    if glued or phrase[0] in ("us", "hk", "nz", "au", "ca", "c"):
                        code, start = currency.code, first
                        break
        quantity.a = start
        self._set_money(quantity, Currency(code or self.bare_dollar()))

    def bare_dollar(self) -> str:
        """Whose dollar "$" is: of the country that the text plainly speaks of, else the American."""
        if not self.dollar:
            counts = self._mentions("dollar")
            american = counts.pop("USD", 0)
            best = max(counts, key=lambda c: counts[c], default="")
            most = counts.get(best, 0)
            plain = most >= 2 and (american == 0 or most >= 3 and most > 2 * american)
            self.dollar = best if plain else "USD"
        return self.dollar

    def _mentions(self, noun: str) -> dict[str, int]:
        """How often the text speaks of each country whose currency is called by the noun."""
        countries = self.lex.countries.get(noun, {})
        counts: dict[str, int] = {}
        for word in self.atoms.low if countries else ():
            word = word.removesuffix("'s")
            if word in countries:
                counts[countries[word]] = counts.get(countries[word], 0) + 1
        return counts

    def _shared_noun(self, noun: str, code: str) -> str:
        """The currency that "pesos" or "rupees" are, by the country that the text speaks of; ``code`` where of none."""
        key = {"kroner": "krone", "kronor": "krona", "reais": "real"}.get(noun, noun.removesuffix("s"))
        key = {"ruble": "rouble", "rs": "rupee"}.get(key, key)
        if key not in self.lex.countries:
            return code
        if key not in self._shared:
            counts = self._mentions(key)
            self._shared[key] = max(counts, key=lambda c: counts[c], default="")
        return self._shared[key] or code

    def _set_money(self, quantity: Quantity, currency: Currency) -> None:
        quantity.unit, quantity.kind = currency.code, "money"
        if currency.factor != 1.0 and quantity.value is not None:
            quantity.value = round(quantity.value * currency.factor, 9)
        if currency.factor != 1.0:
            quantity.tags.add("minor")

    def _money_tail(self, quantity: Quantity) -> None:
        """ "$5 US", "$200 Canadian", "£1 billion pounds": a noun that repeats the symbol belongs to the figure."""
        atoms, j = self.atoms, quantity.b
        if atoms.word(j) == "-" and atoms.glued(j):
            return
        code = self.lex.demonyms.get(atoms.word(j), "")
        if (
            atoms.word(j) in ("us", "cad", "aud", "usd", "canadian", "australian")
            and (atoms.raw[j].isupper() or code)
            and not self._noun_follows(j + 1)
        ):
            quantity.unit = code or atoms.raw[j]
            quantity.b = j + 1

    def _noun_follows(self, i: int) -> bool:
        return self.atoms.is_word(i) and self.atoms.word(i) not in self.lex.words["function"]

    # Signs and units

    def _sign(self, quantity: Quantity) -> None:
        atoms, k = self.atoms, quantity.a - 1
        if quantity.number.vague:
            return
        word = atoms.word(k)
        negative = False
        if word in ("minus", "negative") and atoms.word(k - 1) not in ("or", "a", "and"):
            negative = True
        elif word == "-" and atoms.word(k - 1) == "minus":
            negative, k = True, k - 1
        elif word in MINUSES and atoms.glued(quantity.a):
            before = atoms.text[atoms.start[k] - 1 : atoms.start[k]]
            negative = (before == "" or before in " \n\t(\u00a0" or before in "“\"‘'") and (
                not atoms.is_digits(k - 1) or atoms.word(quantity.number.b) in ("%", "percent")
            )
            if k and atoms.is_word(k - 1) and atoms.word(k - 1) not in self.lex.words["function"] and word == "–":
                negative = False
        elif (
            word in MINUSES
            and not atoms.glued(quantity.a)
            and atoms.word(k - 1) in ("of", "to", "at", "be", "is", "was")
        ):
            negative = not atoms.glued(k) and quantity.number.digits
        if negative and quantity.value is not None:
            quantity.value = -quantity.value
            quantity.a = k
            quantity.tags.add("signed")

    def _unit_or_currency_after(self, quantity: Quantity) -> None:
        atoms = self.atoms
        j = quantity.b
        if atoms.broken(j) and j < len(atoms):
            return
        hyphen = atoms.word(j) in ("-", "‐", "‑") and atoms.glued(j)
        if hyphen:
            # a hyphen may hang: "10- to 20-year"
            if not atoms.glued(j + 1):
                return
            j += 1
        if self._currency_at(quantity, j, hyphen):
            return
        of = quantity.number.vague or quantity.number.fraction or atoms.word(quantity.b - 1) in ("couple", "dozen")
        if atoms.word(j) == "of" and of and not hyphen:
            k = j + 1
            article = (
                atoms.word(k) in ("a", "an")
                or atoms.word(k) in ("1", "one")
                and atoms.word(k + 1) in ("percent", "per", "%")
            )
            if quantity.number.fraction and not article:
                return
            k += article
            found = self._unit_at(k, glued=False)
            if found and found[1].kind not in ("share", "points"):
                self._set_unit(quantity, found[0], found[1])
            elif self._currency_at(quantity, k, False):
                return
            elif found and quantity.number.fraction and found[1].kind == "share":
                self._set_unit(quantity, found[0], found[1])
            return
        if self._times_after(quantity, j):
            return
        k = j
        if quantity.number.fraction and atoms.word(k) in ("a", "an", "of"):
            k += atoms.word(k) == "of"
            if atoms.word(k) not in ("a", "an", "one", "1"):
                return
            k += 1
        for skipped in range(3):
            found = self._unit_at(k, glued=atoms.glued(k) or hyphen)
            if found is not None:
                if skipped and found[1].kind not in ("duration", "length", "area", "mass"):
                    return
                if quantity.number.digits and 1500 <= quantity.number.value <= 2100 and not quantity.number.scaled:
                    if not hyphen and (skipped or not atoms.word(found[0] - 1).endswith("s")) and not atoms.glued(k):
                        return  # "World Cup 2018 day five"
                self._set_unit(quantity, found[0], found[1])
                if hyphen:
                    quantity.tags.add("hyphen")
                if skipped:
                    quantity.tags.add("emphatic")
                return
            if hyphen or atoms.word(k) not in self.lex.words["between"] or atoms.broken(k):
                return
            k += 1

    def _times_after(self, quantity: Quantity, j: int) -> bool:
        """ "three times as many", "3.2 times higher", "10-fold", "2x": a multiple, where something is multiplied."""
        atoms, word = self.atoms, self.atoms.word(j)
        if quantity.number.vague:
            return False
        fold = word == "fold" or (word == "x" and atoms.glued(j) and not atoms.is_digits(j + 1))
        if not fold:
            if word not in ("times", "time"):
                return False
            after, before = atoms.word(j + 1), atoms.word(quantity.a - 1)
            multiplied = after in _MULTIPLIED or after.endswith("er")
            if after in ("a", "an"):
                multiplied = atoms.word(j + 2) not in self.lex.words["period unit"]
            if not (
                multiplied
                or before in ("by", "to", "up", "than")
                or "by" in atoms.low[max(0, quantity.a - 3) : quantity.a]
            ):
                return False
        quantity.unit, quantity.kind, quantity.b = "times", "multiple", j + 1
        quantity.tags.add("fold" if fold else "times")
        return True

    def _unit_at(self, i: int, glued: bool) -> tuple[int, Unit] | None:
        atoms = self.atoms
        for phrase, unit in self.lex.units.get(atoms.word(i), ()):
            if unit.glued and not glued and not (phrase == ("m",) and atoms.word(i + 1) in _STRETCHED):
                continue
            if not atoms.match(i, phrase) or (unit.letter and unit.glued and atoms.raw[i] != unit.letter):
                continue
            last = i + len(phrase) - 1
            if len(phrase[-1]) <= 2 and phrase[-1].isalpha() and atoms.glued(last + 1) and atoms.is_word(last + 1):
                continue
            return last + 1, unit
        return None

    def _set_unit(self, quantity: Quantity, j: int, unit: Unit) -> None:
        atoms = self.atoms
        name = unit.name
        quantity.unit, quantity.kind, quantity.b = name, unit.kind, j
        quantity.number.fraction = False
        if quantity.value is not None and unit.factor != 1.0:
            quantity.value = round(quantity.value * unit.factor, 9)
        if quantity.low is not None:
            quantity.low *= unit.factor
        if name == "percent" and atoms.word(j) == "point":
            quantity.b += 1

    def _currency_at(self, quantity: Quantity, j: int, hyphen: bool) -> bool:
        atoms = self.atoms
        demonym, k = "", j
        for width in (3, 2, 1):
            candidate = " ".join(atoms.low[k : k + width])
            if candidate in self.lex.demonyms:
                demonym, k = self.lex.demonyms[candidate], k + width
                if atoms.word(k) == "." and candidate in ("u . s", "u.s"):
                    k += 1
                if atoms.word(k) == "-" and atoms.glued(k) and atoms.glued(k + 1):
                    k += 1
                break
        if atoms.word(k) == "of" and quantity.number.vague:
            k += 1
        for phrase, currency in self.lex.after.get(atoms.word(k), ()):
            if not atoms.match(k, phrase):
                continue
            if currency.glued and not (atoms.glued(k) and not demonym and not hyphen):
                continue
            if currency.glued and atoms.raw[k].isupper() and not currency.capitals:
                continue
            word = phrase[-1]
            if (
                word in ("try", "php", "mad", "cop", "real", "won", "ron", "rub", "eur", "gbp")
                and not atoms.raw[k].isupper()
            ):
                continue
            if word in ("bob", "quid") or (
                word in ("pound", "pounds") and not demonym and self._mass_of_pounds(quantity, k)
            ):
                if word in ("pound", "pounds"):
                    self._set_unit(quantity, k + 1, Unit("pound", "mass", 1.0, False))
                    return True
                if word == "bob":
                    continue
            if word in ("pound", "dollar", "euro", "rupee") and not hyphen and quantity.value not in (1, 0.5):
                if not quantity.number.scaled and atoms.word(k - 1) != "-":
                    continue
            code = demonym or currency.code
            if currency.code == "USD" and currency.factor == 1 and not demonym:
                code = self.bare_dollar()
            elif currency.factor == 1 and not demonym:
                code = self._shared_noun(word, code)
            if currency.factor != 1:
                code = self._minor_currency(currency)
            self._set_money(quantity, Currency(code, currency.factor))
            quantity.b = k + len(phrase)
            if atoms.word(quantity.b) == "sterling":
                quantity.b += 1
            return True
        return False

    def _minor_currency(self, currency: Currency) -> str:
        """ "cents" are of the dollar that the text speaks of, or of the euro where only euros stand."""
        if currency.code != "USD":
            return currency.code
        if "€" in self.atoms.text and "$" not in self.atoms.text:
            return "EUR"
        return self.bare_dollar()

    def _mass_of_pounds(self, quantity: Quantity, k: int) -> bool:
        atoms, low = self.atoms, self.atoms.low
        if quantity.number.scale >= 1e6 or "£" in atoms.text or "sterling" in low:
            near = low[max(0, quantity.a - 6) : quantity.a]
            return any(w in ("weighs", "weighed", "weighing", "weigh") for w in near)
        near = low[max(0, quantity.a - 6) : k + 6]
        if any(w.startswith(("weigh", "heav", "torque", "lift")) for w in near):
            return True
        if atoms.word(k + 1) == "of" and atoms.word(k + 2) not in ("the", "taxpayers", "public", "debt", "savings"):
            return True
        if atoms.word(k) == "pound" and atoms.word(k - 1) == "-":
            return "$" in atoms.text
        return "$" in atoms.text


_MULTIPLIED = lexicon().words["quantity multiplied"]
_STRETCHED = frozenset(("long", "tall", "wide", "high", "deep"))  # "1.5 m long"
