"""No statistics because they date: times, dates, years, ages, "two weeks ago", "a year"."""

from extractor.statements.statistics.lexicon import lexicon
from extractor.statements.statistics.quantity import DASHES, Quantity
from extractor.statements.statistics.rules import Rules


class TimeRules(Rules):
    """No statistics because they date: times, dates, years, ages, "two weeks ago", "a year"."""

    def time(self, q: Quantity) -> bool:
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
                return not self.noun_at(b)
        return q.bare and after == ":" and atoms.glued(b) and atoms.glued(b + 1) and atoms.is_digits(b + 1)

    def date(self, q: Quantity) -> bool:
        atoms, months = self.atoms, self.words["month"]
        if q.unit or q.number.scaled or q.number.vague or not self.small(q, 31):
            return False
        before, after = atoms.word(q.a - 1), atoms.word(q.b)
        if before == "." and atoms.word(q.a - 2) in months:
            before = atoms.word(q.a - 2)
        if before in months and atoms.raw[q.a - 1 - (atoms.word(q.a - 1) == ".")][0].isupper():
            return before != "may" or not self.noun_at(q.b)
        if before in ("and", "to", "-", "–", "or", "through", ",", "until", "/") and atoms.is_digits(q.a - 2):
            k = q.a - 3
            if atoms.word(k) in months or (atoms.word(k) == "." and atoms.word(k - 1) in months):
                return True
        if after == "of":
            after = atoms.word(q.b + 1)
        if after in months and self.capital(q.b + (atoms.word(q.b) == "of")):
            return True
        if after in ("and", "to", "-", "–", "or", "/") and atoms.is_digits(q.b + 1) and atoms.word(q.b + 2) in months:
            return self.capital(q.b + 2)
        return before in self.words["weekday"] and self.capital(q.a - 1) and not self.noun_at(q.b)

    def year(self, q: Quantity) -> bool:
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
        if atoms.word(q.b) in _ERAS and self.capital(q.b) or atoms.word(q.a - 1) == "ad" and self.capital(q.a - 1):
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
        if not self.noun_at(b):
            return False
        noun = atoms.word(b)
        people = noun in _COUNTED_PEOPLE
        plural = people or (noun.endswith("s") and not noun.endswith(("ss", "us", "is"))) or noun in ("new", "more")
        if noun in _DATED or self.capital(b) or not atoms.is_word(q.a - 1):
            return False
        if before in ("than", "nearly", "over", "almost", "some", "least", "about", "around", "roughly", "of"):
            return plural
        if before in self.words["function"] or before in ("early", "late", "mid", "since") or before.endswith("'s"):
            return people and before in ("to", "with", "for", "and", "has", "have", "had", "are", "were")
        if not self.tree.present:
            return plural and (people or before.endswith("ed"))
        return plural and (people or self.tree.pos_at(atoms.start[q.a - 1]) == "VERB")

    def age(self, q: Quantity) -> bool:
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
        if "lent" in q.tags and not {"old", "olds"}.isdisjoint(atoms.low[q.b : q.b + 12]):
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
            return self.capital(q.a - 2) and q.number.digits or self.tree.in_entity(atoms.start[q.a - 2], ("PERSON",))
        if before == "now" and atoms.word(q.a - 2) == "," and after in (",", ".") and q.bare:
            return True  # "Kemp, now 40, …"
        if (
            before == "of"
            and atoms.word(q.a - 2) in _PERSONS
            and q.bare
            and (q.value or 0) > 2
            and not self.noun_at(q.b)
        ):
            return (q.value or 0) > 12 or atoms.word(q.a - 2) not in self.words["counts people"]
        if before == "," and after == "," and not q.number.digits and 12 < q.number.value < 110 and q.bare:
            return True
        if before == "(" and after == ")":
            return self.capital(q.a - 2) and q.number.digits
        return before in ("who", "was", "is", "am", "be") and self._age_predicate(q)

    def _group_age(self, q: Quantity, before: str, after: str) -> bool:
        """ "blacks 45 and older", "those over 45", "ages 18 to 29"."""
        atoms = self.atoms
        if self.noun_at(q.b) or q.number.vague:
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
        return subject in ("he", "she", "i", "who", "you") and q.bare and not q.number.vague and not self.noun_at(q.b)

    def when(self, q: Quantity) -> bool:
        if q.kind != "duration":
            return False
        atoms = self.atoms
        low = atoms.low
        end = q.b + 2 if atoms.word(q.b) == "or" and atoms.word(q.b + 1) in ("more", "so", "less") else q.b
        after, before = atoms.word(end), atoms.word(q.a - 1)
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

    def article(self, q: Quantity) -> bool:
        """ "a year" by itself is a rate or a date; "a full year", "about a century", "for a decade" last."""
        if "article" not in q.tags:
            return False
        atoms = self.atoms
        before = atoms.word(q.a - 1)
        if atoms.glued(q.b) and atoms.word(q.b) in DASHES:
            return True
        if q.number.value == 0.5:
            return atoms.word(q.b) in self.words["when after"]
        modified = any(tuple(atoms.low[q.a - n : q.a]) in self.lex.comparator_of for n in (1, 2, 3))
        if before in ("past", "over", "near") and not modified:
            return True
        if "emphatic" in q.tags:
            return atoms.word(q.a + 1) in _PASSING_ADJECTIVES
        if before == "over":
            return True
        if q.kind == "duration" and q.unit != "day" and modified and before not in ("past", "near"):
            return False
        if q.kind != "duration" and modified and before in ("than", "nearly", "almost", "about"):
            return False
        return not (
            before == "for" and q.kind == "duration" and q.value is not None and q.unit == "year" and q.value >= 10
        )

    def denominator(self, q: Quantity) -> bool:
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


_ENDS = frozenset(".;:!?")
_GROUPS = lexicon().words["context groups"]
_ERAS = lexicon().words["context eras"]
_DATED = lexicon().words["context dated"]
_PERSONS = lexicon().words["context persons"]
_COUNTED_PEOPLE = lexicon().words["context counted people"]
_PASSING_ADJECTIVES = lexicon().words["context passing adjectives"]
