"""Follows who is spoken of through a text, and finds whom a pronoun means.

A pronoun's candidates are the last few referents and those named further on in its sentence; ``evidence.py`` says what
speaks for each. A first name says nothing.
"""

import math
import re
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from itertools import islice

from extractor.statements.speakers.clauses import Clauses
from extractor.statements.speakers.coreference import Coreference
from extractor.statements.speakers.evidence import (
    Candidate,
    Following,
    Mention,
    Pronoun,
    Standing,
    Trace,
    add_learned,
    best_scores,
    gender_evidence,
    kind_evidence,
    kind_of,
    placed,
    traced,
    weigh,
)
from extractor.statements.speakers.referents import Referent

_FORGOTTEN = -6.5
CANDIDATES = 14
"""How many of the last referents a pronoun is compared with."""
_RANKS = [math.log(1 + rank) for rank in range(CANDIDATES)]

_FITTING: dict[str, frozenset[str]] = {
    "person": frozenset({"person", "unknown", "someone"}),
    "plural": frozenset({"joint", "people", "body", "place", "unknown", "document", "person"}),
    "neuter": frozenset({"body", "document", "place", "unknown", "thing"}),
}


class Discourse:
    """The referents in mind at one point of a text, moved on by ``mention``.

    sentences, paragraphs: character offsets at which each begins, in order.
    coreference: the learned scores of pronouns and mentions, where there are any.
    clauses: the grammar of the text, where it was parsed.

    The text may be gone through again after ``restart``: what was found out of traces met before is kept.
    """

    def __init__(
        self,
        sentences: Sequence[int],
        paragraphs: Sequence[int],
        coreference: Coreference | None = None,
        clauses: Clauses | None = None,
    ) -> None:
        self._sentences, self._paragraphs = sentences, paragraphs
        self._coreference, self._clauses = coreference, clauses
        self._first_traces: dict[Referent, Following] = {}
        self.restart()

    def restart(self) -> None:
        """Go back to the head of the text, with nobody in mind."""
        self.traces: OrderedDict[Referent, Trace] = OrderedDict()
        self.last_speaker: Referent | None = None
        self._first: Referent | None = None

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
        words = self._coreference.words(position, end) if self._coreference is not None else (0, 0)
        sentence, paragraph = self.sentence_of(position), self.paragraph_of(position)
        return Mention(position, end, sentence, paragraph, subject, quoted, possessive, pronoun, place, words)

    def mention(
        self,
        referent: Referent,
        position: int,
        end: int,
        *,
        subject: bool = False,
        quoted: bool = False,
        possessive: bool = False,
        pronoun: bool = False,
    ) -> None:
        """Note that a referent is mentioned. Mentions come in the order of the text."""
        before = self.traces.get(referent)
        following = before.following if before is not None else self._first_traces.setdefault(referent, {})
        given = (position, end, subject, quoted, possessive, pronoun)
        trace = following.get(given)
        if trace is None:
            mention = self.mention_at(
                position, end, subject=subject, quoted=quoted, possessive=possessive, pronoun=pronoun
            )
            trace = following[given] = traced(before, mention)
        if self._first is None:
            self._first = referent
        self.traces[referent] = trace
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

    def pronoun(self, word: str, position: int, quoted: bool, source: bool, ahead: dict[Referent, Mention]) -> Pronoun:
        """A pronoun with its place in the text; ahead: those whom the rest of its sentence names."""
        place = self._clauses.place(position, position + len(word)) if self._clauses is not None else None
        sentence, paragraph = self.sentence_of(position), self.paragraph_of(position)
        return Pronoun(word, kind_of(word), position, sentence, paragraph, quoted, source, place, ahead)

    def candidates(self, pronoun: Pronoun) -> list[Candidate]:
        """The referents that a pronoun may mean, nearest first, with what speaks for each."""
        found = self._compared(pronoun)
        for candidate in found:
            candidate.gender = gender_evidence(pronoun, candidate.referent)
        return found

    def _compared(self, pronoun: Pronoun) -> list[Candidate]:
        """The candidates with all but their gender: those of the last walk, unless another is in mind by now."""
        fitting = self._fitting(pronoun)
        given = self.last_speaker, self._first, fitting
        before, found = pronoun.compared
        if given == before:
            return found
        self._find_standings(pronoun, fitting)
        found = [
            Candidate(referent, trace, pronoun.standings[trace or referent], kind_evidence(referent))
            for referent, trace in fitting
        ]
        self._compare(pronoun, [candidate for candidate in found if candidate.trace is not None], found)
        if len(found) > 1 and self._coreference is not None:
            add_learned(found)
        for candidate in found:
            candidate.score = candidate.standing.score + weigh(candidate.own, pronoun.weights)
        pronoun.compared = given, found
        return found

    def _fitting(self, pronoun: Pronoun) -> list[tuple[Referent, Trace | None]]:
        """Those mentioned last, the nearest first, then those who are only named further on."""
        kinds, person = _FITTING[pronoun.kind], pronoun.kind == "person"
        found: list[tuple[Referent, Trace | None]] = []
        for referent, trace in islice(reversed(self.traces.items()), 4 * CANDIDATES):
            if referent.kind in kinds or (person and referent.labelled):
                found.append((referent, trace))
                if len(found) == CANDIDATES:
                    break
        for referent in pronoun.ahead:
            if referent not in self.traces and (referent.kind in kinds or (person and referent.labelled)):
                found.append((referent, None))
        return found

    def _find_standings(self, pronoun: Pronoun, fitting: list[tuple[Referent, Trace | None]]) -> None:
        """See how each candidate stands to a pronoun: once for each of its traces."""
        new = [(referent, trace) for referent, trace in fitting if (trace or referent) not in pronoun.standings]
        for (referent, trace), learned in zip(new, self._learned(pronoun, new), strict=True):
            places = placed(pronoun, trace, pronoun.ahead.get(referent), self._clauses)
            pronoun.standings[trace or referent] = Standing(places, weigh(places, pronoun.weights), learned)

    def _learned(
        self, pronoun: Pronoun, fitting: list[tuple[Referent, Trace | None]]
    ) -> list[tuple[float, float, float]]:
        """The encoder's scores of each candidate; zeros where it gives none."""
        if self._coreference is None:
            return [(0.0, 0.0, 0.0)] * len(fitting)
        mentions = [
            [*([pronoun.ahead[referent]] if referent in pronoun.ahead else ()), *(trace.recent if trace else ())]
            for referent, trace in fitting
        ]
        scores = self._coreference.scores(pronoun.position, [m.words for own in mentions for m in own])
        found, at = [], 0
        for own in mentions:
            found.append(best_scores(scores[at : at + len(own)], own))
            at += len(own)
        return found

    def _compare(self, pronoun: Pronoun, behind: list[Candidate], found: list[Candidate]) -> None:
        """What tells those mentioned before from the others: how near, first in its sentence, most named, and so on."""
        first: dict[int, int] = {}
        lasts = [candidate.trace.last for candidate in behind if candidate.trace is not None]
        for last in lasts:
            first[last.sentence] = min(last.position, first.get(last.sentence, last.position))
        most = max((candidate.referent.count for candidate in found), default=0)
        for rank, (candidate, last) in enumerate(zip(behind, lasts, strict=True)):
            own, referent = candidate.own, candidate.referent
            own["rank"] = _RANKS[rank]
            if referent is self.last_speaker:
                own["speaker"] = 1.0
            if first[last.sentence] == last.position:
                here = last.sentence == pronoun.sentence
                own["first of sentence here" if here else "first of sentence before"] = 1.0
            if referent is self._first:
                own["first of text"] = 1.0
            if referent.count == most:
                own["most named"] = 1.0
            if referent.count:
                own["share"] = referent.count / most


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
