"""Deciding what is a statistic: the reasons for which a number in a text is none, each by its context.

Every rule names itself in ``Quantity.reject``, so that a person can ask why a number has no row.
"""

from collections.abc import Callable

from extractor.statements.statistics.atoms import Atoms
from extractor.statements.statistics.lexicon import lexicon
from extractor.statements.statistics.quantity import DASHES, Quantity
from extractor.statements.statistics.tree import Tree

_BETWEEN = frozenset("-.()|–,;/")
_JOINTS = _BETWEEN | {"and", "to", "or"}
_URL_SIGNS = frozenset("/@#_=&~\\+*^")
_ENDS = frozenset(".;:!?")


class Context:
    """The reject rules over the pieces of one text, with the tree where there is one."""

    def __init__(self, atoms: Atoms, tree: Tree) -> None:
        self.atoms = atoms
        self.tree = tree
        self.lex = lexicon()
        self.words = self.lex.words
        self.rules: list[tuple[str, Callable[[Quantity], bool]]] = [
            ("part of a name or code", self._glued_name),
            ("phone number or table", self._digit_chain),
            ("list number", self._list_number),
            ("ordinal", self._ordinal),
            ("time of day", self._time),
            ("date", self._date),
            ("year", self._year),
            ("age", self._age),
            ("idiom", self._idiom),
            ("numbered thing", self._numbered),
            ("number in a name", self._in_name),
            ("address", self._address),
            ("score", self._score),
            ("hypothetical vote", self._hypothetical),
            ("one", self._one),
            ("compound descriptor", self._descriptor),
            ("when, not how long", self._when),
            ("rate denominator", self._denominator),
            ("a measure that is only named", self._article),
            ("multiple", self._multiple),
            ("half", self._half),
            ("pointing back", self._pointing_back),
            ("points of something else", self._points),
            ("apposition", self._apposed),
        ]

    def early(self, quantity: Quantity) -> str:
        """Why a number cannot be one of a pair: it is a date, a year, a time, an ordinal or a numbered thing."""
        if quantity.number.digits and quantity.bare:
            for reason, rule in self.rules[2:7]:
                if reason != "list number" and rule(quantity):
                    return reason
        return ""

    def reject(self, quantity: Quantity) -> str:
        """Why the quantity is no statistic, "" when it is one."""
        if quantity.reject:
            return quantity.reject
        for reason, rule in self.rules:
            if rule(quantity):
                return reason
        return ""

    # Shape

    def _glued_name(self, q: Quantity) -> bool:
        atoms, a, b = self.atoms, q.a, q.b
        if "signed" in q.tags:
            a += 0
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

    def _digit_chain(self, q: Quantity) -> bool:
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
        if q.a > 1 and atoms.word(q.a - 1) in DASHES and self._bare_year(q.a - 2) and len(raw) == 2:
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

    def _bare_year(self, i: int) -> bool:
        word = self.atoms.word(i)
        return len(word) == 4 and word.isdigit() and 1500 <= int(word) <= 2100

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

    def _list_number(self, q: Quantity) -> bool:
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
            if self._capital(b) and (after in self.words["function"] or self.tree.pos_at(atoms.start[b]) in _OPENERS):
                return True  # a footnote's number
        if atoms.line_start(a) and "." in atoms.raw[a] and self._capital(b):
            return True  # a heading's number
        if not q.number.digits and 1 <= q.number.value <= 10 and after in (",", ":") and self._enumerator(q):
            return True
        return False

    def _enumerator(self, q: Quantity) -> bool:
        """ "one, his temperament, and two, his language"; "Number two: ..."."""
        before = self.atoms.word(q.a - 1)
        return before in (",", "and", "is", "are", ".", ";", ":", "", "”", "“", '"') or before == "number"

    def _ordinal(self, q: Quantity) -> bool:
        atoms = self.atoms
        if q.number.digits:
            return atoms.glued(q.b) and atoms.word(q.b) in ("st", "nd", "rd", "th", "s")
        ordinal = atoms.word(q.b + 1)
        return atoms.word(q.b) == "-" and atoms.glued(q.b) and (ordinal in _ORDINALS or ordinal in self.lex.parts)

    # Time

    def _time(self, q: Quantity) -> bool:
        atoms, b = self.atoms, q.b
        after = atoms.word(b)
        if q.bare and after in ("am", "pm", "a", "p", "o'clock", "hours", "gmt", "bst", "est", "edt", "utc", "et"):
            if after in ("a", "p"):
                return atoms.word(b + 1) == "." and atoms.word(b + 2) == "m"
            return True
        if q.bare and not q.number.scaled and atoms.word(q.a - 1) in ("at", "until", "till", "from", "by", "around"):
            raw = atoms.raw[q.number.a]
            hour = raw.partition(".")
            if q.number.digits and hour[0].isdigit() and len(hour[2]) == 2 and int(hour[0]) < 24 and int(hour[2]) < 60:
                return not self._noun_at(b)
        return q.bare and after == ":" and atoms.glued(b) and atoms.glued(b + 1) and atoms.is_digits(b + 1)

    def _date(self, q: Quantity) -> bool:
        atoms, months = self.atoms, self.words["month"]
        if q.unit or q.number.scaled or q.number.vague or not self._small(q, 31):
            return False
        before, after = atoms.word(q.a - 1), atoms.word(q.b)
        if before == "." and atoms.word(q.a - 2) in months:
            before = atoms.word(q.a - 2)
        if before in months and atoms.raw[q.a - 1 - (atoms.word(q.a - 1) == ".")][0].isupper():
            return before != "may" or not self._noun_at(q.b)
        if before in ("and", "to", "-", "–", "or", "through", ",", "until", "/") and atoms.is_digits(q.a - 2):
            k = q.a - 3
            if atoms.word(k) in months or (atoms.word(k) == "." and atoms.word(k - 1) in months):
                return True
        if after == "of":
            after = atoms.word(q.b + 1)
        if after in months and self._capital(q.b + (atoms.word(q.b) == "of")):
            return True
        if after in ("and", "to", "-", "–", "or", "/") and atoms.is_digits(q.b + 1) and atoms.word(q.b + 2) in months:
            return self._capital(q.b + 2)
        return before in self.words["weekday"] and self._capital(q.a - 1) and not self._noun_at(q.b)

    def _small(self, q: Quantity, most: int) -> bool:
        values = [v for v in (q.value, q.low, q.high) if v is not None]
        return bool(values) and all(v == int(v) and 0 < v <= most for v in values)

    def _capital(self, i: int) -> bool:
        if not 0 <= i < len(self.atoms):
            return False
        raw = self.atoms.raw[i]
        return raw[0].isupper() or not raw.islower() and raw.isalpha()  # "iPhone"

    def _year(self, q: Quantity) -> bool:
        atoms = self.atoms
        if q.kind == "count" and not q.number.digits and q.number.value < 100 and not q.number.scaled:
            # "twenty sixteen", "nineteen eighty-four"
            after = atoms.word(q.b)
            if q.number.value in (19, 20) and (after in self.lex.teens or after in self.lex.tens):
                return True
            before = atoms.word(q.a - 1)
            if q.a and before in ("nineteen", "twenty") and not atoms.broken(q.a):
                return True
        number = q.number
        if q.unit or number.scaled or not number.digits or number.value != int(number.value):
            return False
        if atoms.low[max(0, q.a - 4) : q.a] == ["a", ".", "d", "."]:
            return True
        if atoms.word(q.b) in _ERAS and self._capital(q.b) or atoms.word(q.a - 1) == "ad" and self._capital(q.a - 1):
            return True
        if q.paired == "share":
            return False
        values = [v for v in (q.value, q.low, q.high) if v is not None]
        if not all(1500 <= v <= 2100 for v in values):
            return False
        if "," in atoms.raw[number.a] or " " in atoms.text[atoms.start[number.a] : atoms.end[number.b - 1]]:
            return False
        return not self._counted_year(q)

    def _counted_year(self, q: Quantity) -> bool:
        """ "killed 2000 people", "more than 1800 homes": a figure that looks like a year but counts."""
        atoms, b = self.atoms, q.b
        before = atoms.word(q.a - 1)
        if not self._noun_at(b):
            return False
        noun = atoms.word(b)
        people = noun in (
            "people",
            "men",
            "women",
            "children",
            "jobs",
            "deaths",
            "homes",
            "troops",
            "votes",
            "homeless",
        )
        plural = people or (noun.endswith("s") and not noun.endswith(("ss", "us", "is"))) or noun in ("new", "more")
        if noun in _DATED or self._capital(b) or not atoms.is_word(q.a - 1):
            return False
        if before in ("than", "nearly", "over", "almost", "some", "least", "about", "around", "roughly", "of"):
            return plural
        if before in self.words["function"] or before in ("early", "late", "mid", "since") or before.endswith("'s"):
            return people and before in ("to", "with", "for", "and", "has", "have", "had", "are", "were")
        if not self.tree.present:
            return plural and (people or before.endswith("ed"))
        return plural and (people or self.tree.pos_at(atoms.start[q.a - 1]) == "VERB")

    def _age(self, q: Quantity) -> bool:
        atoms = self.atoms
        if q.kind in ("money", "share", "fraction", "multiple") or q.number.scaled and not q.number.vague:
            return False
        before, after = atoms.word(q.a - 1), atoms.word(q.b)
        if after in DASHES and atoms.word(q.b + 1) in ("year", "month", "week", "day"):
            return atoms.word(q.b + 3) == "old" or atoms.word(q.b + 2) == "old"  # "70 - year - old"
        if after in DASHES and atoms.glued(q.b):
            after = atoms.word(q.b + 1)
        if (
            q.unit in ("year", "month", "week", "day")
            and after in ("old", "olds", "of")
            and (after != "of" or atoms.word(q.b + 1) == "age")
        ):
            return True
        if "lent" in q.tags and "old" in atoms.low[q.b : q.b + 5]:
            return True
        if before == "of" and atoms.word(q.a - 2) == "age":
            return True
        if q.unit not in ("year", "") or not (q.value or q.low or 0) < 130:
            return False
        lead = {before, atoms.word(q.a - 2) if before in ("of", "between", "over", "under", "just", "only") else before}
        if lead & {"aged", "age", "ages", "aging", "ageing", "turned", "turning", "birthday", "being"}:
            return True
        if q.bare and self._group_age(q, before, after):
            return True
        if before in ("than", "least") and {"aged", "age", "ages"} & set(atoms.low[max(0, q.a - 4) : q.a]):
            return True
        if q.unit == "year":
            return before == "under" and atoms.word(q.a - 2) in ("children", "anyone", "people", "those", "kids")
        if after in ("s",) or (before in ("under", "over") and after in ("'s", "s")):
            return True
        comma = before == "," and (after in (",", ".", ")", ";") or after in ("and", "who", "from", "of"))
        if comma and q.number.value == int(q.number.value) and 0 < q.number.value < 115 and q.bare and not q.paired:
            if atoms.word(q.a - 2) in _PERSONS:
                return True
            return self._capital(q.a - 2) and q.number.digits or self.tree.in_entity(atoms.start[q.a - 2], ("PERSON",))
        if before == "now" and atoms.word(q.a - 2) == "," and after in (",", ".") and q.bare:
            return True  # "Kemp, now 40, …"
        if (
            before == "of"
            and atoms.word(q.a - 2) in _PERSONS
            and q.bare
            and (q.value or 0) > 2
            and not self._noun_at(q.b)
        ):
            return (q.value or 0) > 12 or atoms.word(q.a - 2) not in self.words["counts people"]
        if before == "," and after == "," and not q.number.digits and 12 < q.number.value < 110 and q.bare:
            return True
        if before == "(" and after == ")":
            return self._capital(q.a - 2) and q.number.digits
        return before in ("who", "was", "is", "am", "be") and self._age_predicate(q)

    def _group_age(self, q: Quantity, before: str, after: str) -> bool:
        """ "blacks 45 and older", "those over 45", "ages 18 to 29"."""
        atoms = self.atoms
        if self._noun_at(q.b) or q.number.vague:
            return False
        if after in ("and", "or") and atoms.word(q.b + 1) in ("older", "younger", "over", "under", "up"):
            return True
        if before in ("over", "under") and atoms.word(q.a - 2) in _GROUPS and (q.value or 0) >= 13:
            return True
        if before in ("to", "and", "-", "–") and {"ages", "aged", "age"} & set(atoms.low[max(0, q.a - 4) : q.a]):
            return True
        return q.paired == "range" and before in _GROUPS - {"were", "are", "is"} and before != "those"

    def _age_predicate(self, q: Quantity) -> bool:
        """ "She is 45.", "when I was 12": a bare number said of a person."""
        atoms = self.atoms
        subject = atoms.word(q.a - 2)
        return subject in ("he", "she", "i", "who", "you") and q.bare and not q.number.vague and not self._noun_at(q.b)

    def _when(self, q: Quantity) -> bool:
        if q.kind != "duration":
            return False
        atoms = self.atoms
        low = atoms.low
        after, before = atoms.word(q.b), atoms.word(q.a - 1)
        if after in ("-", "–") and atoms.glued(q.b):
            return False
        if "lent" in q.tags:
            return "ago" in low[q.b : q.b + 5]
        value = q.value if q.value is not None else q.low or 0
        if q.number.vague and q.unit in ("day", "year") and not q.number.scaled:
            return True
        if after == "'s" or (after == "'" and before in ("next", "last")):
            return before in ("last", "past", "this", "next")
        if after in self.words["when after"] and not (
            after in ("until", "before", "after") and self._between_limits(q)
        ):
            if after == "from":
                return atoms.word(q.b + 1) in ("now", "today")
            if after == "back":
                return atoms.word(q.b + 1) not in ("to", "in")
            if after in ("on", "into", "past", "away", "since", "of", "shy", "in"):
                return after in ("on", "away", "since", "past") or after == "of" and atoms.word(q.b + 1) == "age"
            return True
        if before == "the" and low[max(0, q.a - 2)] in ("over", "in", "during", "within", "for"):
            pass
        if before in ("last", "past", "previous", "recent", "coming", "preceding", "first", "final", "next", "opening"):
            if before in ("next", "coming") and atoms.word(q.a - 3) == "for":
                return False
            if before == "next" and atoms.word(q.a - 2) == "the" and atoms.word(q.a - 3) in ("over", "in", "during"):
                return True
            if before in ("first", "final") and atoms.word(q.a - 2) not in ("the", "his", "her", "its", "their"):
                return False
            return True
        if before in ("within", "every", "each", "per", "those", "these", "this", "that"):
            return before != "every" and before != "each"
        if before in ("a", "an") and "hyphen" not in q.tags and q.number.value == 1:
            return False
        if before == "in" and value:
            return self._future(q)
        if before == "than" and atoms.word(q.a - 3) in ("in", "within"):
            return self._future(q)
        return False

    def _between_limits(self, q: Quantity) -> bool:
        """ "waited six weeks before …" lasts; "six weeks before the election" dates: the verb tells."""
        before = self.atoms.word(q.a - 1)
        return (
            before in ("for", "waited", "wait", "waiting", "lasted", "spent", "took", "take", "than", "least", "nearly")
            and (before not in ("than", "nearly") or self.atoms.word(q.a - 2) not in ("in",))
            and before != "nearly"
        )

    def _future(self, q: Quantity) -> bool:
        """Whether "in two years" dates what is to come."""
        atoms = self.atoms
        if atoms.word(q.b) == "time" or atoms.word(q.b + 1) == "time":
            return True
        for k in range(q.a - 2, max(q.a - 25, -1), -1):
            word = atoms.word(k)
            if word in _ENDS or atoms.broken(k + 1):
                break
            if word in self.words["future"] or word.endswith("'ll"):
                return True
        return any(w in ("will", "would", "'ll") or w.endswith("'ll") for w in atoms.low[q.b : q.b + 4])

    def _article(self, q: Quantity) -> bool:
        """ "a year" by itself is a rate or a date; "a full year", "about a century", "for a decade" last."""
        if "article" not in q.tags:
            return False
        atoms = self.atoms
        before = atoms.word(q.a - 1)
        if atoms.glued(q.b) and atoms.word(q.b) in DASHES:
            return True
        if atoms.word(q.a) == "half" or q.value == 0.5 * (q.value // 0.5) and q.number.value == 0.5:
            return atoms.word(q.b) in self.words["when after"]
        modified = any(tuple(atoms.low[q.a - n : q.a]) in self.lex.comparator_of for n in (1, 2, 3))
        if before in ("past", "over", "near") and not modified:
            return True
        if "emphatic" in q.tags:
            middle = atoms.word(q.a + 1)
            return middle in (
                "long",
                "short",
                "hard",
                "cold",
                "hot",
                "hot",
                "difficult",
                "further",
                "more",
                "other",
                "business",
                "working",
            )
        if before == "over":
            return True
        if q.kind == "duration" and q.unit != "day" and modified and before not in ("past", "near"):
            return False
        if q.kind != "duration" and modified and before in ("than", "nearly", "almost", "about"):
            return False
        return not (
            before == "for" and q.kind == "duration" and q.value is not None and q.unit == "year" and q.value >= 10
        )

    def _denominator(self, q: Quantity) -> bool:
        """The "100,000" of "per 100,000", the "three months" of "$500 every three months"."""
        atoms = self.atoms
        before = atoms.word(q.a - 1)
        if before in ("per", "/") or before == "of" and "per" in atoms.low[max(0, q.a - 4) : q.a]:
            return True
        if before in ("every", "each"):
            if atoms.word(q.a - 2) in ("of", "in", "for"):
                return True
            return (
                atoms.is_digits(q.a - 2)
                or atoms.word(q.a - 2) in self.words["period unit"]
                or self._amount_near(q.a - 2)
            )
        return False

    def _amount_near(self, i: int) -> bool:
        word = self.atoms.word(i)
        return word in self.lex.number_words or word in ("once", "twice", "times", "votes", "meetings", "deaths")

    # Names

    def _idiom(self, q: Quantity) -> bool:
        atoms = self.atoms
        for i in range(max(0, q.a - 4), q.b + 1):
            for phrase in self.lex.idioms.get(atoms.word(i), ()):
                if i + len(phrase) > q.a and i < q.b and atoms.match(i, phrase):
                    return True
        if q.unit == "percent" and q.value in (100, 110, 1000, 99.9, 200) and atoms.word(q.b) in self.words["certain"]:
            return True
        return False

    def _numbered(self, q: Quantity) -> bool:
        """ "Section 230", "page 2", "amendments 25 and 26", "No. 10"."""
        atoms, named = self.atoms, self.words["named"]
        if q.paired == "share" and "%" not in atoms.low[q.a : q.b]:
            return atoms.word(q.a - 1) in _PARTS
        if q.unit or q.number.scaled or q.number.vague:
            return False
        if not _RANKS.isdisjoint(atoms.low[max(0, q.a - 5) : q.a]) and not self._noun_at(q.b):
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
                return self._capital(i)
        word = atoms.word(i)
        if plural:
            return word in self.words["named plural"] or (
                word in named and self._capital(i) and atoms.is_digits(i + 1) and not self._noun_at(q.b)
            )
        if word not in named:
            return False
        if word in ("p", "c", "id", "box", "no", "po", "s", "doc", "act", "order", "case", "part") and not (
            atoms.word(q.a - 1) == "." or self._capital(i) or word in ("p", "c", "part")
        ):
            return False
        return not self._plural_at(q.b) or self._capital(i)

    def _plural_at(self, i: int) -> bool:
        word = self.atoms.word(i)
        return self._noun_at(i) and (word.endswith("s") and not word.endswith("'s") or word in ("people", "children", "men", "women", "per"))

    def _in_name(self, q: Quantity) -> bool:
        """A capital word right before a bare number that counts nothing: "Intermediate School 285", "Apollo 11"."""
        atoms = self.atoms
        if q.unit or q.number.scaled or q.number.vague or q.paired or q.change:
            return False
        if q.number.digits and "," not in atoms.raw[q.number.a] and not self._noun_at(q.b):
            if self.tree.names_noun_before(atoms.start[q.a]):
                return True
        if self.tree.in_entity(atoms.start[q.a], ("PERSON", "ORG", "PRODUCT", "FAC", "LOC", "MISC"), inside=True):
            return True
        i = q.a - 1
        if not q.number.digits:
            if self._capital(q.a) and self._capital(q.b) and not self._sentence_start(q.a) and q.number.value < 13:
                return atoms.is_word(i) and atoms.raw[i].islower()  # "the Four Seasons hotel"
            return (
                atoms.is_word(i)
                and self._capital(i)
                and self._capital(q.a)
                and not self._sentence_start(i)
                and not self._noun_at(q.b)
                and not atoms.broken(q.a)
            )
        if "," in atoms.raw[q.number.a] or atoms.broken(q.a):
            return False
        if not atoms.is_word(i) or not self._capital(i) or atoms.word(i) in self.words["function"]:
            return self._name_goes_on(q)
        if atoms.word(i) in self.words["month"] or atoms.word(i) in self.words["weekday"]:
            return False
        if self._plural_at(q.b) and not self._capital(q.b):
            return False
        if atoms.raw[i].isupper() and 2 <= len(atoms.raw[i]) <= 5 and q.number.value < 200:
            return True  # "the COP 15 summit"
        if self._sentence_start(i):
            return not self._noun_at(q.b) and self.tree.pos_at(atoms.start[i]) in ("PROPN", "NOUN")
        if self.tree.present and self.tree.pos_at(atoms.start[i]) not in ("PROPN", "NOUN", "SYM", "X"):
            return False
        if self.tree.present:
            if self._capital(q.b) and not self.tree.counts_common_noun(atoms.start[q.a]) and not self._plural_at(q.b):
                return True  # "iPhone 12 Pro Max"
            return self.tree.head_is(atoms.start[q.a], atoms.start[i]) or not self._noun_at(q.b)
        return not self._noun_at(q.b) or self._capital(q.b)

    def _name_goes_on(self, q: Quantity) -> bool:
        """ "Big 12", "Hamas-2"; a number before a capital word, both in capitals: "7 Days in Entebbe"."""
        atoms = self.atoms
        if atoms.word(q.a - 1) in DASHES and atoms.glued(q.a) and atoms.glued(q.a - 1):
            return self._capital(q.a - 2) and atoms.is_word(q.a - 2)
        return False

    def _sentence_start(self, i: int) -> bool:
        atoms = self.atoms
        return i == 0 or atoms.word(i - 1) in (".", "!", "?", '"', "“", "‘", ":", "”", "•", "—") or atoms.line_start(i)

    def _address(self, q: Quantity) -> bool:
        atoms = self.atoms
        if q.unit or q.number.scaled or not q.number.digits or "," in atoms.raw[q.number.a]:
            return False
        for k in range(q.b, q.b + 4):
            if not self._capital(k) and not atoms.is_digits(k) and atoms.word(k) not in ("th", "st", "rd", "nd", "."):
                return False
            if k > q.b and atoms.word(k) in self.words["street"] and self._capital(k):
                return True
        return False

    # Votes, scores, words that only look like figures

    def _score(self, q: Quantity) -> bool:
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

    def _hypothetical(self, q: Quantity) -> bool:
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

    def _one(self, q: Quantity) -> bool:
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

    def _descriptor(self, q: Quantity) -> bool:
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
        if hyphen and q.bare and atoms.glued(q.b + 1) and self._capital(q.b + 1) and not q.number.scaled:
            return q.number.digits
        if "hyphen" in q.tags and q.unit == "point":
            return atoms.word(q.b) in _POINTED
        return (
            q.unit == "" and (q.value or 0) < 13 and atoms.word(q.b) in ("way", "party", "sided", "fold") and not hyphen
        )

    def _multiple(self, q: Quantity) -> bool:
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
                verb = before in (
                    "to",
                    "will",
                    "would",
                    "could",
                    "should",
                    "may",
                    "might",
                    "can",
                    "nearly",
                    "almost",
                    "more",
                    "'ll",
                )
                compared = after in (
                    "the",
                    "that",
                    "its",
                    "their",
                    "his",
                    "her",
                    "what",
                    "those",
                    "our",
                    "in",
                    "from",
                    "by",
                    ",",
                    ".",
                    "since",
                    "over",
                    "on",
                    "to",
                    "or",
                )
                return not (compared or verb or before in ("than", "about", "roughly", "over", "is", "are"))
            return False
        if "adverb" in q.tags:
            if after in (
                "as",
                "the",
                "that",
                "its",
                "their",
                "what",
                "his",
                "her",
                "our",
                "those",
                "this",
                "your",
                "my",
                "a",
                "an",
            ):
                return after in ("a", "an") and True
            return True
        return after in DASHES and atoms.glued(q.b)

    def _half(self, q: Quantity) -> bool:
        atoms = self.atoms
        if q.number.b - q.number.a != 1 or atoms.word(q.number.a) not in ("half", "halves") or q.kind != "fraction":
            return False
        after, before = atoms.word(q.b), atoms.word(q.a - 1)
        if after in DASHES and atoms.glued(q.b) or before in DASHES and atoms.glued(q.a):
            return True
        if after in ("empty", "full", "asleep", "dead", "awake", "hearted", "mad", "naked"):
            return True
        if (
            after == "of"
            and atoms.is_word(q.a - 1)
            and "the" in atoms.low[max(0, q.a - 3) : q.a - 1]
            and not (before in self.words["function"] or before.endswith("ly") or before == "roughly")
        ):
            return (
                before not in ("top", "bottom", "lower", "upper", "poorest", "richest") or True
            )  # "the Republican half of"
        if after in (
            "of",
            "the",
            "all",
            "its",
            "their",
            "our",
            "his",
            "her",
            "that",
            "those",
            "these",
            "what",
            "as",
            "my",
            "your",
        ):
            return before in (
                "first",
                "second",
                "other",
                "latter",
                "better",
                "top",
                "bottom",
                "lower",
                "upper",
                "this",
                "later",
            )
        if before in (
            "in",
            "by",
            "than",
            "nearly",
            "almost",
            "about",
            "roughly",
            "only",
            "over",
            "under",
            "least",
            "around",
            "just",
            "fully",
            "exactly",
            "cut",
        ):
            return (
                after in ("empty", "full", "a", "an")
                or before == "only"
                and self._noun_at(q.b) is False
                and after == ""
            )
        if before == "and" and atoms.word(q.a - 2) in ("half", "%"):
            return False
        if before in ("or", "and") and (atoms.word(q.a - 2) in self.lex.number_words or atoms.is_digits(q.a - 2)):
            return True
        if self.tree.present:
            return not self.tree.is_argument(atoms.start[q.a])
        return after not in ("say", "said", "were", "are", "have", "had")

    def _pointing_back(self, q: Quantity) -> bool:
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
        noun = self._noun_at(q.b)
        if before in ("these", "those", "both", "'em", "other", "last", "first", "next", "latter", "same", "said"):
            return before not in ("first", "next", "last", "other") or not noun or before in ("other", "first")
        if before in ("all", "his", "her", "its", "their", "our", "my", "your") or before.endswith("'s"):
            return not noun
        if before == "the":
            if not noun:
                return atoms.word(q.b) != "of" or True
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
        if atoms.word(q.b) == "of" and atoms.word(q.b + 1) in (
            "them",
            "whom",
            "us",
            "those",
            "these",
            "which",
            "the",
            "its",
            "his",
            "her",
            "their",
            "our",
        ):
            return True
        if self.tree.present:
            return self.tree.is_argument(atoms.start[q.a], ("nsubj", "nsubj:pass"))
        return atoms.word(q.b) in ("were", "are", "have", "had", "died")

    def _points(self, q: Quantity) -> bool:
        if q.unit != "point" or q.value is None or q.value > 10 or q.number.digits:
            return False
        return _POLLING.isdisjoint(self.atoms.low[max(0, q.a - 40) : q.b + 40])

    def _apposed(self, q: Quantity) -> bool:
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
        return atoms.word(k) == "," and self._capital(k - 1) and "and" in atoms.low[max(0, k - 8) : k]

    def _noun_at(self, i: int) -> bool:
        """Whether a counted noun (with its adjectives) can begin at piece ``i``."""
        atoms = self.atoms
        if atoms.broken(i):
            return False
        if atoms.word(i) in DASHES and atoms.glued(i) and atoms.glued(i + 1):
            return True
        if atoms.word(i) in ("“", '"', "‘", "'") and atoms.is_word(i + 1):
            i += 1
        if not atoms.is_word(i):
            return False
        word = atoms.word(i)
        if word in self.words["function"] and word not in ("more", "fewer", "less", "near", "very", "like"):
            return False
        if self.tree.present:
            return self.tree.pos_at(atoms.start[i]) not in ("VERB", "AUX", "ADP", "SCONJ", "CCONJ", "PRON", "DET") or (
                self.tree.before_noun(atoms.start[i])
            )
        return True


_ORDINALS = lexicon().words["context ordinals"]
_NEAR_ZERO = lexicon().words["context near zero"]
_POINTED = lexicon().words["context pointed"]
_POLLING = lexicon().words["context polling"]
_GROUPS = lexicon().words["context groups"]
_SPORT_UNITS = lexicon().words["context sport units"]
_VIRUSES = lexicon().words["context viruses"]
_RANKS = lexicon().words["context ranks"]
_PARTS = lexicon().words["context parts"]
_OPENERS = frozenset(("PRON", "DET", "SCONJ", "AUX", "VERB", "ADP"))
_ERAS = lexicon().words["context eras"]
_DATED = lexicon().words["context dated"]
_PERSONS = lexicon().words["context persons"]
_SUPERSCRIPT = frozenset("²³")
_PREFIXES = lexicon().words["context prefixes"]
_ABBREVIATED = lexicon().words["context abbreviated"]
