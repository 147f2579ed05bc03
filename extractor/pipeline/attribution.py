"""Attributions as the encoder reads them: who (source) says (cue) what (content)."""

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span

from extractor.pipeline.decoding import best_tags, log_softmax, spans_of
from extractor.pipeline.encoder import Reading
from extractor.pipeline.labelled import LabelledComponent
from extractor.pipeline.marks import quotation_regions
from extractor.pipeline.quotations import Quotation, fit_to_marks, quotations_of

SOURCE, CUE, CONTENT = 0, 1, 2
REACH = 250  # words between the ends of a link; the encoder hardly ever sees farther
# In units of the learned scores; chosen on the dev articles.
BETWEEN_COSTS = np.asarray((0.4, 3.0, 4.0))  # a word outside every span, a cue, a paragraph beginning
NO_CUE, NO_SOURCE, SPARE = 2.0, 2.0, -3.0

WHOLE = 5  # words of a quotation that is more than a phrase
NO_LETTERS = 5  # the case class of a word without letters or digits

WordSpan = tuple[int, int]


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
        regions = quotation_regions(doc.text)
        doc._.quotations = regions
        doc._.attributions = attributions = []
        if not len(reading.words):
            return doc
        scores = log_softmax(reading.attribution)
        quoted = quotations_of(doc, reading, regions)
        spans = fit_to_marks(spans_of(best_tags(scores)), quoted, scores, reading)
        for group in join(spans, reading, quoted):
            parts = {r: [_span(doc, reading, s) for s in sorted(group[r])] for r in (SOURCE, CUE, CONTENT)}
            parts |= {r: [_without_punctuation(s) for s in parts[r]] for r in (SOURCE, CUE)}
            chance = float(np.exp(np.mean([_confidence(scores, s, r) for r in group for s in group[r]])))
            attributions.append(Attribution(parts[CONTENT], parts[CUE], parts[SOURCE], chance))
        for name, role in (("sources", "source"), ("cues", "cue"), ("contents", "content")):
            doc.spans[name] = [s for a in attributions for s in getattr(a, role)]
        return doc


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


def _confidence(scores: NDArray[np.float32], span: WordSpan, role: int) -> float:
    """Mean log-probability of a span's words having its role."""
    columns = scores[span[0] : span[1], [1 + 2 * role, 2 + 2 * role]]
    return float(np.logaddexp(columns[:, 0], columns[:, 1]).mean())


def join(
    spans: list[tuple[int, int, int]], reading: Reading, quoted: list[Quotation]
) -> list[dict[int, list[WordSpan]]]:
    """Spans into attributions, by the learned links: content to cue, cue to source.

    spans: (first word, end, role), sorted. Each group holds the spans of each role; its contents are never empty.
    """
    links = Links(reading, spans)
    sources, cues, contents = ([(a, b) for a, b, r in spans if r == role] for role in (SOURCE, CUE, CONTENT))
    held = _contents_of_cues(contents, cues, links)
    marked = {q.span for q in quoted}
    _join_round_cues(held, contents, marked, links)
    _join_over_paragraphs(held, contents, quoted)
    for cue, parts in held.items():
        # what stands in marks is said as it stands there: a paraphrase beside it is another statement
        if any(p in marked and p[1] - p[0] >= WHOLE for p in parts):
            held[cue] = [p for p in parts if p in marked]
    groups = []
    for cue, parts in held.items():
        if parts:
            source = links.best(cue, sources, none=NO_SOURCE)
            groups.append({SOURCE: [source] if source else [], CUE: [cue], CONTENT: sorted(parts)})
    loose = sorted(set(contents).difference(*held.values()))
    used = {s for g in groups for s in g[SOURCE]}
    free = [s for s in sources if s not in used]
    for content in loose:
        source = links.best(content, free, none=NO_SOURCE)
        groups.append({SOURCE: [source] if source else [], CUE: [], CONTENT: [content]})
    return sorted(groups, key=lambda g: g[CONTENT][0])


def _contents_of_cues(contents: list[WordSpan], cues: list[WordSpan], links: "Links") -> dict[WordSpan, list[WordSpan]]:
    """Each content under the cue it links to best; a cue left without one takes the best that another can spare."""
    held: dict[WordSpan, list[WordSpan]] = {cue: [] for cue in cues}
    chances: dict[WordSpan, dict[WordSpan, float]] = {}
    for content in contents:
        chances[content] = links.scores(content, cues)
        if chances[content]:
            best = max(chances[content], key=chances[content].__getitem__)
            if chances[content][best] > NO_CUE:
                held[best].append(content)
    for cue in cues:
        if held[cue]:
            continue
        options = []
        for content, scores in chances.items():
            holder = next((c for c, parts in held.items() if content in parts), None)
            if cue in scores and (holder is None or len(held[holder]) > 1):
                options.append((scores[cue] - (scores[holder] if holder else NO_CUE), content, holder))
        if options:
            loss, content, holder = max(options, key=lambda x: x[0])
            if loss > SPARE:
                if holder:
                    held[holder].remove(content)
                held[cue].append(content)
    return held


def _join_round_cues(
    held: dict[WordSpan, list[WordSpan]], contents: list[WordSpan], quoted: set[WordSpan], links: "Links"
) -> None:
    """Two quotations with nothing but a cue and its source between them are both that cue's ("…," she said. "…")."""
    cues = sorted(held)
    for first, second in pairwise(sorted(contents)):
        if first not in quoted or second not in quoted or links.loose_words(first, second):
            continue
        between = [c for c in cues if first[1] <= c[0] and c[1] <= second[0]]
        if len(between) == 1:
            for content in (first, second):
                _move(held, content, between[0])


def _join_over_paragraphs(
    held: dict[WordSpan, list[WordSpan]], contents: list[WordSpan], quoted: list[Quotation]
) -> None:
    """A quotation that is not closed at the end of its paragraph goes on with the one that begins the next."""
    known = set(contents)
    pairs = [(a.span, b.span) for a, b in pairwise(quoted) if not a.closed and b.first and b.start - a.end <= 1]
    pairs = [p for p in pairs if known.issuperset(p)]
    cue_of = {content: cue for cue, parts in held.items() for content in parts}
    for first, second in pairs:  # the cue stands with the first paragraph
        if first in cue_of and second not in cue_of:
            _move(held, second, cue_of[first])
            cue_of[second] = cue_of[first]
    for first, second in reversed(pairs):  # or with the last
        if second in cue_of and cue_of.get(first) != cue_of[second]:
            _move(held, first, cue_of[second])
            cue_of[first] = cue_of[second]


def _move(held: dict[WordSpan, list[WordSpan]], content: WordSpan, cue: WordSpan) -> None:
    for parts in held.values():
        if content in parts:
            parts.remove(content)
    held[cue].append(content)


class Links:
    """Scores of the learned links between words, with what is seldom true made less likely."""

    def __init__(self, reading: Reading, spans: list[tuple[int, int, int]]) -> None:
        half = reading.link.shape[1] // 2
        self._from, self._to = reading.link[:, :half], reading.link[:, half:]
        between = np.zeros((3, len(reading.words) + 1))
        between[0, 1:] = reading.encoding.case != NO_LETTERS
        between[2, 1:] = reading.encoding.line == 2
        for a, b, role in spans:
            between[0, a + 1 : b + 1] = 0
            between[1, a + 1] = role == CUE
        self._between = between.cumsum(1)

    def scores(self, span: WordSpan, targets: list[WordSpan]) -> dict[WordSpan, float]:
        """Of the targets in reach, how well the words of ``span`` point at the first word of each."""
        a, b = span
        near = [t for t in targets if t[0] - b <= REACH and a - t[1] <= REACH]
        if not near:
            return {}
        asked = self._from[a : min(b, a + 60)].astype(np.float32)
        logits = asked @ self._to[[t[0] for t in near]].astype(np.float32).T / np.sqrt(self._from.shape[1])
        learned = logits.mean(0)
        return {t: float(s) - self._distance(span, t) for t, s in zip(near, learned, strict=True)}

    def best(self, span: WordSpan, targets: list[WordSpan], none: float) -> WordSpan | None:
        """The target that the words of ``span`` point at best, if better than ``none``."""
        scores = self.scores(span, targets)
        best = max(scores, key=scores.__getitem__, default=None)
        return best if best is not None and scores[best] > none else None

    def loose_words(self, first: WordSpan, second: WordSpan) -> int:
        """How many words between two spans belong to no span; a paragraph's beginning counts too."""
        between = self._between[:, second[0]] - self._between[:, first[1]]
        return int(between[0] + between[2])

    def _distance(self, span: WordSpan, target: WordSpan) -> float:
        """What the loose words, the cues and the paragraphs between two spans cost their link."""
        a, b = sorted((span, target))
        between = self._between[:, max(a[1], b[0])] - self._between[:, a[1]]
        return float(between @ BETWEEN_COSTS)
