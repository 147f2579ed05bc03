"""Follows who is spoken of through a text, and finds whom a pronoun means.

A pronoun's candidates are the last few referents and those named further on in its sentence; ``evidence.py`` says what
speaks for each. A first name says nothing.
"""

import math
import re
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Sequence

from extractor.statements.speakers.clauses import Clauses
from extractor.statements.speakers.evidence import (
    KEPT,
    Evidence,
    Mention,
    Pronoun,
    Trace,
    evidence,
    kind_of,
    learned,
)
from extractor.statements.speakers.referents import Referent

_FORGOTTEN = -6.5
CANDIDATES = 14
"""How many of the last referents a pronoun is compared with."""

_FITTING: dict[str, frozenset[str]] = {
    "person": frozenset({"person", "unknown", "someone"}),
    "plural": frozenset({"joint", "people", "body", "place", "unknown", "document", "person"}),
    "neuter": frozenset({"body", "document", "place", "unknown", "thing"}),
}


class Discourse:
    """The referents in mind at one point of a text, moved on by ``mention``.

    sentences, paragraphs: character offsets at which each begins, in order.
    learned: gives learned scores for a pronoun at a character and the (start, end) of mentions, or None.
    clauses: the grammar of the text, where it was parsed.
    """

    def __init__(
        self,
        sentences: Sequence[int],
        paragraphs: Sequence[int],
        learned: Callable[[int, Sequence[tuple[int, int]]], Sequence[float]] | None = None,
        clauses: Clauses | None = None,
    ) -> None:
        self._sentences, self._paragraphs = sentences, paragraphs
        self._learned, self._clauses = learned, clauses
        self.traces: OrderedDict[Referent, Trace] = OrderedDict()
        self.last_speaker: Referent | None = None

    def sentence_of(self, position: int) -> int:
        """The number of the sentence that holds a character."""
        return bisect_right(self._sentences, position)

    def paragraph_of(self, position: int) -> int:
        """The number of the paragraph that holds a character."""
        return bisect_right(self._paragraphs, position)

    def mention_at(
        self,
        position: int,
        end: int,
        *,
        subject: bool = False,
        quoted: bool = False,
        possessive: bool = False,
        pronoun: bool = False,
    ) -> Mention:
        """A mention ``text[position:end]`` with its place in the text."""
        place = self._clauses.place(position, end) if self._clauses is not None else None
        sentence, paragraph = self.sentence_of(position), self.paragraph_of(position)
        return Mention(position, end, sentence, paragraph, subject, quoted, possessive, pronoun, place)

    def mention(self, referent: Referent, mention: Mention) -> None:
        """Note that a referent is mentioned. Mentions come in the order of the text."""
        trace = self.traces.get(referent)
        if trace is None:
            trace = self.traces[referent] = Trace(mention, number=len(self.traces))
        elif not (mention.quoted and not trace.last.quoted and mention.sentence == trace.last.sentence):
            same = trace.last.sentence == mention.sentence
            mention.possessive = mention.possessive and not (same and not trace.last.possessive)
            subject, mention.subject = mention.subject, mention.subject or (same and trace.last.subject)
            trace.last = mention
            trace.subjects += subject
        trace.count += 1
        trace.recent.append(mention)
        del trace.recent[:-KEPT]
        self.traces.move_to_end(referent)

    def speaks(self, referent: Referent) -> None:
        """Note that a referent is the speaker of the attribution just read."""
        self.last_speaker = referent

    def salience(self, referent: Referent, position: int, quoted: bool = False) -> float:
        """How much a referent is in mind at a character; higher is more."""
        trace = self.traces.get(referent)
        if trace is None:
            return -8.0
        last = trace.last
        back = self.sentence_of(position) - last.sentence
        score = -0.7 * min(back, 8) - 0.2 * min(self.paragraph_of(position) - last.paragraph, 5)
        score += 0.95 * last.subject + 0.4 * math.log(trace.count)
        score += 1.4 * (referent is self.last_speaker)
        score -= 1.5 * (last.quoted and not quoted) + 0.4 * last.possessive
        return score

    def pronoun(self, word: str, position: int, quoted: bool, source: bool) -> Pronoun:
        """A pronoun with its place in the text."""
        place = self._clauses.place(position, position + len(word)) if self._clauses is not None else None
        sentence, paragraph = self.sentence_of(position), self.paragraph_of(position)
        return Pronoun(word, kind_of(word), position, sentence, paragraph, quoted, source, place)

    def weighed(self, pronoun: Pronoun, ahead: dict[Referent, Mention]) -> list[tuple[Evidence, Referent]]:
        """The referents that a pronoun may mean, nearest first, with what speaks for each.

        ahead: those named after it in its sentence.
        """
        found: list[tuple[Evidence, Referent]] = []
        fitting = _FITTING[pronoun.kind]
        for rank, referent in enumerate(reversed(self.traces)):
            if rank >= 4 * CANDIDATES or len(found) >= CANDIDATES:
                break
            if referent.kind in fitting or (pronoun.kind == "person" and referent.labelled):
                known = evidence(pronoun, referent, self.traces[referent], ahead.get(referent), self._clauses)
                known["rank"] = math.log(1 + len(found))
                if referent is self.last_speaker:
                    known["speaker"] = 1.0
                found.append((known, referent))
        for referent, mention in ahead.items():
            fits = referent.kind in fitting or (pronoun.kind == "person" and referent.labelled)
            if fits and referent not in self.traces:
                found.append((evidence(pronoun, referent, None, mention, self._clauses), referent))
        self._compare(pronoun, found)
        if self._learned is not None and len(found) > 1:
            self._add_learned(pronoun, ahead, found)
        return found

    def _compare(self, pronoun: Pronoun, found: list[tuple[Evidence, Referent]]) -> None:
        """What tells a candidate from the others: first in its sentence, first in the text, most named."""
        traces = [self.traces.get(referent) for _, referent in found]
        first: dict[int, int] = {}
        for trace in traces:
            if trace is not None:
                first[trace.last.sentence] = min(trace.position, first.get(trace.last.sentence, trace.position))
        most = max((referent.count for _, referent in found), default=0)
        for (known, referent), trace in zip(found, traces, strict=True):
            if trace is None:
                continue
            if first[trace.last.sentence] == trace.position:
                here = trace.last.sentence == pronoun.sentence
                known["first of sentence here" if here else "first of sentence before"] = 1.0
            known["first of text"] = float(trace.number == 0)
            known["most named"] = float(referent.count == most)
            known["share"] = referent.count / most if most else 0.0

    def _add_learned(
        self, pronoun: Pronoun, ahead: dict[Referent, Mention], found: list[tuple[Evidence, Referent]]
    ) -> None:
        assert self._learned is not None
        mentions = [
            [*([ahead[r]] if r in ahead else ()), *(self.traces[r].recent if r in self.traces else ())]
            for _, r in found
        ]
        scores = iter(self._learned(pronoun.position, [(m.position, m.end) for own in mentions for m in own]))
        grouped = [[next(scores) for _ in own] for own in mentions]
        top = max(max(own) for own in grouped)
        for (known, _), own, values in zip(found, mentions, grouped, strict=True):
            known.update(learned(values, own, top))


def shares(scored: Sequence[tuple[float, Referent]]) -> list[tuple[float, Referent]]:
    """How likely each candidate is (softmax of the scores), the likeliest first; empty when none is in mind."""
    best = max((score for score, _ in scored), default=_FORGOTTEN)
    if best <= _FORGOTTEN:
        return []
    weights = [(math.exp(score - best), referent) for score, referent in scored]
    total = sum(weight for weight, _ in weights)
    return sorted(((weight / total, referent) for weight, referent in weights), key=lambda item: -item[0])


_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Capt|Sgt|Rev|Hon|hon|St|Prof|Jr|Sr|No|vs|Del|Sens|Reps|Jan|Feb|Aug|"
    r"Sept|Oct|Nov|Dec)|\b[A-Za-z](?:\.[A-Za-z])*)\.$"
)
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]?[^\W\d_a-z])|\n+\s*|[;:]\s*\n")


def sentence_starts(text: str) -> list[int]:
    """Character offsets at which sentences begin, by punctuation and line ends alone."""
    starts = [0]
    for match in _SENTENCE_END.finditer(text):
        if match[0][0] == "." and _ABBREVIATED.search(text[max(0, match.start() - 8) : match.start() + 1]):
            continue
        starts.append(match.end())
    return starts


def paragraph_starts(text: str) -> list[int]:
    """Character offsets at which paragraphs (lines with text) begin."""
    return [match.start() for match in re.finditer(r"(?m)^[^\n]*\S", text)]
