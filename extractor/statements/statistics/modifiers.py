"""What the words round a figure do to it: comparator, change, baseline."""

from itertools import pairwise

from extractor.statements.statistics.atoms import Atoms
from extractor.statements.statistics.lexicon import lexicon
from extractor.statements.statistics.quantity import DASHES, Quantity
from extractor.statements.statistics.tree import Tree

_SKIP = lexicon().words["modifiers skip"]
_STOPS = frozenset('.;:!?()[]“”"—')
_CLAUSE_WORDS = lexicon().words["modifiers clause words"]
_LIGHT = lexicon().words["modifiers light"]


class Modifiers:
    """Reads comparator, change and baseline from the pieces beside a figure."""

    def __init__(self, atoms: Atoms, tree: Tree) -> None:
        self.atoms = atoms
        self.tree = tree
        self.lex = lexicon()
        self.words = self.lex.words
        self.up, self.down = self.words["up"], self.words["down"]

    def apply(self, found: list[Quantity]) -> None:
        """Set comparator, bounds, change and baseline of every quantity, in place."""
        for index, quantity in enumerate(found):
            self._comparator(quantity)
            if not quantity.change:
                self._change(quantity)
            if index:
                self._inherit(found[index - 1], quantity)
        for first, second in pairwise(found):
            self._against(first, second)
        for quantity in found:
            self._bounds(quantity)

    # Comparator

    def _comparator(self, q: Quantity) -> None:
        if q.comparator:
            return
        atoms = self.atoms
        after = self._after(q)
        if after:
            q.comparator = after
            return
        k = q.a - 1
        q.lead = k
        skipped = 0
        while skipped < 3 and atoms.word(k) in _SKIP and not self._comparator_at(k, q)[0]:
            k, skipped = k - 1, skipped + 1
        if atoms.word(k) == "between" and q.paired == "range":
            k -= 1
        q.comparator, lead = self._comparator_at(k, q)
        if q.comparator:
            q.lead = lead

    def _comparator_at(self, k: int, q: Quantity) -> tuple[str, int]:
        """The comparator that ends at piece ``k``, and the piece before it."""
        atoms = self.atoms
        for phrase in self.lex.comparators.get(atoms.word(k), ()):
            start = k - len(phrase) + 1
            if start < 0 or not atoms.match(start, phrase) or atoms.broken(k + 1):
                continue
            kind = self.lex.comparator_of[phrase]
            if len(phrase) == 1 and not self._single_fits(phrase[0], start, q):
                continue
            before = atoms.word(start - 1)
            if phrase == ("up", "to") and (before in self.words["move"] or before in self.up):
                continue  # "shot up to 46 percent"
            if phrase[0] in ("more", "less", "fewer", "greater") and before in ("no", "not", "n't"):
                return {"more than": "up to", "less than": "at least"}.get(kind, kind), start - 2
            if phrase in (("some",), ("about",), ("around",)) and before in ("than", "least", "over"):
                wider = self._comparator_at(start - 1, q)
                return wider if wider[0] else (kind, start - 1)
            return kind, start - 1
        return "", k

    def _single_fits(self, word: str, k: int, q: Quantity) -> bool:
        """Whether one word that is often a preposition modifies the figure here."""
        atoms = self.atoms
        before = atoms.word(k - 1)
        if word == "over":
            if q.kind == "duration":
                return before in _OVER_DURATION
            return before not in ("rose", "argument", "dispute", "row")
        if word == "under":
            return not (q.kind == "duration" and before in ("children", "people", "those", "anyone"))
        if word in ("past", "passed"):
            return before in self.up or before in ("barreled", "well", "just", "pushed", "sailed", "goes", "went")
        if word == "beyond":
            return q.kind != "duration"
        if word == "about":
            return before not in _TALK
        if word in ("above", "below"):
            return before not in self.lex.units and before not in ("%", "percent")
        if word in ("near", "around"):
            return q.kind != "duration" or word == "around"
        if word == "some":
            return True
        if word in ("exceed", "exceeds", "exceeded", "topped", "tops", "topping"):
            return True
        return True

    def _after(self, q: Quantity) -> str:
        atoms, b = self.atoms, q.b
        word = atoms.word(b)
        if word == "+" and (atoms.glued(b) or not atoms.is_digits(b + 1)):
            return "at least"
        if word == "-" and atoms.glued(b) and atoms.word(b + 1) in ("plus", "odd", "ish"):
            return "at least" if atoms.word(b + 1) == "plus" else "about"
        for phrase in self.lex.after_first.get(word, ()):
            if not atoms.match(b, phrase) or atoms.broken(b):
                continue
            if phrase == ("plus",) and not q.unit and not q.number.digits:
                continue
            if phrase in (("plus",), ("odd",)) and atoms.is_digits(b + 1):
                continue
            return self.lex.after_comparators[phrase]
        for skip in range(1, 4):  # "100,000 people or more", "16,303 people at least"
            k = b + skip
            if not atoms.is_word(k - 1) or atoms.word(k - 1) in self.words["function"]:
                return ""
            for phrase in self.lex.after_first.get(atoms.word(k), ()):
                if (
                    len(phrase) > 1
                    and phrase[0] in ("or", "at")
                    and atoms.match(k, phrase)
                    and phrase[1] not in ("so",)
                ):
                    tail = atoms.word(k + len(phrase))
                    if phrase[0] != "at" or tail in (".", ",", "in", ""):
                        return self.lex.after_comparators[phrase] if tail not in self.lex.number_words else ""
        return ""

    def _inherit(self, first: Quantity, second: Quantity) -> None:
        """ "more than $38m and $23m, respectively", "plunged to 14.8m in 2020 and 4.9m in 2021": it holds for both."""
        atoms = self.atoms
        if first.kind != second.kind or first.unit != second.unit:
            return
        gap = tuple(atoms.low[first.b : second.a])
        if first.comparator and not second.comparator and gap in (("and",), (",",), (",", "and")):
            if "respectively" in atoms.low[second.b : second.b + 6]:
                second.comparator = first.comparator
        plain = all(w in ("and", ",", "in", "by", "to", "per", "cent", "about", "over") or w[0].isdigit() for w in gap)
        if first.change and not second.change and plain and "and" in gap[-2:]:
            second.change = first.change

    def _bounds(self, q: Quantity) -> None:
        q.comparator = q.comparator or "exactly"
        if q.paired == "range" or q.number.vague or q.value is None:
            return
        if q.comparator in ("at least", "more than"):
            q.low = q.value
        elif q.comparator in ("up to", "less than"):
            q.high = q.value

    # Change

    def _change(self, q: Quantity) -> None:
        change = self._right(q) or self._left(q)
        if change and q.kind == "duration" and not self._duration_changes(q):
            return
        q.change = change
        if q.kind == "fraction" and change and self.atoms.word(q.a - 1) == "in" and q.value == 50:
            q.value, q.unit, q.kind = 0.5, "times", "multiple"

    def _duration_changes(self, q: Quantity) -> bool:
        return self.atoms.word(q.a - 1) in ("by", "to") or self.atoms.word(q.a - 1) in self.up | self.down

    def _right(self, q: Quantity) -> str:
        """ "a 12% rise", "3.2 times higher", "9% up on last year", "a 5 per cent pay cut"."""
        atoms, b = self.atoms, q.b
        if q.number.vague and not q.unit or atoms.broken(b):
            return ""
        word = atoms.word(b)
        if word in DASHES and atoms.glued(b) and atoms.is_word(b + 1):
            b += 1
            word = atoms.word(b)
        if word in self.words["adjective up"] or word in self.words["adjective down"]:
            up = word in self.words["adjective up"]
            if word in ("above", "below"):
                later = atoms.low[b + 1 : b + 4]
                if "level" in later or "levels" in later or "peak" in later:
                    return "up" if up else "down"
                return ""
            if word in ("up", "down") and atoms.word(b + 1) in ("to", "from", "for", "front"):
                return ""
            if word in ("older", "younger", "taller", "longer", "stronger") and q.kind in ("duration", "length"):
                return ""
            if q.kind == "count" and word not in ("up", "down"):
                return "" if q.bare else ("up" if up else "down")
            return "up" if up else "down"
        if word in ("more", "less", "fewer") and q.kind != "duration":
            return self._compared(q, b, word)
        if word in _BY_NOUN and atoms.word(b + 1) in ("a", "an", "the"):
            return ""
        for k in range(b, b + (1 if q.kind == "count" else 4)):
            word = atoms.word(k)
            if word in self.words["noun up"] or word in self.words["noun down"]:
                if (
                    k > b
                    and atoms.word(k - 1) in ("of", "in", "and", "the")
                    and not (
                        word in ("cuts", "savings", "increases", "reductions", "cut")
                        and k == b + 2
                        and atoms.word(b) in ("of", "in")
                    )
                ):
                    return ""
                if word in ("gain", "gains", "boost", "discount") and q.kind == "money":
                    return ""
                return "up" if word in self.words["noun up"] else "down"
            if not atoms.is_word(k) or atoms.broken(k):
                return ""
            if word in self.words["function"] and not (k == b and word in ("of", "in")):
                return ""
        return ""

    def _compared(self, q: Quantity, b: int, word: str) -> str:
        """ "37 per cent more than in 2021": a comparison in time is a change, one between things is none."""
        atoms = self.atoms
        then = atoms.low[b + 1 : b + 9]
        if "than" not in then:
            return ""
        rest = then[then.index("than") + 1 :]
        time = any(
            w in _COMPARED_TIMES or w in self.words["month"] and w != "may" or (w[0].isdigit() and len(w) == 4)
            for w in rest[:6]
        )
        return ("up" if word == "more" else "down") if time else ""

    def _left(self, q: Quantity) -> str:
        """ "rose (by) 12%", "cut to £2bn", "an increase of 5", "up 3", "raised interest rates by 25 basis points"."""
        atoms = self.atoms
        if atoms.word(q.a - 1) == "in" and q.kind == "fraction" and q.value == 50:
            near = set(atoms.low[max(0, q.a - 7) : q.a])
            return "down" if near & self.down else ""
        if atoms.word(q.lead + 1) == "past" and atoms.word(q.lead) in self.up:
            return "up"
        k = self._over_level(q.lead)
        link = ""
        steps = 0
        commas = 0
        while k >= 0 and steps < 16:
            word = atoms.word(k)
            if atoms.broken(k + 1) or word in _STOPS:
                return ""
            if word == ",":
                commas += 1
                if commas > 1 or not link:
                    return ""
            if (
                word
                in ("by", "to", "of", "at", "in", "from", "for", "with", "on", "about", "against", "than", "between")
                and not link
            ):
                link = word
                if word in ("for", "with", "about", "on", "against", "from", "at"):
                    if not (word == "at" and atoms.word(k - 1) in self.words["noun up"] | self.words["noun down"]):
                        return ""
            if steps and word[0].isdigit() and not self._crossable(k):
                return ""
            if (
                link == "to"
                and word in ("bring", "brings", "brought", "bringing", "takes")
                and atoms.word(q.lead) == "to"
            ):
                return "up"
            if word in self.up or word in self.down:
                direction = "up" if word in self.up else "down"
                verdict = self._governs(q, word, k, link, steps)
                if verdict:
                    return direction
                if verdict is None:
                    return ""
            elif link in ("to", "by") and word not in self.words["move"] and self.tree.finite_verb(atoms.start[k]):
                return ""
            elif steps == 0 and not link and word not in _LIGHT:
                return "" if not self._adverb(word) else self._left_from(q, k - 1)
            elif link in ("in",) and steps > 3:
                return ""
            elif word in _CLAUSE_WORDS and steps > 0 and link not in ("by", "to"):
                return ""
            elif not link and word not in _LIGHT and not self._adverb(word):
                return ""
            elif word in ("is", "are", "was", "were", "has", "have", "be") and link in ("of", "in"):
                return ""
            k -= 1
            steps += 1
        return ""

    def _crossable(self, k: int) -> bool:
        """Whether an earlier figure is itself by how much ("rose by 3 to 5")."""
        if len(self.atoms.low[k]) == 4 and self.atoms.low[k].isdigit():
            return True  # a year
        before = self.atoms.low[max(0, k - 5) : k]
        still = self.words["no change object"]
        return "by" in before or any((w in self.up or w in self.down) and w not in still for w in before)

    def _over_level(self, k: int) -> int:
        """Skip "a low of" in "drop to a low of about $1bn"."""
        atoms = self.atoms
        if atoms.word(k) == "of" and atoms.word(k - 1) in _LEVELS:
            for j in (k - 2, k - 3, k - 4):
                if atoms.word(j) in ("to", "by"):
                    return j
        return k

    def _left_from(self, q: Quantity, k: int) -> str:
        word = self.atoms.word(k)
        if word in self.up or word in self.down:
            if self._governs(q, word, k, "", 1):
                return "up" if word in self.up else "down"
        return ""

    def _adverb(self, word: str) -> bool:
        return word.endswith("ly") and len(word) > 4

    def _governs(self, q: Quantity, word: str, k: int, link: str, steps: int) -> bool | None:
        """Whether the word of change has the figure for its measure or its end; ``None`` ends the search."""
        atoms = self.atoms
        noun = word in self.words["noun up"] or word in self.words["noun down"]
        if word in ("up", "down"):
            before, after = atoms.word(k - 1), atoms.word(k + 1)
            if (
                after == "to"
                and word == "up"
                and before not in self.words["move"] | self.words["up"] | {"is", "now", "was"}
            ):
                return None if not link or link == "to" else False
            if before in self.words["phrasal"] or self._phrasal_verb(k - 1):
                return None
            if before in self.words["move"] and link in ("by", "to"):
                return True
            if link in ("of", "in") or (link == "to" and steps > 4):
                return None if steps < 3 else False
            if link == "by" and steps > 3:
                return False
            return not link or link == "by" or (link == "to" and (before in self.words["move"] or steps <= 2))
        if word in _COMPARATIVES:
            return link == "by" and steps <= 2
        if link == "by":
            small = q.kind == "count" and not q.number.digits and not q.number.scaled
            return not (small and self._transitive_count(q, word))
        if link == "to":
            if word in ("slow", "back", "contract", "lead", "advance") and noun:
                return None
            return self._end_of_change(q, k)
        if link in ("of", "in"):
            return noun and self._noun_of(q, k, link)
        if not link:
            if q.kind == "count" and word in self.words["no change object"]:
                return None
            if q.kind == "money" and word in self.words["no change object"]:
                return None
            if noun and atoms.word(k - 1) in ("a", "the", "of"):
                return False
            if q.kind == "count" and not q.number.digits and not q.number.scaled:
                return None
            if q.kind == "count" and self._transitive_count(q, word):
                return word in ("cut", "cuts", "cutting", "slashed", "slash", "slashing", "shed", "axed")
            return q.kind != "duration" or word not in ("cut",)
        return False

    def _phrasal_verb(self, i: int) -> bool:
        """Whether the word before "up" or "down" is a verb that moves nothing ("serving up 200,000 dishes")."""
        word = self.atoms.word(i)
        moving = self.words["move"] | self.up | self.down
        return self.tree.present and self.tree.pos_at(self.atoms.start[i]) == "VERB" and word not in moving | _BE

    def _transitive_count(self, q: Quantity, word: str) -> bool:
        """ "cut 500 jobs", "dropped 12 charges": a plural noun follows a plain count."""
        return self.atoms.is_word(q.b) and self.atoms.word(q.b) not in self.words["function"]

    def _end_of_change(self, q: Quantity, k: int) -> bool:
        """ "rise to £3,549", "raised the cap to £500"; not "increased aid to 5 countries"."""
        if q.kind != "count":
            return q.kind not in ("duration",) or self.atoms.word(q.a - 1) == "to"
        word = self.atoms.word(q.b)
        return self.atoms.word(q.a - 1) == "to" or word in self.words["function"] or not self.atoms.is_word(q.b)

    def _noun_of(self, q: Quantity, k: int, link: str) -> bool:
        """ "an increase of 12%", "growth in spending of 3%"."""
        if link == "in":
            return False
        return k >= q.a - 8

    # Baseline

    def _against(self, first: Quantity, second: Quantity) -> None:
        """ "12%, against 9% a year ago": two rows, the first with a baseline."""
        atoms = self.atoms
        if first.baseline is not None or second.value is None or first.value is None or first.unit != second.unit:
            return
        gap = atoms.low[first.b : second.a]
        if not gap or len(gap) > 12 or any(w in (".", ";", ":") for w in gap):
            return
        cue = gap[-1] in ("against", "versus") or tuple(gap[-2:]) in (("compared", "with"), ("compared", "to"))
        later = atoms.low[second.b : second.b + 9]
        time = any(
            w in ("ago", "before", "earlier", "previous", "last", "year", "previously")
            or (w[0].isdigit() and len(w) == 4)
            for w in later
        )
        if cue and time and first.kind != "multiple":
            first.baseline = second.value


_OVER_DURATION = lexicon().words["modifiers over duration"]
_LEVELS = lexicon().words["modifiers levels"]
_BY_NOUN = frozenset(["by"])
_TALK = lexicon().words["modifiers talk"]
_COMPARED_TIMES = lexicon().words["modifiers compared times"]
_BE = frozenset({"be", "been", "being", "is", "are", "was", "were"})
_COMPARATIVES = lexicon().words["modifiers comparatives"]
