"""Follows who is spoken of through a text, and finds whom a pronoun means.

A pronoun's candidates are the last few referents; each is scored by how near it was mentioned, whether as a
subject or as the last speaker, and by what the document says for "he" or "she". A first name says nothing.
"""

import math
import re
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extractor.statements.speakers.referents import Referent

LEARNED = {"person": 0.4, "plural": 0.2, "neuter": 0.2}
"""How much a learned score counts beside the others, for "he" and "she", for "they" and for "it"."""
_LEAST = -6.0
_FORGOTTEN = -6.5
_AGREEMENT = 1.8
_PLAIN = 3.0
_MAYBE_BODY = 2.2
CANDIDATES = 14
"""How many of the last referents a pronoun is compared with."""

MALE = frozenset({"he", "him", "his", "himself"})
FEMALE = frozenset({"she", "her", "hers", "herself"})
PLURAL = frozenset({"they", "them", "their", "theirs", "themselves", "each", "both", "all", "these", "those", "others"})
NEUTER = frozenset({"it", "its", "itself"})
SUBJECTS = frozenset({"he", "she", "they", "it"})

_FIT: dict[str, dict[str, float]] = {
    "person": {"person": 0.0, "unknown": -1.2, "someone": -1.0},
    "plural": {
        "joint": 1.0,
        "people": 0.4,
        "body": -0.3,
        "place": -2.0,
        "unknown": -1.0,
        "document": -2.5,
        "person": -3.5,
    },
    "neuter": {"body": 0.6, "document": 0.5, "place": 0.0, "unknown": 0.0, "thing": -1.0},
}


@dataclass(slots=True)
class Trace:
    """When and how a referent was last mentioned: start and end, sentence and paragraph number, how often so far."""

    position: int
    end: int
    sentence: int
    paragraph: int
    subject: bool
    quoted: bool
    possessive: bool
    speaker: bool = False
    count: int = 1


class Discourse:
    """The referents in mind at one point of a text, moved on by ``mention``.

    sentences, paragraphs: character offsets at which each begins, in order.
    learned: gives learned scores for a pronoun at a character and the (start, end) of earlier mentions, or None.
    """

    def __init__(
        self,
        sentences: Sequence[int],
        paragraphs: Sequence[int],
        learned: Callable[[int, Sequence[tuple[int, int]]], Sequence[float]] | None = None,
    ) -> None:
        self._sentences, self._paragraphs, self._learned = sentences, paragraphs, learned
        self.traces: OrderedDict[Referent, Trace] = OrderedDict()
        self.last_speaker: Referent | None = None

    def sentence_of(self, position: int) -> int:
        """The number of the sentence that holds a character."""
        return bisect_right(self._sentences, position)

    def paragraph_of(self, position: int) -> int:
        """The number of the paragraph that holds a character."""
        return bisect_right(self._paragraphs, position)

    def mention(
        self,
        referent: Referent,
        position: int,
        *,
        subject: bool = False,
        quoted: bool = False,
        possessive: bool = False,
        end: int = 0,
    ) -> None:
        """Note that a referent is mentioned at a character; ``end`` is where the mention ends, if it has many words."""
        sentence, paragraph = self.sentence_of(position), self.paragraph_of(position)
        trace = self.traces.get(referent)
        if trace is None:
            self.traces[referent] = Trace(
                position, max(end, position + 1), sentence, paragraph, subject, quoted, possessive
            )
            return
        if not (quoted and not trace.quoted and sentence == trace.sentence):
            same = trace.sentence == sentence
            trace.subject = subject or (same and trace.subject)
            trace.quoted, trace.possessive = quoted, possessive and not (same and not trace.possessive)
            trace.position, trace.end = position, max(end, position + 1)
            trace.sentence, trace.paragraph = sentence, paragraph
        trace.count += 1
        self.traces.move_to_end(referent)

    def speaks(self, referent: Referent) -> None:
        """Note that a referent is the speaker of the attribution just read."""
        self.last_speaker = referent

    def salience(self, referent: Referent, position: int, quoted: bool = False) -> float:
        """How much a referent is in mind at a character; higher is more."""
        trace = self.traces.get(referent)
        if trace is None:
            return -8.0
        back = self.sentence_of(position) - trace.sentence
        score = -0.7 * min(back, 8) - 0.2 * min(self.paragraph_of(position) - trace.paragraph, 5)
        score += 0.95 * trace.subject + 0.4 * math.log(trace.count)
        score += 1.4 * (referent is self.last_speaker)
        score -= 1.5 * (trace.quoted and not quoted) + 0.4 * trace.possessive
        return score

    def candidates(self, word: str, position: int, quoted: bool = False) -> list[tuple[float, Referent]]:
        """The referents that a third-person pronoun at a character may mean, with their scores, nearest first."""
        kind = "person" if word in MALE or word in FEMALE else "plural" if word in PLURAL else "neuter"
        fit = _FIT[kind]
        scored: list[tuple[float, Referent]] = []
        for rank, referent in enumerate(reversed(self.traces)):
            if rank >= 4 * CANDIDATES or len(scored) >= CANDIDATES:
                break
            if referent.kind not in fit:
                continue
            score = self.salience(referent, position, quoted) + fit[referent.kind] + referent.bias
            if kind == "plural" and referent.kind == "person" and _bare(referent):
                score += _MAYBE_BODY
            if kind == "person":
                score += gender_fit(referent, word in MALE)
                if referent.kind == "unknown" and len(referent.tokens) == 1 and not referent.male + referent.female:
                    score -= 1.5
            scored.append((score, referent))
        if self._learned is None or len(scored) < 2:
            return scored
        spans = [(self.traces[referent].position, self.traces[referent].end) for _, referent in scored]
        learned = self._learned(position, spans)
        top = max(learned)
        return [
            (score + LEARNED[kind] * max(more - top, _LEAST), referent)
            for (score, referent), more in zip(scored, learned, strict=True)
        ]


def _bare(referent: Referent) -> bool:
    """Whether nothing but a label says that a name is a person's, so that it may be a body's."""
    return len(referent.tokens) == 1 and not referent.roles and not referent.male + referent.female


def gender_fit(referent: Referent, male: bool) -> float:
    """How far what the document says of a referent goes with "he" (male) or "she"; 0 when it fits, else negative."""
    own, other = (referent.male, referent.female) if male else (referent.female, referent.male)
    if not own + other:
        return -0.3
    plain = other >= _PLAIN and own < 1  # a title, or "his wife"
    return _AGREEMENT * math.log((own + 0.6) / (own + other + 0.6)) - _AGREEMENT * plain


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
