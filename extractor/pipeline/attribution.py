"""Attributions as the encoder reads them: who (source) says (cue) what (content)."""

from bisect import bisect_right
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span

from extractor.pipeline.decoding import best_tags, log_softmax, spans_of
from extractor.pipeline.encoder import Reading
from extractor.pipeline.labelled import LabelledComponent
from extractor.pipeline.links import CONTENT, CUE, SOURCE, Group, WordSpan, join
from extractor.pipeline.quotations import fit_to_marks, quotations_of
from extractor.pipeline.tags import tagged_quotations

LONGEST_REST = 4  # words that the rest of a cut-off source may have


@dataclass
class Attribution:
    """One attribution on a ``Doc``.

    content: the parts of what is said, in order; never empty.
    cue: the words that ascribe ("writes", "according to"), in order; empty when there are none.
    source: the mention of who is responsible, in order of the text; empty when there is none.
    probability: how sure the reader is of the whole, 0 to 1.
    """

    content: list[Span]
    cue: list[Span] = field(default_factory=list)
    source: list[Span] = field(default_factory=list)
    probability: float = 1.0


class AttributionComponent(LabelledComponent):
    """spaCy component ``extractor_attribution``.

    Sets ``doc._.attributions`` (list of ``Attribution``), ``doc._.quotations`` (character offsets of quoted stretches,
    marks included) and the span groups ``sources``, ``cues`` and ``contents``.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        super().__init__(name)
        for extension in ("attributions", "quotations"):
            if not Doc.has_extension(extension):
                Doc.set_extension(extension, default=())

    def __call__(self, doc: Doc) -> Doc:
        reading: Reading = doc._.reading
        doc._.quotations = reading.encoding.quoted
        doc._.attributions = attributions = []
        if not len(reading.words):
            return doc
        scores = log_softmax(reading.attribution)
        quoted = quotations_of(reading)
        spans = fit_to_marks(spans_of(best_tags(scores)), quoted, scores, reading)
        marked = {q.span for q in quoted}
        sure = role_scores(scores)
        tagged = tagged_quotations(reading, quoted)
        taken = sorted(s for group in tagged for role in group for s in group[role])
        spans = [s for s in spans if not overlaps(s, taken)]
        groups = join(spans, reading, quoted) + tagged
        reading.let_go("link")
        for group in sorted(groups, key=lambda g: g[CONTENT][0]):
            parts = {r: [_span(doc, reading, s) for s in sorted(group[r])] for r in (SOURCE, CUE, CONTENT)}
            parts |= {r: [_without_punctuation(s) for s in parts[r]] for r in (SOURCE, CUE)}
            parts[SOURCE] = [_whole_phrase(s) for s in parts[SOURCE]]
            parts[CUE] = [_with_adverb(s) for s in parts[CUE]]
            parts[CONTENT] = [_without_next_clause(_without_stray_subject(s), parts[CUE]) for s in parts[CONTENT]]
            chance = self.probability(features_of(group, sure, marked))
            attributions.append(Attribution(parts[CONTENT], parts[CUE], parts[SOURCE], chance))
        for name, role in (("sources", "source"), ("cues", "cue"), ("contents", "content")):
            doc.spans[name] = [s for a in attributions for s in getattr(a, role)]
        return doc

    def probability(self, features: list[float]) -> float:
        """How likely an attribution with these features is right, by the logistic regression of the settings."""
        weights = self.settings["calibration"]
        return float(1 / (1 + np.exp(-np.dot(weights, features))))


def overlaps(span: tuple[int, int, int], taken: list[WordSpan]) -> bool:
    """Whether a span shares a word with any of the spans ``taken`` (sorted, not overlapping)."""
    k = bisect_right(taken, span[0], key=lambda t: t[1])
    return k < len(taken) and taken[k][0] < span[1]


def role_scores(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """(3, w) log-probability of each word having each role, as its beginning or inside it."""
    return np.ascontiguousarray(np.logaddexp(scores[:, 1::2], scores[:, 2::2]).T)


def features_of(group: Group, sure: NDArray[np.float32], marked: set[WordSpan]) -> list[float]:
    """What the calibration of an attribution looks at: a constant, how sure each role is, and what is there.

    sure: (3, w) log-probability of each word having each role.
    """
    means = [_mean([_mean(sure[role, a:b]) for a, b in group[role]]) if group[role] else 0.0 for role in group]
    return [
        1.0,
        *means,
        float(bool(group[CUE])),
        float(bool(group[SOURCE])),
        float(group[CONTENT][0] in marked),
        float(len(group[CONTENT]) > 1),
    ]


def _span(doc: Doc, reading: Reading, span: WordSpan) -> Span:
    return Span(doc, int(reading.words[span[0]]), int(reading.words[span[1] - 1]) + 1)


def _without_punctuation(span: Span) -> Span:
    """A cue or source without punctuation at its ends ("said:"), unless it is nothing else."""
    a, b, doc = span.start, span.end, span.doc
    while a < b and not any(c.isalnum() for c in doc[a].text) and doc[a].text not in ("(", "["):
        a += 1
    while a < b and not any(c.isalnum() for c in doc[b - 1].text) and doc[b - 1].text not in (")", "]", "%"):
        b -= 1
    return doc[a:b] if a < b else span


def _whole_phrase(span: Span) -> Span:
    """A source that ends in the middle of its noun phrase ("The", "Council leader") with the rest of it.

    It goes on to a head close by that its last word belongs to, and over the name that stands in apposition.
    """
    doc, end = span.doc, span.end
    last = doc[end - 1]
    if last.dep_ in ("det", "amod", "compound", "nummod", "nmod:poss") and 0 < last.head.i - last.i <= LONGEST_REST:
        end = last.head.i + 1
    while (
        end < len(doc)
        and doc[end].pos_ == "PROPN"
        and (doc[end].dep_ in ("flat", "compound", "appos") or doc[end - 1].dep_ in ("compound", "flat", "nmod:desc"))
        and (span.start <= doc[end].head.i < end or doc[end - 1].head.i >= end or doc[end].head.i == end + 1)
        and end - span.end < LONGEST_REST
    ):
        end += 1
    return doc[span.start : end]


def _with_adverb(span: Span) -> Span:
    """A cue with the adverb of manner right before its verb ("bluntly insists"), and never the adverb alone."""
    doc, start, end = span.doc, span.start, span.end
    last = doc[end - 1]
    if last.pos_ == "ADV" and last.head.pos_ == "VERB" and 0 < last.head.i - last.i <= 2:
        end = last.head.i + 1
    if start and doc[start - 1].dep_ == "advmod" and doc[start - 1].lower_.endswith("ly"):
        start -= start <= doc[start - 1].head.i < end
    return doc[start:end]


def _without_stray_subject(span: Span) -> Span:
    """A content without the subject of a clause that is not part of it ("the sum was set aside, but the committee")."""
    doc, end = span.doc, span.end
    word = doc[end - 1]
    while word.head.i != word.i and span.start <= word.head.i < end and not word.dep_.startswith("nsubj"):
        word = word.head
    if not (word.dep_.startswith("nsubj") and word.head.i >= end and word.right_edge.i == end - 1):
        return span
    end = word.left_edge.i
    while end > span.start and doc[end - 1].dep_ in ("cc", "punct", "mark"):
        end -= 1
    return doc[span.start : end] if end > span.start else span


def _mean(values: NDArray[np.float32] | list[float]) -> float:
    """The mean of a few values; ``np.mean`` takes five times as long to begin."""
    return float(np.add.reduce(values) / len(values))


def _without_next_clause(span: Span, cue: list[Span]) -> Span:
    """A content without a clause that stands beside its cue ("said it was set aside, but we were shown nothing")."""
    verbs = {part.root.i for part in cue}
    for word in span:
        if word.dep_ == "conj" and word.head.i in verbs and word.head.i < span.start:
            subjects = [c for c in word.lefts if c.dep_.startswith("nsubj")]
            joining = [c for c in word.lefts if c.dep_ == "cc" and c.i > span.start + 1]
            if subjects and joining and word.doc[joining[0].i - 1].text == ",":
                return word.doc[span.start : joining[0].i - 1]
    return span
