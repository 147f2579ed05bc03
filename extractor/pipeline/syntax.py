"""Sentences, tags, lemmas and a dependency tree on the ``Doc``, from the encoder's reading."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, HEAD, LEMMA, LOWER, ORTH, POS, TAG
from spacy.language import Language
from spacy.parts_of_speech import IDS as POS_IDS
from spacy.symbols import NOUN, PRON, PROPN
from spacy.tokens import Doc, Span

from extractor.pipeline.decoding import tree
from extractor.pipeline.encoder import Reading
from extractor.pipeline.labelled import LabelledComponent

Ints = NDArray[np.int64]
CLOSING_MARK, PARAGRAPH = 3, 2
AS_IT_STANDS, LOWER_CASE = "k|0|", "l|0|"  # scripts of lemmas that need no edit
TITLES = ("mr.", "mrs.", "ms.", "dr.", "messrs.", "hon.", "rt.", "prof.", "rev.")
LONGEST_SENTENCE = (
    200  # words; a longer "sentence" is a table or has no punctuation, and is cut where its score is best
)


class SyntaxComponent(LabelledComponent):
    """spaCy component ``extractor_syntax``: ``doc.sents``, ``pos_``, ``tag_``, ``lemma_``, ``head``, ``dep_``.

    Sentences that a component before it has set are kept.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        super().__init__(name)
        self.vocab = nlp.vocab
        self.vocab.get_noun_chunks = noun_chunks  # type: ignore[assignment]

    def ready(self) -> None:
        strings = self.vocab.strings
        self._upos = np.asarray([POS_IDS[n] for n in self.settings["upos"]], dtype=np.uint64)
        self._xpos = np.asarray([strings.add(n) for n in self.settings["xpos"]], dtype=np.uint64)
        names = ["ROOT" if n == "root" else n for n in self.settings["relation"]]
        self._relations = np.asarray([strings.add(n) for n in names], dtype=np.uint64)
        self._weight = np.asarray(self.settings["relation_weight"], dtype=np.float32)
        self._bias = np.asarray(self.settings["relation_bias"], dtype=np.float32)
        self._root, self._dep = names.index("ROOT"), names.index("dep")
        self._space = strings.add("_SP")
        self._as_it_stands = np.asarray([script == AS_IT_STANDS for script in self.settings["lemma"]])
        self._edited = np.asarray([script not in (AS_IT_STANDS, LOWER_CASE) for script in self.settings["lemma"]])
        self._title_ids = np.asarray([strings.add(t) for t in TITLES], dtype=np.uint64)

    def __call__(self, doc: Doc) -> Doc:
        reading: Reading = doc._.reading
        if not len(reading.words):
            return doc
        if doc.has_annotation("SENT_START"):
            starts = doc.to_array("SENT_START")[reading.words] == 1
            starts[0] = True
        else:
            starts = sentence_starts(reading)
            starts[1:] &= ~self._titles(doc, reading.words[:-1]) | (reading.encoding.line[1:] == PARAGRAPH)
        heads, labels = self._parse(reading, starts)
        reading.let_go("arc_dependent", "arc_head", "label")
        tags = reading.tags.astype(np.int64)
        array = np.zeros((len(doc), 5), dtype=np.uint64)
        words = reading.words
        array[words, 0] = self._upos[tags[:, 0]]
        array[words, 1] = self._xpos[tags[:, 1]]
        array[words, 2] = self._lemma(doc, reading, tags[:, 2])
        array[words, 3] = self._relations[labels]
        array[words, 4] = (words[heads] - words).astype(np.int64).view(np.uint64)
        if len(words) != len(doc):
            self._attach_space(doc, words, array)
        doc.from_array([POS, TAG, LEMMA, DEP, HEAD], array)  # type: ignore[arg-type]
        return doc

    def _titles(self, doc: Doc, words: Ints) -> NDArray[np.bool_]:
        """(w,) whether each word is a title with a full stop, after which a name goes on ("Mr.")."""
        return np.isin(doc.to_array("LOWER")[words], self._title_ids)

    def _parse(self, reading: Reading, starts: NDArray[np.bool_]) -> tuple[Ints, Ints]:
        """(w,) the head of each word, itself where it is a root, and (w,) the index of its relation."""
        bounds = [*np.flatnonzero(starts).tolist(), len(starts)]
        dependent, head = reading.arc_dependent, reading.arc_head
        heads = np.zeros(len(starts), dtype=np.int64)
        for a, b in pairwise(bounds):
            scores = dependent[a:b].astype(np.float32) @ head[a:b].astype(np.float32).T
            heads[a:b] = tree(scores) + a
        half = reading.label.shape[1] // 2
        labels = np.zeros(len(starts), dtype=np.int64)
        roots = heads == np.arange(len(heads))
        for a in range(0, len(heads), 4096):
            rows = slice(a, a + 4096)
            hidden = reading.label[rows, :half].astype(np.float32) + reading.label[heads[rows], half:].astype(
                np.float32
            )
            scores = np.maximum(hidden, 0) @ self._weight.T + self._bias
            scores[:, self._root] = -np.inf
            labels[rows] = scores.argmax(1)
        labels[roots] = self._root
        self._part_figures(heads, labels)
        return heads, labels

    def _part_figures(self, heads: Ints, labels: Ints) -> None:
        """A figure counts no word that its own subject comes before: it is an object ("built 40, and 5 are begun")."""
        relations: list[str] = self.settings["relation"]
        nummod, obj = relations.index("nummod"), relations.index("obj")
        figures = np.flatnonzero((labels == nummod) & (heads > np.arange(len(heads))))
        if not len(figures):
            return
        subjects = np.flatnonzero(np.isin(labels, [k for k, name in enumerate(relations) if name.startswith("nsubj")]))
        subject_of = dict(zip(heads[subjects].tolist(), subjects.tolist(), strict=True))
        for i in figures.tolist():
            counted = int(heads[i])
            above = int(heads[counted])
            if above < i < subject_of.get(counted, -1) < counted:
                heads[i], labels[i] = above, obj

    def _lemma(self, doc: Doc, reading: Reading, scripts: Ints) -> NDArray[np.uint64]:
        """(w,) the lemma of each word: most are the form itself or its lower case, which spaCy holds already."""
        form, lower = doc.to_array([ORTH, LOWER])[reading.words].T
        lemmas = np.where(self._as_it_stands[scripts], form, lower)
        strings, edits, forms = self.vocab.strings, self.settings["lemma"], reading.forms
        known: dict[tuple[str, int], int] = {}
        edited = np.flatnonzero(self._edited[scripts])
        for i, k in zip(edited.tolist(), scripts[edited].tolist(), strict=True):
            pair = forms[i], k
            if pair not in known:
                known[pair] = strings.add(apply_script(forms[i], edits[k]))
            lemmas[i] = known[pair]
        return lemmas

    def _attach_space(self, doc: Doc, words: Ints, array: NDArray[np.uint64]) -> None:
        """White space hangs on the word before it (at the beginning, on the first word)."""
        is_space = np.ones(len(doc), dtype=bool)
        is_space[words] = False
        spaces = np.flatnonzero(is_space)
        before = words[np.maximum(np.searchsorted(words, spaces) - 1, 0)]
        array[spaces, 0] = POS_IDS["SPACE"]
        array[spaces, 1] = self._space
        array[spaces, 2] = doc.to_array("ORTH")[spaces]
        array[spaces, 3] = self._relations[self._dep]
        array[spaces, 4] = (before - spaces).astype(np.int64).view(np.uint64)


def sentence_starts(reading: Reading) -> NDArray[np.bool_]:
    """(w,) whether a sentence begins at each word: where the reader says so, and at every paragraph.

    A closing mark belongs to the sentence before it.
    """
    scores = reading.tags[:, 3]
    starts = (scores > 0) | (reading.encoding.line == PARAGRAPH)
    starts[0] = True
    misplaced = np.flatnonzero(
        starts[:-1] & (reading.encoding.quote[:-1] == CLOSING_MARK) & (reading.encoding.line[:-1] == 0)
    )
    misplaced = misplaced[misplaced > 0]
    starts[misplaced] = False
    starts[misplaced + 1] = True
    bounds = np.append(np.flatnonzero(starts), len(starts))
    for a, b in pairwise(bounds):
        while b - a > LONGEST_SENTENCE:
            a = a + 50 + int(scores[a + 50 : a + LONGEST_SENTENCE].argmax())
            starts[a] = True
    return starts


def apply_script(form: str, script: str) -> str:
    """The lemma of a form by the edit that the reader chose (``case|characters cut|put there``, or ``=lemma``)."""
    if script.startswith("="):
        return script[1:]
    case, cut, put = script.split("|", 2)
    base = form if case == "k" else form.lower()
    return (base[: len(base) - int(cut)] if int(cut) < len(base) or put else base) + put


NOMINAL = {"nsubj", "nsubj:pass", "nsubj:outer", "obj", "iobj", "obl", "obl:agent", "obl:unmarked", "nmod",
           "nmod:unmarked", "nmod:desc", "appos", "ROOT", "dislocated", "vocative", "parataxis", "list", "xcomp",
           "ccomp", "advcl", "conj"}  # fmt: skip
INSIDE = {
    "det",
    "det:predet",
    "amod",
    "nummod",
    "compound",
    "nmod:poss",
    "flat",
    "advmod",
    "goeswith",
    "fixed",
    "nmod:desc",
}


def noun_chunks(doclike: Doc | Span) -> Iterator[tuple[int, int, int]]:
    """Base noun phrases over Universal Dependencies: ``(start, end, label)`` token indices, in order, not overlapping.

    A phrase is a noun, proper noun or pronoun with what stands before it and belongs to it.
    """
    doc = doclike.doc
    label = doc.vocab.strings.add("NP")
    done = -1
    for word in doclike:
        if word.pos not in (NOUN, PROPN, PRON) or word.dep_ not in NOMINAL or word.i <= done:
            continue
        start = word.i
        for child in sorted(word.lefts, key=lambda t: -t.i):
            if child.dep_ not in INSIDE or child.right_edge.i != start - 1 or child.left_edge.i <= done:
                break
            start = child.left_edge.i
        end = word.i
        for child in word.rights:
            if child.dep_ in ("flat", "goeswith", "compound", "fixed") and child.left_edge.i == end + 1:
                end = child.right_edge.i
            else:
                break
        yield start, end + 1, label
        done = end
