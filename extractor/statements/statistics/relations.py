"""What a figure is of: the whole of a share, the things counted, what an amount measures."""

from spacy.tokens import Token

from extractor.statements.statistics.atoms import Atoms
from extractor.statements.statistics.lexicon import lexicon
from extractor.statements.statistics.quantity import DASHES, Quantity
from extractor.statements.statistics.subjects import Subjects
from extractor.statements.statistics.tree import Tree

_SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "expl")
_PRONOUNS = lexicon().words["relations pronouns"]
_MEASURED = lexicon().words["relations measured"]
_MEASURING = lexicon().words["relations measuring"]
_TIMES = lexicon().words["relations times"]
_NEARBY = lexicon().words["relations nearby"]
_LEVELS = lexicon().words["relations levels"]
_FUNDS = lexicon().words["relations funds"]
_QUOTES = frozenset("“”\"'‘’")
_LONGEST_PHRASE = 9
_DETERMINERS = lexicon().words["relations determiners"]


class Relations:
    """Finds ``of`` for each quantity: from the words beside it where they say so, else over the tree."""

    def __init__(self, atoms: Atoms, tree: Tree) -> None:
        self.atoms = atoms
        self.tree = tree
        self.lex = lexicon()
        words = self.lex.words
        self.changes = words["noun up"] | words["noun down"] | words["up"] | words["down"]
        self.subjects = Subjects(atoms, tree)
        self.function = self.lex.words["function"]
        self.barred = self.function - {"very", "near", "like", "more", "less", "them", "us", "all"}

    def apply(self, found: list[Quantity]) -> list[tuple[int, int] | None]:
        """The characters of what each quantity is of, ``None`` where the text does not say."""
        out: list[tuple[int, int] | None] = []
        for index, quantity in enumerate(found):
            if index and self._converts(found[index - 1], quantity):
                out.append(out[-1])
                continue
            span = self._of(quantity)
            if quantity.whole is None:
                span = self._clipped(span, quantity)
            if span is None and index:
                span = self._carried(quantity, found[index - 1], out[index - 1])
            out.append(span)
        return out

    def _converts(self, first: Quantity, second: Quantity) -> bool:
        """Whether the second figure gives the first in brackets in another unit: "£1.3bn ($1.7bn)"."""
        gap = self.atoms.low[first.b : second.a]
        return gap[:1] == ["("] and len(gap) <= 3 and first.kind == second.kind and first.kind != "count"

    def _clipped(self, span: tuple[int, int] | None, q: Quantity) -> tuple[int, int] | None:
        """The phrase without the figure itself: cut before it, nothing when the figure begins it."""
        start, end = self.atoms.span(q.a, q.b)
        if span is None or span[1] <= start or span[0] >= end:
            return span
        k = min(q.lead, q.a - 1) if q.lead >= 0 else q.a - 1
        while (
            k >= 0
            and (self.atoms.word(k) in self.function or self.atoms.word(k) in _NEARBY or not self.atoms.is_word(k))
            and self.atoms.start[k] > span[0]
        ):
            k -= 1
        if k < 0 or self.atoms.start[k] < span[0] or self.atoms.word(k) in ("only", "just", "another", "even", "plus"):
            return None
        return span[0], self.atoms.end[k]

    def _of(self, q: Quantity) -> tuple[int, int] | None:
        if q.whole is not None:
            start, end = q.whole
            while self.atoms.word(start) in _DETERMINERS:
                start += 1
            return self.atoms.span(start, end)
        if q.value == 0 and self.atoms.word(q.a - 1) == "," and q.bare:
            return self.subjects.noun_phrase(q.a - 2)  # "not a single minister, zero, …"
        span = self._beside(q)
        if span is None and q.kind in ("share", "fraction"):
            span = self._among(q)
        if span is None and q.kind == "share" and q.unit == "percentage point" and not q.change:
            span = self._lead(q)
        if span is None and q.kind not in _MEASURED:
            span = self.subjects.of(q)
        if span is None and self.tree.present:
            span = self._above(q)
        if span is None and not self.tree.present:
            span = self._before(q)
        return span

    def _lead(self, q: Quantity) -> tuple[int, int] | None:
        """ "with a lead of 5 points", "an advantage …": the lead itself, where one is spoken of."""
        atoms = self.atoms
        for k in range(q.a - 1, max(q.a - 14, -1), -1):
            if atoms.word(k) in (".", ";") or atoms.broken(k + 1):
                return None
            if atoms.word(k) in ("lead", "advantage", "margin", "gap", "swing", "edge", "majority", "deficit", "error"):
                if atoms.word(k - 1) in ("of",) and atoms.word(k - 2) == "margin":
                    return atoms.span(k - 2, k + 1)
                return self._phrase(k)
        return None

    # Beside the figure

    def _beside(self, q: Quantity) -> tuple[int, int] | None:
        """ "91 percent of X", "1,000 homes", "$100 million penalty", "$8.8 billion in debt"."""
        atoms = self.atoms
        b = self._after_modifier(q.b)
        if atoms.broken(b):
            return None
        word = atoms.word(b)
        if word == "." and atoms.word(b - 1) == "cent" and atoms.raw[b + 1 : b + 2] and atoms.raw[b + 1].islower():
            b += 1  # "a 10 per cent. bonus", as Hansard writes it
            word = atoms.word(b)
        if atoms.raw[b : b + 1] and atoms.raw[b] in _QUOTES and atoms.word(b + 1) == "of":
            b += 1
            word = atoms.word(b)
        if q.paired == "vote":
            while atoms.word(b) in DASHES or atoms.word(b) == "to" or atoms.is_digits(b):
                b += 1
            word = atoms.word(b)
        if word in DASHES and atoms.glued(b) and atoms.is_word(b + 1) and atoms.glued(b + 1):
            joined = b + 1
            b += 2  # "30,000-strong workforce", "$12-an-hour workers", "46-page analysis"
            while atoms.word(b) in DASHES and atoms.glued(b):
                b += 2
            if q.kind == "count" and atoms.word(joined) not in ("strong", "plus", "odd", "ish", "a", "an", "per"):
                return atoms.span(joined, joined + 1)
            return self._phrase(b) or self._phrase(b - 1)
        rate = False
        if word in ("a", "an") and q.kind in ("money", "share") and atoms.word(b + 1) in self.lex.words["period unit"]:
            b += 2
            word, rate = atoms.word(b), True
        elif word == "per" and atoms.word(b + 2) == "of":
            b += 2
            word = atoms.word(b)
        if q.kind == "multiple":
            return self._multiplied(q, b)
        if word == "of":
            return self._phrase(b + 1, pronouns=True)
        if word in ("more", "fewer", "less", "extra", "additional", "other") and atoms.word(b + 1) != "than":
            span = self._phrase(b + 1)
            if span:
                return span
        if word in ("the", "all", "its", "their", "our", "his", "her", "those", "these") and q.kind in (
            "fraction",
            "multiple",
        ):
            return self._phrase(b)
        if q.kind == "count" or q.paired == "share" or q.kind in ("money", "share"):
            span = self._phrase(b)
            if span and atoms.word(b) not in ("mark", "threshold", "barrier", "milestone", "ceiling"):
                return span
        if q.kind == "duration" and word in ("under", "in") and self._thing_at(b + 1, "in"):
            return self._phrase(b + 1)  # "15 years under house arrest"
        if "hyphen" in q.tags:
            return self._phrase(b)
        if q.kind == "money" and word in ("in", "for", "on") and not rate and self._thing_at(b + 1, word):
            return self._phrase(b + 1)
        return None

    def _thing_at(self, i: int, word: str) -> bool:
        """Whether "in debt" says what the money is, "in the red", "in 2015", "in Ohio" do not."""
        atoms = self.atoms
        if not atoms.is_word(i) or atoms.word(i) in self.lex.words["month"] or atoms.word(i) in _TIMES:
            return False
        if word == "in":
            return atoms.word(i) not in self.function and (not atoms.raw[i][0].isupper() or atoms.word(i + 1) in _FUNDS)
        return not atoms.raw[i][0].isupper()

    def _multiplied(self, q: Quantity, b: int) -> tuple[int, int] | None:
        """ "twice as many women", "double the rate", "three times the national average"."""
        atoms = self.atoms
        if atoms.word(b) == "as":
            if atoms.word(b + 1) in ("many", "much"):
                return self._phrase(b + 2)
            return None
        if atoms.word(b) in ("more", "fewer"):
            return self._phrase(b + 1)
        if atoms.word(b) in ("the", "its", "their", "his", "her", "our"):
            return self._phrase(b)
        return None

    def _after_modifier(self, b: int) -> int:
        for phrase in self.lex.after_first.get(self.atoms.word(b), ()):
            if self.atoms.match(b, phrase):
                return b + len(phrase)
        return b

    def _phrase(self, i: int, pronouns: bool = False) -> tuple[int, int] | None:
        """The noun phrase that begins at piece ``i``, article left out."""
        atoms = self.atoms
        if i < len(atoms) and not atoms.is_word(i):
            i = self._past_figure(i)
        while atoms.word(i) in _DETERMINERS or atoms.word(i) in ("“", '"', "‘"):
            if atoms.word(i) in ("those", "these", "all", "that") and not atoms.is_word(i + 1):
                break
            i += 1
        if i < len(self.atoms) and atoms.is_digits(i):
            i = self._past_figure(i)
        if pronouns and atoms.word(i) in ("them", "us", "whom", "which", "you", "it"):
            return atoms.span(i, i + 1)
        if not atoms.is_word(i) or atoms.broken(i) or atoms.word(i) in self.barred or atoms.word(i) in _TIMES:
            return None
        if self._adverb_at(i) or atoms.word(i) in _NEARBY and atoms.word(i + 1) in _TIMES:
            return None
        if self.tree.present:
            span = self._tree_phrase(i)
            if span is not None or self.tree.pos_at(atoms.start[i]) in ("VERB", "AUX", "ADP", "SCONJ", "CCONJ", "PRON"):
                return span
        return self._word_phrase(i)

    def _adverb_at(self, i: int) -> bool:
        """ "$220 billion annually", "31 percent afterward" name nothing."""
        if self.tree.present:
            start = self.atoms.start[i]
            return self.tree.pos_at(start) == "ADV" and not self.tree.before_noun(start)
        return self.atoms.word(i).endswith("ly") and not self.atoms.is_word(i + 1)

    def _past_figure(self, i: int) -> int:
        """Past another figure that stands before the noun ("thousands of $12-an-hour workers")."""
        atoms, j = self.atoms, i
        while (
            j < i + 9
            and j < len(atoms)
            and (not atoms.is_word(j) or atoms.glued(j) or atoms.word(j) in self.lex.scales)
        ):
            if (
                atoms.raw[j] in _QUOTES
                or atoms.raw[j] in "$£€"
                or atoms.word(j) in DASHES
                or atoms.is_digits(j)
                or j > i
            ):
                j += 1
                continue
            return i
        return j

    def _tree_phrase(self, i: int) -> tuple[int, int] | None:
        start = self.atoms.start[i]
        token = self.tree.token(start)
        head = token
        for _ in range(6):
            if (
                head is None
                or head.pos_ in ("NOUN", "PROPN")
                and head.dep_ not in ("compound", "nmod:poss", "amod", "flat")
            ):
                break
            if head.head.i <= head.i:
                if head.pos_ in ("NOUN", "PROPN"):
                    break
                return None
            head = head.head
        if token is None or head is None or head.pos_ not in ("NOUN", "PROPN", "SYM", "NUM", "ADJ"):
            return None
        if (
            head.i - token.i > _LONGEST_PHRASE
            or token.pos_ in ("VERB", "AUX", "ADP", "SCONJ", "CCONJ")
            and token.i == head.i
        ):
            return None
        first = self.tree.doc[token.i : head.i + 1]
        if any(t.pos_ in ("AUX", "SCONJ", "PUNCT") and t.text not in ("-", "“", "”", '"', ",", "'") for t in first):
            return None
        if any(t.dep_ in ("case", "mark") and t.head.i == head.i for t in first):
            return None
        _, end = self.tree.phrase(head, start)
        return max(start, token.idx), end

    def _word_phrase(self, i: int) -> tuple[int, int] | None:
        """Without a tree: words up to the next that cannot belong, with one "of" phrase."""
        atoms = self.atoms
        j = i
        while j - i < _LONGEST_PHRASE and j < len(atoms) and not (j > i and atoms.broken(j)):
            word = atoms.word(j)
            joins = j > i and (word in DASHES and atoms.glued(j) or word == "of")
            if not joins and (word in self.function or not (atoms.is_word(j) or atoms.is_digits(j))):
                break
            if word == "per" and j == i:
                break
            j += 1
        while j > i and atoms.word(j - 1) == "of":
            j -= 1
        if j == i:
            return None
        return atoms.span(i, j)

    # Over the tree

    def _above(self, q: Quantity) -> tuple[int, int] | None:
        start, end = self.atoms.span(q.a, q.b)
        token = self.tree.root(start, end)
        if token is None:
            return None
        noun = self._counted(q, token, end)
        if noun is not None:
            return noun
        if self._says_nothing(q, token) or token.dep_.startswith("nsubj") and q.kind in ("share", "fraction"):
            return None
        change: Token | None = None
        for _ in range(8):
            dep, head = token.dep_, token.head
            subject = self._subject(token)
            if subject is not None and not (start <= subject.idx < end or self._holds(subject, start)):
                return self._named(subject)
            if dep in ("ROOT", "ccomp") or head.i == token.i:
                break  # whoever says a clause is not what is measured in it
            if dep in ("obl", "nmod") and head.tag_ == "VBG" and self.tree.case(token) == "of":
                return self._span(head)  # "spending of £5bn"
            if dep in (
                "nmod",
                "appos",
                "nmod:unmarked",
                "compound",
                "amod",
                "nummod",
                "nmod:poss",
                "obl:unmarked",
                "parataxis",
            ) and (head.pos_ in ("NOUN", "PROPN")):
                named = head.i < token.i or dep in ("compound", "nmod", "amod", "nummod")
                if head.lower_ in self.lex.parts or head.lower_ in self.lex.number_words:
                    return None
                if named and head.lower_ in self.changes:
                    inner = next((c for c in head.rights if c.dep_ == "nmod" and self.tree.case(c) == "in"), None)
                    if inner is not None and inner.i != token.i:
                        return self._span(inner)  # "a drop in crime of 5%"
                    if head.lower_ in self.lex.words["noun up"] | self.lex.words["noun down"]:
                        change = head
                elif named and head.lower_ not in _TIMES and head.lower_ not in _LEVELS:
                    return self._span(head)
            if dep == "conj":
                counted = self._counted(q, head, head.idx)
                if counted is not None:
                    return counted
            if head.pos_ in ("VERB", "AUX", "ADJ", "ADV", "NOUN", "PROPN", "NUM", "SYM", "PRON"):
                measured = self._measured(q, token, head)
                if measured is not None:
                    return measured
            token = head
        return self._span(change) if change is not None else None

    def _counted(self, q: Quantity, token: Token, end: int) -> tuple[int, int] | None:
        """A number's head noun to its right, with adjectives between."""
        head = token.head
        if head.lower_ in _TIMES:
            return None
        if (
            token.dep_ in ("nummod", "compound", "amod", "nmod", "det", "advmod")
            and head.i > token.i
            and head.pos_ in ("NOUN", "PROPN")
        ):
            left, right = self.tree.phrase(head, end)
            return (left, right) if left > end else None
        return None

    @staticmethod
    def _holds(token: Token, offset: int) -> bool:
        """Whether the figure stands inside the subject itself ("63 percent said …")."""
        return token.left_edge.idx <= offset <= token.right_edge.idx

    def _says_nothing(self, q: Quantity, token: Token) -> bool:
        """Whether the subject is not what the figure is of: it acts ("killing 107", "held her for twelve years")."""
        verb = token.head
        if q.kind == "duration":
            case = self.tree.case(token)
            if token.dep_ in ("obl", "nmod") and case in ("in", "over", "within", "during", "after", "by", "at", "on"):
                return True
            return (
                token.dep_ in ("obl", "obl:unmarked") and self.tree.child(verb, ("obj", "ccomp", "xcomp")) is not None
            )
        if token.dep_ != "obj" or verb.lemma_.lower() in _MEASURING:
            return False
        subject = self._subject(verb)
        if q.kind == "count":
            return True
        return q.kind == "money" and (subject is None or self.tree.entity(subject) == "PERSON")

    def _measured(self, q: Quantity, token: Token, head: Token) -> tuple[int, int] | None:
        """The object that changes ("raised rates by 25 points"), else the subject."""
        if token.dep_ in ("obl", "obl:unmarked", "advmod", "xcomp") and self.tree.case(token) in (
            "by",
            "to",
            "from",
            "at",
            "",
        ):
            thing = self.tree.child(head, ("obj",))
            if thing is not None and thing.i != token.i and thing.i < token.i:
                return self._named(thing)
        if q.kind == "duration" and token.dep_ in ("obl", "obl:unmarked", "nmod"):
            return None
        return None

    def _subject(self, token: Token) -> Token | None:
        subject = self.tree.child(token, _SUBJECTS)
        if subject is None and token.dep_ == "acl:relcl" and token.head.pos_ in ("NOUN", "PROPN"):
            return token.head
        if subject is None and token.dep_ in ("acl",) and token.head.pos_ in ("NOUN", "PROPN"):
            return token.head
        if subject is not None and subject.lower_ in ("who", "which", "that") and token.dep_ in ("acl:relcl", "acl"):
            return token.head
        if subject is None and token.dep_ == "xcomp":
            return self.tree.child(token.head, ("obj",)) or self._subject(token.head)
        if subject is None and token.dep_ == "advcl" and token.tag_ == "VBG":
            return self.tree.child(token.head, _SUBJECTS)  # "prices fell after rising 2%"
        if subject is None and token.dep_ == "conj" and token.head.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
            return self.tree.child(token.head, _SUBJECTS)
        return subject

    def _named(self, token: Token) -> tuple[int, int] | None:
        if token.lower_ == "those" and self.tree.child(token, ("acl:relcl", "acl", "nmod")) is not None:
            return token.idx, token.right_edge.idx + len(token.right_edge)
        if token.lower_ in _PRONOUNS and token.pos_ in ("PRON", "DET") or token.lower_ in _TIMES:
            return None
        if token.lower_ in ("number", "total", "amount", "sum", "figure", "proportion", "share", "percentage"):
            inner = next((c for c in token.rights if c.dep_ == "nmod" and self.tree.case(c) == "of"), None)
            if inner is not None:
                return self._span(inner)
        if token.pos_ not in ("NOUN", "PROPN", "NUM", "SYM") and token.tag_ != "VBG":
            return None
        return self._span(token)

    def _span(self, token: Token) -> tuple[int, int]:
        start, end = self.tree.phrase(token)
        first = self.tree.token(start)
        if first is not None and first.pos_ == "NUM" and first.i < token.i:
            start = self.tree.doc[first.i + 1].idx  # "12.4 murders per 100,000"
        return start, end

    # Without a tree

    def _before(self, q: Quantity) -> tuple[int, int] | None:
        """Without a tree: the noun before "of" ("a salary of £102,000"), else the words before the first verb."""
        atoms = self.atoms
        k = q.lead if q.lead >= 0 else q.a - 1
        if atoms.word(k) == "of" and atoms.is_word(k - 1):
            j = k - 1
            while j > k - 5 and atoms.is_word(j - 1) and atoms.word(j - 1) not in self.function:
                j -= 1
            return atoms.span(j, k)
        if q.kind in _MEASURED:
            return None
        i = k
        while i > 0 and k - i < 30 and atoms.word(i - 1) not in (".", ",", ";", ":", "!", "?") and not atoms.broken(i):
            i -= 1
        span = self._phrase(i)
        return span if span is not None and span[1] <= atoms.start[q.a] else None

    # Elision

    def _carried(self, q: Quantity, before: Quantity, of: tuple[int, int] | None) -> tuple[int, int] | None:
        """ "46 percent would choose A and 44 percent B": what the last figure of the same measure was of."""
        if of is not None and 0 <= self.atoms.start[q.a] - of[1] <= 4 and q.kind == "money":
            return of  # "half the money — $500.8 million"
        if of is None or q.unit != before.unit or q.kind in ("duration", "money", "multiple"):
            return None
        if q.a - before.b > 40 or any(self.atoms.broken(x) for x in range(before.b + 1, q.a + 1)):
            return None
        return of

    def _among(self, q: Quantity) -> tuple[int, int] | None:
        """ "Among likely voters, 46 percent …", "by 5 points among likely voters"."""
        atoms = self.atoms
        if atoms.word(q.b) == "among":
            return self._phrase(q.b + 1)
        for k in range(q.a - 1, max(q.a - 25, -1), -1):
            if atoms.word(k) == "among" and (atoms.raw[k][0].isupper() or not atoms.is_word(k - 1)):
                return self._phrase(k + 1)
            if atoms.broken(k + 1) or atoms.word(k) in (".", ";"):
                return None
        return None
