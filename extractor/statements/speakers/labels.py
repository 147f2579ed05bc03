"""From the label of a turn ("HOLT", "SEN. TED CRUZ") to the fullest name that the text gives its bearer."""

import re
from bisect import bisect_right
from collections import OrderedDict, defaultdict
from collections.abc import Sequence

from extractor.documents.document import Document, Turn
from extractor.statements.speakers.names import Name, find_names
from extractor.statements.speakers.referents import Referent, Referents, tokens_of
from extractor.statements.speakers.titles import LEADING_TITLE
from extractor.statements.speakers.words import words

_INTRODUCES = re.compile(r"\b(?:I['’]m|I am|[Mm]y name is|[Tt]his is)\s(?:[A-Z]\w*\.?\s)?$")
_USES = 40
_FILLS = 0.8
_KEPT = 4


_LABEL = re.compile(
    r"(?m)^[ \u00a0]*[\"“]?((?:[A-Z]{1,5}\. ?)*[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]*){0,4}|[QA])"
    r"(?: ?\([^)\n]*\))?:[ \u00a0\n]+"
)
_FEWEST = 3


def turns_within(text: str) -> list[Turn]:
    """The turns of a stretch of transcript inside another text: lines that begin with a label in capitals.

    At least three lines must, and one label at least twice; the last turn ends with its line.
    """
    found = list(_LABEL.finditer(text))
    if len(found) < _FEWEST or len({match[1] for match in found}) == len(found):
        return []
    turns = []
    for match, following in zip(found, [*found[1:], None], strict=True):
        line = text.find("\n", match.end())
        last = line if line >= 0 else len(text)
        end = following.start() if following else last
        turns.append(Turn(match.end(), match.end() + len(text[match.end() : end].rstrip()), match[1]))
    return turns


class Turns:
    """The turns of a transcript by place: those the document gives, else those its text shows."""

    def __init__(self, document: Document) -> None:
        given = document.turns or turns_within(document.text)
        self._turns = sorted((t for t in given if t.end > t.start), key=lambda turn: turn.start)
        self._starts = [turn.start for turn in self._turns]

    def at(self, position: int) -> Turn | None:
        """The turn whose words hold a character, if any."""
        at = bisect_right(self._starts, position) - 1
        return self._turns[at] if at >= 0 and position < self._turns[at].end else None

    def __bool__(self) -> bool:
        return bool(self._turns)


class Labels:
    """Names for the labels of one document's turns and for its ``speaker``.

    A person whom only the bearer of the label speaks of is someone else of that surname ("my father, Fred Okoro"),
    unless introduced with "I'm".
    """

    def __init__(self, document: Document, names: Sequence[Name], referents: Referents) -> None:
        self._document, self._referents = document, referents
        self._turns = Turns(document)
        self._known: dict[str, Referent] = {}
        self._uses: dict[int, list[Name]] = defaultdict(list)
        if self._turns or document.speaker:
            for name in names:
                for referent in referents.options(name.text):
                    if len(self._uses[id(referent)]) < _USES:
                        self._uses[id(referent)].append(name)

    def label_at(self, position: int) -> str:
        """The label of the turn at a character, else the document's speaker; empty when there is neither."""
        turn = self._turns.at(position)
        return (turn.speaker if turn else self._document.speaker).strip(" :\n\t")

    def turn_of(self, start: int, end: int) -> str:
        """The label of the turn that a stretch of text fills, for the most part; empty when it is no turn's whole."""
        turn = self._turns.at(start) or self._turns.at(end - 1)
        if turn is None:
            return ""
        shared = min(end, turn.end) - max(start, turn.start)
        fills = shared >= _FILLS * (turn.end - turn.start) and shared >= _FILLS * (end - start)
        return turn.speaker.strip(" :\n\t") if fills else ""

    def referent(self, label: str) -> Referent:
        """Whom a label names: a referent of the text, or a new one with the label for its name.

        A title before a full name is no part of it, as in the text.
        """
        known = self._known.get(label)
        if known is None:
            bare = LEADING_TITLE.sub("", label)
            name = bare if len(tokens_of(bare)) > 1 else label
            known = self._known[label] = self._find(label) or Referent(name, "person", tokens=tokens_of(name))
        return known

    def _find(self, label: str) -> Referent | None:
        bare = re.sub(r"\s*[(\[][^)\]]*[)\]]\s*", " ", label).strip(" :")
        bare = LEADING_TITLE.sub("", bare)
        if bare.lower() in words("labels without a name"):
            return None
        wanted = tokens_of(bare)
        fits = [
            referent
            for referent in self._referents.find(bare)
            if referent.kind in ("person", "unknown")
            and len(referent.tokens) >= len(wanted)
            and (referent.tokens[-1:] == wanted[-1:] if len(wanted) == 1 else _same_ends(referent.tokens, wanted))
            and self._spoken_of(referent, label)
        ]
        if len(fits) != 1 or (len(tokens_of(fits[0].name)) == 1 and len(wanted) > 1):
            return None
        return fits[0]

    def _spoken_of(self, referent: Referent, label: str) -> bool:
        text = self._document.text
        uses = [n for n in self._uses[id(referent)] if len(tokens_of(n.text)) > 1]
        for name in uses:
            if self.label_at(name.start) != label or _INTRODUCES.search(text[max(0, name.start - 24) : name.start]):
                return True
        return not uses


def _same_ends(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return one[0] == other[0] and one[-1] == other[-1]


_recent: OrderedDict[int, tuple[Document, Labels]] = OrderedDict()
"""The labels of the last few documents asked for, by identity: hashing a document would walk all its turns."""


def _labels(document: Document) -> Labels:
    kept = _recent.get(id(document))
    if kept is None or kept[0] is not document:
        known = document.speaker or Turns(document)
        names = find_names(document.text) if known else []
        kept = _recent[id(document)] = document, Labels(document, names, Referents(document.text, names))
        if len(_recent) > _KEPT:
            _recent.popitem(last=False)
    return kept[1]


def speaker_at(document: Document, start: int) -> str:
    """Who speaks at a character outside any quote: the speaker of its turn, else the document's, else nobody ("").

    The name is the fullest that the text gives for the label of the turn.
    """
    labels = _labels(document)
    label = labels.label_at(start)
    return labels.referent(label).name if label else ""
