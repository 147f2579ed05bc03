"""What the reject rules share: the pieces, the tree, and questions about the words beside a number."""

from extractor.statements.statistics.atoms import Atoms
from extractor.statements.statistics.lexicon import lexicon
from extractor.statements.statistics.quantity import DASHES, Quantity
from extractor.statements.statistics.tree import Tree


class Rules:
    """What the reject rules share: the pieces, the tree, and questions about the words beside a number."""

    def __init__(self, atoms: Atoms, tree: Tree) -> None:
        self.atoms = atoms
        self.tree = tree
        self.lex = lexicon()
        self.words = self.lex.words

    def bare_year(self, i: int) -> bool:
        word = self.atoms.word(i)
        return len(word) == 4 and word.isdigit() and 1500 <= int(word) <= 2100

    def small(self, q: Quantity, most: int) -> bool:
        values = [v for v in (q.value, q.low, q.high) if v is not None]
        return bool(values) and all(v == int(v) and 0 < v <= most for v in values)

    def capital(self, i: int) -> bool:
        if not 0 <= i < len(self.atoms):
            return False
        raw = self.atoms.raw[i]
        return raw[0].isupper() or not raw.islower() and raw.isalpha()  # "iPhone"

    def plural_at(self, i: int) -> bool:
        word = self.atoms.word(i)
        return self.noun_at(i) and (
            word.endswith("s") and not word.endswith("'s") or word in ("people", "children", "men", "women", "per")
        )

    def sentence_start(self, i: int) -> bool:
        atoms = self.atoms
        return i == 0 or atoms.word(i - 1) in (".", "!", "?", '"', "“", "‘", ":", "”", "•", "—") or atoms.line_start(i)

    def noun_at(self, i: int) -> bool:
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
