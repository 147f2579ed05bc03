"""The way in: attributions of a document to their speakers."""

import re
from collections.abc import Sequence

from spacy.tokens import Doc

from extractor.documents.document import Document
from extractor.pipeline.attribution import Attribution
from extractor.pipeline.encoder import text_of
from extractor.statements.speakers.referents import Referent
from extractor.statements.speakers.resolver import Resolver
from extractor.statements.speakers.roles import make_role, role_before
from extractor.statements.speakers.source import PRONOUNS, Part
from extractor.statements.speakers.speaker import Speaker
from extractor.statements.speakers.structure import enclosing, tag_after, tag_before
from extractor.statements.speakers.walk import Reading

_FIRST_PERSON = frozenset({"i", "we", "my", "our", "me", "us", "mine", "ours", "myself", "ourselves"})
_QUOTE_OPENS = "\"“‘'«„"
_ASIDE = re.compile(r"\W*[—–]\s*[^\n—–]{1,40}[—–]\s*[\"“‘']?")
_CHAIN = 12
_CONTINUES = 2


def resolve(doc: Doc, document: Document, attributions: Sequence[Attribution]) -> list[Speaker]:
    """Find the speaker of each attribution.

    doc: the pipeline's ``Doc``; entities and quotations on it help, and neither is needed. document: what is known
    from outside the text (turns, one speaker throughout, byline). attributions: in any order.

    Returns one ``Speaker`` per attribution, in the same order. Time grows about linearly with the text.
    """
    if not attributions:
        return []
    return _Resolution(doc, document, attributions).speakers()


def _quotes(doc: Doc, text: str, attributions: Sequence[Attribution]) -> list[tuple[int, int]]:
    known = doc._.quotations if Doc.has_extension("quotations") else None
    if known:
        return list(known)
    return [
        (part.start_char, part.end_char)
        for attribution in attributions
        for part in attribution.content
        if text[part.start_char : part.start_char + 1] in _QUOTE_OPENS
    ]


class _Resolution:
    def __init__(self, doc: Doc, document: Document, attributions: Sequence[Attribution]) -> None:
        self._text, self._document, self._attributions = text_of(doc), document, attributions
        self._resolver = Resolver(doc, document, attributions, _quotes(doc, self._text, attributions), self._text)
        self._content = [[(s.start_char, s.end_char) for s in a.content] for a in attributions]
        points = [
            a.source[0].start_char if a.source else c[0][0] if c else None
            for a, c in zip(attributions, self._content, strict=True)
        ]
        self._outer = enclosing(self._content, points)

    def speakers(self) -> list[Speaker]:
        readings = self._resolver.read()
        self._found: list[Speaker | None] = [self._from_source(i, r) for i, r in enumerate(readings)]
        order = sorted(range(len(self._found)), key=lambda i: self._content[i][0] if self._content[i] else (0, 0))
        self._place = {index: place for place, index in enumerate(order)}
        self._order = order
        for index in order:
            if self._found[index] is None:
                self._found[index] = self._without_source(index)
        return [speaker or Speaker() for speaker in self._found]

    def _mention(self, index: int) -> tuple[str, tuple[tuple[int, int], ...]]:
        if not self._resolver.parts(index):
            return "", ()
        spans = tuple((s.start_char, s.end_char) for s in self._attributions[index].source)
        return " ".join(self._text[s:e] for s, e in spans), spans

    def _from_source(self, index: int, readings: list[Reading]) -> Speaker | None:
        """The speaker that the source itself gives; None where the structure of the text must say."""
        parts = self._resolver.parts(index)
        if not parts or (len(parts) == 1 and parts[0].kind == "pronoun" and parts[0].noun in _FIRST_PERSON):
            return None
        mention, spans = self._mention(index)
        if self._content[index]:
            label = self._resolver.labels.turn_of(self._content[index][0][0], self._content[index][-1][1])
            if label:
                speaker = self._resolver.labels.referent(label)
                return Speaker(speaker.name, mention, spans, self._first_role(speaker), "turn", 0.95)
        names, methods, sure = [], [], 1.0
        for part, (referent, method, confidence) in zip(parts, readings, strict=True):
            name = referent.name if referent is not None else self._text[part.start : part.end]
            if name not in names:
                names.append(name)
            methods.append(method if referent is not None else "none")
            sure = min(sure, confidence if referent is not None else 0.3)
        order = ("none", "pronoun", "nominal", "partial name", "named")
        method = min(methods, key=order.index)
        return Speaker("; ".join(names), mention, spans, self._role(parts[0], readings[0][0]), method, round(sure, 3))

    def _role(self, part: Part, referent: Referent | None) -> str:
        if part.kind == "name":
            before = role_before(self._text, part.names[0].start)
            if before:
                return make_role(before).text
        return referent.roles[0].text if referent is not None and referent.roles else ""

    def _without_source(self, index: int) -> Speaker:
        mention, spans = self._mention(index)
        start = spans[0][0] if spans else self._content[index][0][0] if self._content[index] else 0
        outer = self._outer[index]
        if mention and outer is not None:
            speaker = self._speaker_of(outer)
            if speaker is not None and speaker.name:
                return Speaker(speaker.name, mention, spans, speaker.role, "pronoun", 0.9 * speaker.confidence)
        given = self._given(start) or (self._given(self._content[index][-1][1] - 1) if self._content[index] else None)
        cue = bool(self._attributions[index].cue)
        resumed = None if mention or cue else self._resumed(index)
        if resumed is not None:
            return resumed
        if given is not None and (mention or not cue):
            return Speaker(given.name, mention, spans, self._first_role(given), "pronoun" if mention else "turn", 0.95)
        if mention:
            name = self._document.byline if mention.lower() in ("i", "my", "me") and self._document.byline else mention
            return Speaker(name, mention, spans, "", "pronoun", 0.5 if name != mention else 0.3)
        if not self._content[index]:
            return Speaker()
        return self._tagged(index) or self._continued(index) or Speaker()

    def _resumed(self, index: int) -> Speaker | None:
        """The speaker of the quotation that one goes on with after a word put in between dashes."""
        previous = self._neighbour(self._place[index], -1)
        if previous is None or not (self._is_quote(index) and self._is_quote(previous)):
            return None
        aside = self._text[self._end(previous) : self._content[index][0][0]]
        speaker = self._found[previous]
        if speaker is None or not _ASIDE.fullmatch(aside):
            return None
        return Speaker(speaker.name, "", (), speaker.role, "continued", round(0.88 * speaker.confidence, 3))

    def _first_role(self, referent: Referent) -> str:
        return referent.roles[0].text if referent.roles else ""

    def _given(self, position: int) -> Referent | None:
        """The speaker that the document gives for a character, by a turn or for the whole text."""
        label = self._resolver.labels.label_at(position)
        return self._resolver.labels.referent(label) if label else None

    def _speaker_of(self, index: int) -> Speaker | None:
        """The speaker of another attribution, through attributions that hold each other; None on a cycle."""
        seen: set[int] = set()
        at: int | None = index
        while at is not None and at not in seen and len(seen) < _CHAIN:
            seen.add(at)
            speaker = self._found[at]
            if speaker is not None:
                return speaker
            if not self._attributions[at].source:
                return self._tagged(at) or self._continued(at)
            at = self._outer[at]
        return None

    def _tagged(self, index: int) -> Speaker | None:
        """The speaker whom a dash after the quote or a colon before it names."""
        after = tag_after(self._text, self._content[index][-1][1])
        if after is not None:
            names = [n for n in self._resolver.names.within(after, after + 80) if n.start <= after + 40]
            for name in names[:1]:
                options = self._resolver.referents.options(name.text)
                if options and "\n" not in self._text[after : name.start]:
                    return self._of(options[0], name.start, name.end, "named", 0.8)
        before = tag_before(self._text, self._content[index][0][0])
        if before is not None:
            names = self._resolver.names.within(*before)
            persons = [
                (n, o[0])
                for n in names
                if (o := self._resolver.referents.options(n.text)) and o[0].kind in ("person", "unknown", "body")
            ]
            if persons:
                name, referent = next((p for p in persons if p[1].kind == "person"), persons[0])
                return self._of(referent, name.start, name.end, "named", 0.7)
            bound = self._resolver.bound_in(*before)
            if bound is not None:
                return self._of(bound[0], bound[1], bound[1] + 3, "pronoun", 0.6)
        return None

    def _of(self, referent: Referent, start: int, end: int, method: str, sure: float) -> Speaker:
        return Speaker(referent.name, self._text[start:end], ((start, end),), self._first_role(referent), method, sure)

    def _continued(self, index: int) -> Speaker | None:
        """The speaker of the passage that a quote without a source goes on with, or that goes on with it."""
        start, end = self._content[index][0][0], self._content[index][-1][1]
        if self._attributions[index].cue and not (self._is_quote(index) or self._carries_on(index)):
            return None
        place = self._place[index]
        following = self._neighbour(place, 1)
        if following is not None:
            gap = (
                self._text[end : self._content[following][0][0]] if self._content[following][0][0] >= end else "x" * 99
            )
            if not gap.strip("\"”’' \n") and gap.count("\n") <= _CONTINUES and self._is_quote(following):
                speaker = self._found[following]
                previous = self._neighbour(place, -1)
                near = previous is not None and self._paragraphs_between(self._end(previous), start) == 0
                if speaker is not None and speaker.name and not near:
                    return Speaker(speaker.name, "", (), speaker.role, "continued", 0.85 * speaker.confidence)
        previous = self._neighbour(place, -1)
        if previous is None:
            return None
        speaker = self._found[previous]
        if speaker is None or not speaker.name:
            return None
        apart = self._paragraphs_between(self._end(previous), start)
        sure = 0.88 if apart == 0 else 0.75 if apart == 1 else 0.45 if apart <= 3 else 0.25
        return Speaker(speaker.name, "", (), speaker.role, "continued", round(sure * speaker.confidence, 3))

    def _carries_on(self, index: int) -> bool:
        """Whether a cue without a source goes on with the speaker before ("she said …, adding that …")."""
        cue = self._attributions[index].cue[0]
        before = self._text[max(0, cue.start_char - 6) : cue.start_char]
        return bool(re.match(r"\w+ing\b", cue.text) or re.search(r"\b(?:and|but)\s(?:then\s|also\s)?$", before))

    def _is_quote(self, index: int) -> bool:
        start = self._content[index][0][0]
        return self._text[start : start + 1] in _QUOTE_OPENS or self._text[max(0, start - 1) : start] in _QUOTE_OPENS

    def _end(self, index: int) -> int:
        attribution = self._attributions[index]
        return max(s.end_char for group in (attribution.content, attribution.cue, attribution.source) for s in group)

    def _paragraphs_between(self, start: int, end: int) -> int:
        return len(re.findall(r"\n\s*", self._text[start:end])) if end > start else 0

    def _neighbour(self, place: int, step: int) -> int | None:
        """The nearest attribution before or after that stands in no other and has a source, or is already known."""
        at = place + step
        for _ in range(_CHAIN):
            if not 0 <= at < len(self._order):
                return None
            index = self._order[at]
            known = self._found[index]
            if self._outer[index] is None and known is not None and known.name and self._content[index]:
                return index
            at += step
        return None


assert PRONOUNS | {"ours"} >= _FIRST_PERSON
