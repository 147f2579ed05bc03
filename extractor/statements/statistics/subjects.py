"""What changes, by the words alone: the noun before the verb of change or measure, or the one that it acts on.

A tree says the same where it is right; near figures ("Borrowing hit £2.3bn", headlines) it often is not, so for verbs
that measure the words are asked first.
"""

from extractor.statements.statistics.atoms import Atoms
from extractor.statements.statistics.lexicon import lexicon
from extractor.statements.statistics.quantity import Quantity
from extractor.statements.statistics.tree import Tree

_BETWEEN = lexicon().words["subjects between"]
_BESIDE_VERB = lexicon().words["subjects beside verb"]
_MEASURES = lexicon().words["subjects measures"]
_CONNECTORS = lexicon().words["subjects connectors"]
_OPENING = lexicon().words["subjects opening"]
_PRONOUNS = lexicon().words["subjects pronouns"]
_LONGEST = 12


class Subjects:
    """Finds the subject or object of a verb of change or measure beside a figure."""

    def __init__(self, atoms: Atoms, tree: Tree) -> None:
        self.atoms = atoms
        self.tree = tree
        self.words = lexicon().words
        self.function = self.words["function"]
        self.change = self.words["up"] | self.words["down"] | self.words["move"]

    def of(self, q: Quantity) -> tuple[int, int] | None:
        """Characters of what the figure measures, ``None`` where no such verb stands beside it."""
        atoms = self.atoms
        if q.kind == "multiple" and atoms.word(q.a) in self.change | _MEASURES and q.number.b - q.number.a == 1:
            return self._object_after(q.b) or self._before_verb(q.a)
        if q.kind == "multiple" and atoms.word(q.a - 1) == "in" and atoms.word(q.a - 2) in self.change:
            return self._before_verb(q.a - 2)  # "cut in half"
        k = q.lead if q.lead >= 0 else q.a - 1
        if atoms.word(k) == "at" and atoms.word(k - 1) == ",":
            return self.noun_phrase(k - 2)  # "Inflation, at 3%, …"
        if "own baseline" in q.tags:
            start = next((j for j in range(k, max(k - _LONGEST, -1), -1) if atoms.word(j) == "from"), None)
            k = start - 1 if start is not None else k
        k, link, moved = self._over_light(k)
        word = atoms.word(k)
        if word in self.change or word in _MEASURES:
            return self._before_verb(k)
        if moved and atoms.word(k + 1) in ("up", "down", "back") and not link:
            return self.noun_phrase(k)
        if link in ("by", "to", "past", "at") and q.change:
            return self._acted_on(k)
        return None

    def _over_light(self, k: int) -> tuple[int, str, bool]:
        link, moved = "", False
        for _ in range(7):
            word = self.atoms.word(k)
            if word not in _BETWEEN or word in ("is", "are"):
                break
            if word in ("by", "to", "past", "at"):
                link = word
            if word in ("up", "down"):
                moved = True
            k -= 1
        return k, link, moved

    def _acted_on(self, end: int) -> tuple[int, int] | None:
        """ "raised interest rates by 25 points": the noun between the verb and the preposition."""
        atoms = self.atoms
        for k in range(end, max(end - _LONGEST, -1), -1):
            word = atoms.word(k)
            if k < end and (word in self.change):
                after = k + 1
                while atoms.word(after) in ("up", "down", "back", "out"):
                    after += 1
                if after > end:
                    return None
                start = after
                while atoms.word(start) in ("the", "a", "an", "its", "their", "his", "her", "our", "this"):
                    start += 1
                return atoms.span(start, end + 1) if start <= end else None
            if not atoms.is_word(k) or atoms.broken(k + 1):
                return None
        return None

    def _object_after(self, i: int) -> tuple[int, int] | None:
        """ "doubled the lead": the object after a verb that multiplies."""
        atoms = self.atoms
        if atoms.word(i) not in ("the", "its", "their", "his", "her", "our"):
            return None
        j = i + 1
        while j < i + 6 and atoms.is_word(j) and atoms.word(j) not in self.function:
            j += 1
        return atoms.span(i + 1, j) if j > i + 1 else None

    def _before_verb(self, k: int) -> tuple[int, int] | None:
        """The noun phrase that ends before the verb group whose last word is ``k``."""
        atoms = self.atoms
        k -= 1
        for _ in range(8):
            word = atoms.word(k)
            if (
                word in _BESIDE_VERB
                or word in self.change
                and word not in ("growth",)
                or word.endswith("ly")
                or word in ("'s", "’")
            ):
                if self._is_noun(k) and word not in _BESIDE_VERB:
                    break
                k -= 1
                continue
            break
        if atoms.word(k) == "," or atoms.word(k) in (")", "—", "–"):
            k = self._over_aside(k)
        if atoms.word(k) in ("that", "which", "who"):
            k -= 1
            if atoms.word(k) == ",":
                k -= 1
            if not atoms.is_word(k):
                k += 1
        return self.noun_phrase(k)

    def _over_aside(self, k: int) -> int:
        """ "Inflation, which …, rose": back over what stands between two commas."""
        atoms = self.atoms
        opening = {",": ",", ")": "(", "—": "—", "–": "–"}[atoms.word(k)]
        for j in range(k - 1, max(k - 20, -1), -1):
            if atoms.word(j) == opening:
                return j - 1
            if atoms.word(j) in (".", ";"):
                break
        return k

    def _is_noun(self, i: int) -> bool:
        return not self.tree.present or self.tree.pos_at(self.atoms.start[i]) in ("NOUN", "PROPN")

    def noun_phrase(self, end: int) -> tuple[int, int] | None:
        """The noun phrase whose last word is ``end``."""
        atoms = self.atoms
        if atoms.word(end) in ("it", "they", "that", "this"):
            return self.tree.subject_before(atoms.start[end])
        if not atoms.is_word(end) or atoms.word(end) in self.function or atoms.word(end) in _PRONOUNS:
            return None
        j = end
        while j > 0 and end - j < _LONGEST and not atoms.broken(j):
            word = atoms.word(j - 1)
            if word in ("-", "‐") and atoms.glued(j):
                j -= 1
                continue
            if not atoms.is_word(j - 1) or word in self.function and word not in _CONNECTORS or word in _PRONOUNS:
                break
            if word in self.change and not self._is_noun(j - 1):
                break
            if self.tree.present and self.tree.pos_at(atoms.start[j - 1]) in ("VERB", "AUX", "SCONJ", "ADV", "PRON"):
                if not (word.endswith(("ing", "ed")) and self.tree.before_noun(atoms.start[j - 1])):
                    break
            j -= 1
        while j > 0 and atoms.glued(j) and (atoms.is_digits(j - 1) or atoms.word(j - 1) == "-"):
            j -= 1  # "under-25s"
            if atoms.word(j) == "-" and atoms.is_word(j - 1):
                j -= 1
        while j < end and (atoms.word(j) in _OPENING or atoms.word(j) == "-"):
            j += 1
        for start in range(j, end):
            if atoms.word(start) in ("number", "proportion", "share", "percentage") and atoms.word(start + 1) == "of":
                j = start + 2
                while atoms.word(j) in ("the", "a") and j < end:
                    j += 1
        return atoms.span(j, end + 1)
