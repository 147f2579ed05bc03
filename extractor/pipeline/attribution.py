"""Attributions as the encoder reads them: who (source) says (cue) what (content)."""

from dataclasses import dataclass, field

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
        spans = fit_to_marks(spans_of(best_tags(scores)), quoted, scores)
        for group in join(spans, reading, scores, quoted):
            parts = {r: [_span(doc, reading, s) for s in sorted(group[r])] for r in (SOURCE, CUE, CONTENT)}
            chance = float(np.exp(np.mean([_confidence(scores, s, r) for r in group for s in group[r]])))
            attributions.append(Attribution(parts[CONTENT], parts[CUE], parts[SOURCE], chance))
        for name, role in (("sources", "source"), ("cues", "cue"), ("contents", "content")):
            doc.spans[name] = [s for a in attributions for s in getattr(a, role)]
        return doc


def _span(doc: Doc, reading: Reading, span: WordSpan) -> Span:
    return Span(doc, int(reading.words[span[0]]), int(reading.words[span[1] - 1]) + 1)


def _confidence(scores: NDArray[np.float32], span: WordSpan, role: int) -> float:
    """Mean log-probability of a span's words having its role."""
    columns = scores[span[0] : span[1], [1 + 2 * role, 2 + 2 * role]]
    return float(np.logaddexp(columns[:, 0], columns[:, 1]).mean())


def join(
    spans: list[tuple[int, int, int]], reading: Reading, scores: NDArray[np.float32], quoted: list[Quotation]
) -> list[dict[int, list[WordSpan]]]:
    """Spans into attributions, by the learned links: content to cue, cue to source.

    spans: (first word, end, role), sorted. Each group holds the spans of each role; its contents are never empty.
    """
    links = Links(reading)
    sources = [(a, b) for a, b, r in spans if r == SOURCE]
    cues = [(a, b) for a, b, r in spans if r == CUE]
    groups: dict[WordSpan, dict[int, list[WordSpan]]] = {}
    loose: list[WordSpan] = []
    for content in ((a, b) for a, b, r in spans if r == CONTENT):
        # a content without a cue links to its source, or to its own first part
        anchor = links.best(content, cues + sources)
        if anchor is None:
            loose.append(content)
            continue
        group = groups.setdefault(anchor, {SOURCE: [], CUE: [], CONTENT: []})
        group[CONTENT].append(content)
    for anchor, group in groups.items():
        if anchor in sources:
            group[SOURCE] = [anchor]
            continue
        group[CUE] = [anchor]
        source = links.best(anchor, sources, itself=True)
        if source is not None:
            group[SOURCE] = [source]
    unused = [c for c in cues if c not in groups]
    for cue in unused:
        source = links.best(cue, sources, itself=True)
        near = [c for c in loose if abs(c[0] - cue[1]) < 6 or abs(cue[0] - c[1]) < 6]
        if near:
            loose.remove(near[0])
            groups[cue] = {SOURCE: [source] if source else [], CUE: [cue], CONTENT: [near[0]]}
    result = list(groups.values())
    result += [{SOURCE: [], CUE: [], CONTENT: [c]} for c in loose]
    return sorted(result, key=lambda g: min(g[CONTENT]))


class Links:
    """Scores of the learned links between words."""

    def __init__(self, reading: Reading) -> None:
        half = reading.link.shape[1] // 2
        self._from, self._to = reading.link[:, :half], reading.link[:, half:]

    def best(self, span: WordSpan, targets: list[WordSpan], itself: bool = False) -> WordSpan | None:
        """The target whose first word the words of ``span`` point at; none when there is no target in reach, or when
        (``itself``) they point at the span's own first word: nothing to link to."""
        near = [t for t in targets if abs(t[0] - span[0]) <= REACH]
        if not near:
            return None
        heads = [t[0] for t in near] + ([span[0]] if itself else [])
        asked = self._from[span[0] : min(span[1], span[0] + 60)].astype(np.float32)
        scores = asked @ self._to[heads].astype(np.float32).T / np.sqrt(self._from.shape[1])
        best = int(log_softmax(scores).mean(0).argmax())
        return near[best] if best < len(near) else None
