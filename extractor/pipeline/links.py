"""Spans into attributions: which content belongs to which cue, which cue to which source.

The encoder's learned links decide, each word of a span pointing at the first word of what it belongs to; what seldom
stands between two spans that belong together makes their link less likely.
"""

from bisect import bisect_left
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractor.pipeline.encoder import Reading
from extractor.pipeline.encoding import PARAGRAPH, Ints
from extractor.pipeline.quotations import Quotation

SOURCE, CUE, CONTENT = 0, 1, 2
WordSpan = tuple[int, int]
Group = dict[int, list[WordSpan]]
"""The spans of one attribution by role; its contents are never empty."""

REACH = 250  # words between the ends of a link; the encoder hardly ever sees farther
ASKED = 60  # words of a span that are asked where they point; more say nothing new
WHOLE = 5  # words of a quotation that is more than a phrase
LEADING = 2  # words, marks among them, between a cue and the quotation that it leads to
NO_LETTERS = 5  # the case class of a word without letters or digits

# In units of the learned scores; chosen on the dev articles.
BETWEEN_COSTS = np.asarray((0.6, 1.5, 9.0))  # a word outside every span, a cue, a paragraph beginning
# A target that comes after: for the end of a sentence between, and for a quotation that ends with a full stop.
STOP_COST, STOPPED_COST = 2.0, 10.0
NO_CUE, NO_SOURCE, SPARE = 2.0, 5.0, -6.0


def join(spans: list[tuple[int, int, int]], reading: Reading, quoted: list[Quotation]) -> list[Group]:
    """Spans into attributions, in order of their contents.

    spans: (first word, end, role), sorted. quoted: the quotations, sorted.
    """
    stopped = {q.span for q in quoted if q.stopped}
    links = Links(reading, spans, stopped)
    sources, cues, contents = ([(a, b) for a, b, r in spans if r == role] for role in (SOURCE, CUE, CONTENT))
    held = Held(contents, cues, links)
    marked = {q.span for q in quoted}
    whole = {q.span for q in quoted if q.apart and q.end - q.start >= WHOLE}
    _join_round_cues(held, marked - stopped, marked, links)
    _join_going_on(held, quoted)
    _join_over_paragraphs(held, quoted)
    groups = []
    by_cue = held.by_cue()
    for (cue, parts), source in zip(by_cue.items(), links.best(list(by_cue), sources, NO_SOURCE), strict=True):
        # what stands in marks is said as it stands there: a paraphrase beside it is another statement
        if not whole.isdisjoint(parts):
            parts = [p for p in parts if p in marked]
        else:
            parts = _together(cue, parts, reading.encoding.quote, links)
        groups.append({SOURCE: [source] if source else [], CUE: [cue], CONTENT: sorted(parts)})
    used = {s for g in groups for s in g[SOURCE]}
    free = [s for s in sources if s not in used]
    alone = [c for c in contents if c not in held.cue_of]
    for content, source in zip(alone, links.best(alone, free, NO_SOURCE), strict=True):
        groups.append({SOURCE: [source] if source else [], CUE: [], CONTENT: [content]})
    return sorted(groups, key=lambda g: g[CONTENT][0])


class Links:
    """Scores of the learned links between words, with what is seldom true made less likely.

    stopped: the contents that end with a full stop inside their marks, where no cue can go on with the sentence.
    """

    def __init__(self, reading: Reading, spans: list[tuple[int, int, int]], stopped: set[WordSpan]) -> None:
        self._stopped = stopped
        half = reading.link.shape[1] // 2
        self._from, self._to = reading.link[:, :half], reading.link[:, half:]
        between = np.zeros((3, len(reading.words) + 1))
        between[0, 1:] = reading.encoding.case != NO_LETTERS
        between[2, 1:] = reading.encoding.line == PARAGRAPH
        for a, b, role in spans:
            between[0, a + 1 : b + 1] = 0
            between[1, a + 1] = role == CUE
        self._between = between.cumsum(1)
        self._after_stop, self._line = reading.encoding.after_stop, reading.encoding.line
        self._stops = np.append(False, self._after_stop[1:] & ~self._after_stop[:-1]).cumsum()
        self._sentence = (self._after_stop | (self._line == PARAGRAPH)).cumsum()

    def scores(self, spans: list[WordSpan], targets: list[WordSpan]) -> list[dict[WordSpan, float]]:
        """For each span, how well its words point at each of the targets in reach (sorted, not overlapping)."""
        if not spans or not targets:
            return [{} for _ in spans]
        begins, ends = np.asarray(spans).T
        starts, stops = np.asarray(targets).T
        first = np.searchsorted(stops, begins - REACH)
        last = np.searchsorted(starts, ends + REACH, "right")
        span, target = np.repeat(np.arange(len(spans)), last - first), _ranges(first, last)
        pointed = self._to[starts].astype(np.float32)
        logits = np.einsum("pd,pd->p", self._pointing(begins, ends)[span], pointed[target])
        stopped = np.asarray([s in self._stopped for s in spans])
        costs = self._costs(begins[span], ends[span], starts[target], stops[target], stopped[span])
        scores = iter((logits / np.sqrt(self._from.shape[1]) - costs).tolist())  # of one span after the other
        near = [targets[a:b] for a, b in zip(first.tolist(), last.tolist(), strict=True)]
        return [dict(zip(reached, scores, strict=False)) for reached in near]

    def best(self, spans: list[WordSpan], targets: list[WordSpan], none: float) -> list[WordSpan | None]:
        """For each span, the target that its words point at best, if better than ``none``."""
        found: list[WordSpan | None] = []
        for scores in self.scores(spans, targets):
            best = max(scores, key=scores.__getitem__, default=None)
            found.append(best if best is not None and scores[best] > none else None)
        return found

    def _pointing(self, begins: Ints, ends: Ints) -> NDArray[np.float32]:
        """Where the words of each span point, in the mean; only the first of a long one are asked."""
        ends = np.minimum(ends, begins + ASKED)
        asked = self._from[_ranges(begins, ends)].astype(np.float32)
        sizes = ends - begins
        total = np.add.reduceat(asked, sizes.cumsum() - sizes)
        return np.asarray(total / sizes[:, None].astype(np.float32))

    def adjoin(self, first: WordSpan, second: WordSpan) -> bool:
        """Whether two spans of one sentence have no word between them that belongs to no span."""
        same = self._sentence[first[1] - 1] == self._sentence[second[0]]
        return bool(same) and self.loose_words(first, second) == 0

    def loose_words(self, first: WordSpan, second: WordSpan) -> int:
        """How many words between two spans belong to no span; a paragraph's beginning counts too."""
        between = self._between[:, second[0]] - self._between[:, first[1]]
        return int(between[0] + between[2])

    def one_clause(self, first: WordSpan, second: WordSpan) -> bool:
        """Whether what stands between two quotations is the end of one sentence, all of it in one paragraph."""
        a, b = first[1] + 1, second[0]  # behind the closing mark; a stop inside the quotation does not count
        ended = self._after_stop[b - 1] or self._after_stop[b]
        return bool(ended) and self._stops[b] - self._stops[a] == 1 and not self._line[a : b + 1].any()

    def _costs(
        self, begins: Ints, ends: Ints, starts: Ints, stops: Ints, stopped: NDArray[np.bool_]
    ) -> NDArray[np.float64]:
        """What each pair of a span and a target loses, by what stands between the two.

        The span is ``[begins, ends)``, the target ``[starts, stops)``; stopped: whether a stop ends the span.
        """
        later = (starts > begins) | ((starts == begins) & (stops > ends))
        here = np.where(later, ends, stops)
        between = self._between[:, np.maximum(here, np.where(later, starts, begins))] - self._between[:, here]
        after = starts > ends  # the stop at the end of a quotation does not count
        stops_between = self._stops[starts] - self._stops[np.where(after, ends + 1, starts)]
        return np.asarray(BETWEEN_COSTS @ between + STOP_COST * stops_between + STOPPED_COST * (after & stopped))


def _ranges(starts: Ints, ends: Ints) -> Ints:
    """The numbers from each start up to its end, one range after the other."""
    sizes = ends - starts
    return np.arange(sizes.sum()) + np.repeat(starts - (sizes.cumsum() - sizes), sizes)


class Held:
    """Each content under the cue it links to best; a cue left without one takes the best that another can spare.

    contents, cues: sorted. cue_of: the cue of each content that has one.
    """

    def __init__(self, contents: list[WordSpan], cues: list[WordSpan], links: Links) -> None:
        self.contents, self.cues = contents, cues
        self.cue_of: dict[WordSpan, WordSpan] = {}
        chances = dict(zip(contents, links.scores(contents, cues), strict=True))
        near: dict[WordSpan, list[WordSpan]] = {cue: [] for cue in cues}
        for content, scores in chances.items():
            for cue in scores:
                near[cue].append(content)
            best = max(scores, key=scores.__getitem__, default=None)
            if best is not None and scores[best] > NO_CUE:
                self.cue_of[content] = best
        size = dict.fromkeys(cues, 0)
        for cue in self.cue_of.values():
            size[cue] += 1
        for cue in cues:
            if size[cue]:
                continue
            options = []
            for content in near[cue]:
                holder = self.cue_of.get(content)
                if holder is None or size[holder] > 1:
                    lost = chances[content][holder] if holder else NO_CUE
                    options.append((chances[content][cue] - lost, content))
            if options and max(options)[0] > SPARE:
                content = max(options)[1]
                if holder := self.cue_of.get(content):
                    size[holder] -= 1
                self.cue_of[content] = cue
                size[cue] = 1

    def by_cue(self) -> dict[WordSpan, list[WordSpan]]:
        """The contents of every cue that has any."""
        result: dict[WordSpan, list[WordSpan]] = {}
        for content, cue in self.cue_of.items():
            result.setdefault(cue, []).append(content)
        return result


def _together(cue: WordSpan, parts: list[WordSpan], quote: Ints, links: Links) -> list[WordSpan]:
    """Of the paraphrased parts under a cue, those that stand together with it: the best, and what adjoins.

    "X, she said, Y" is one statement; a clause further off belongs to another.
    """
    if len(parts) == 1:
        return parts
    scores = {p: s[cue] for p, s in zip(parts, links.scores(parts, [cue]), strict=True)}
    kept = [max(parts, key=scores.__getitem__)]
    for part in sorted(parts, key=scores.__getitem__, reverse=True)[1:]:
        if quote[part[0] : part[1]].any() or any(links.adjoin(*sorted((part, other))) for other in (cue, *kept)):
            kept.append(part)
    return kept


def _join_round_cues(held: Held, open_ended: set[WordSpan], marked: set[WordSpan], links: Links) -> None:
    """Two quotations with one reporting clause between them are both its cue's ("…," she said, laughing. "…").

    open_ended: the quotations that do not end with a full stop, so that the clause may be theirs. Where that clause
    does not end in a stop, it has to be a cue and its source alone.
    """
    for first, second in pairwise(held.contents):
        if first not in open_ended or second not in marked:
            continue
        a = bisect_left(held.cues, (first[1], first[1]))
        b = bisect_left(held.cues, (second[0], second[0]))
        if b - a == 1 and not links.loose_words(first, second):
            held.cue_of[first] = held.cue_of[second] = held.cues[a]
        elif b > a and held.cue_of.get(first) == held.cues[a] and links.one_clause(first, second):
            held.cue_of[second] = held.cues[a]


def _join_going_on(held: Held, quoted: list[Quotation]) -> None:
    """What goes on after a longer clause is its cue's too ("…," she said of X, "…"), unless another leads to it."""
    known = set(held.contents)
    for first, second in pairwise(quoted):
        cue = held.cue_of.get(first.span)
        if not (second.goes_on and cue and first.end <= cue[0] < second.start and second.span in known):
            continue
        last = held.cues[bisect_left(held.cues, (second.start, second.start)) - 1]
        if last == cue or second.start - last[1] > LEADING:
            held.cue_of[second.span] = cue


def _join_over_paragraphs(held: Held, quoted: list[Quotation]) -> None:
    """A quotation that is not closed at the end of its paragraph goes on with the one that begins the next."""
    known = set(held.contents)
    pairs = [(a.span, b.span) for a, b in pairwise(quoted) if _continues(a, b)]
    pairs = [p for p in pairs if known.issuperset(p)]
    for first, second in pairs:  # the cue stands with the first paragraph
        if first in held.cue_of and second not in held.cue_of:
            held.cue_of[second] = held.cue_of[first]
    for first, second in reversed(pairs):  # or with the last
        if second in held.cue_of:
            held.cue_of[first] = held.cue_of[second]


def _continues(first: Quotation, second: Quotation) -> bool:
    return not first.closed and second.first and second.mark == first.mark and second.start - first.end <= 1
