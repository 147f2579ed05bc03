"""Reads the mention of a source: its conjuncts, and what stands at the head of each."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.statements.speakers.names import Name
from extractor.statements.speakers.titles import SPACE, UPPER
from extractor.statements.speakers.words import alternation, words

PRONOUNS = frozenset(
    "he she they it i we you his her hers their theirs its my mine our ours him them us me who whom which "
    "that whose himself herself themselves itself myself ourselves each both all many most some one "
    "others this these those".split()
)
_DETERMINER = re.compile(
    r"(?:the|an?|his|her|its|their|my|our|your|this|these|those|that|others?|another|some|many|several|most|all|both|"
    r"two|three|four|five|one|no|every|each|any|few|a few)\b",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^(?:[\s\"“”'‘,;:(\[—–-]|(?:from|by|to|according to|per|via|of|with)\b\s*)+", re.IGNORECASE)
_TIME = (
    r"(?:\bon\s)?\b(?:(?:just|earlier|late|later|last|this|next|the\sprevious)\s)*"
    r"(?:week|month|year|night|morning|afternoon|evening|today|yesterday|tomorrow|tonight|recently|now|then|later|earlier|once|again|"
    r"still|just|meanwhile|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_TAIL = re.compile(
    rf"(?:[\s,;:)\]—–-]|(?<=\s){_TIME}|\b(?:himself|herself|themselves|itself|all|both|each|also|too|alone)\b)+$",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*(?:\([^()]*\)?|\[[^\[\]]*\]?)")
_SEPARATOR = re.compile(r"\s*,\s*(?:and|or|as well as)\s+|\s+(?:and|or|&|as well as)\s+|\s*[,;]\s*|\s+[—–-]{1,2}\s*")
_POSTMODIFIER = re.compile(
    rf"{SPACE}(?:of|for|at|in|on|from|with|by|to|who|whose|whom|which|that|led|released|published|filed|conducted|"
    rf"commissioned|carried|against|about|over|under|near|across|within|throughout|among|behind|outside|involved|"
    rf"running|working|seeking|"
    rf"representing|responsible|including|like|such as|taken|based|said|is|was|are|were|has|have)\b"
)
CONSTITUENCY = re.compile(
    rf"\bMember(?:\sof\sParliament)?\sfor\s(?:the\s)?[{UPPER}][\w'’-]*"
    rf"(?:(?:,\s(?=(?:North|South|East|West|Central|Mid|Coastal)\b|[{UPPER}][\w'’-]*\s\()"
    rf"|\sand\s(?:the\s)?|\s(?:upon|on|of|the|in)\s|\s)[{UPPER}][\w'’-]*)*"
)
_JOINED_DASH = re.compile(r"\w(?=[—–](?!\d)\w)")  # what is set between dashes is said in passing
_EMPTY = frozenset(
    {"", "the", "a", "an", "and", "of", "but", "as", "said", "says", "'s", "’s", '"', "“", "”", ",", ":"}
)
_BEARER = re.compile(  # one person: "the Under-Secretary of State, my hon. Friend the Member for Ayle (Ada Obi)"
    r"(?:(?!\band\s(?:the|my|his|her|their)\s)[^()])*\b(?:Member|Friend|Gentleman|Lady)\b[^()]*\((?P<name>[^()]+)\)?"
)
_BEARERS = re.compile(  # several: "the hon. Members for Ayle (Ada Obi) and for Moor (Mr. Vole)"
    r"\b(?:hon\.|honourable|noble)\s(?:and\s\w+\s)?(?:Members|Friends)\b"
)
_BRACKET_BEFORE = re.compile(r"\((?:[A-Z]\w{0,4}\.?\s)?$")
_EXAMPLES = re.compile(r"^\s*(?:including|like|such as|among them|led by|notably)\s+", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:the|an?)\s", re.IGNORECASE)
_PARTITIVE = re.compile(
    r"(?:\w+\s)*(?:lots?|number|majority|group|range|host|handful|dozens|scores|hundreds|thousands|millions|percent|half|"
    r"thirds?|quarter|couple|pair|series|most|some|many|others|all|plenty|minority|share|rest|one in \w+)$",
    re.IGNORECASE,
)
_VERB = re.compile(r"\s(?:[a-z]{2,}ed|said|says|has|had|is|was|will|would|told|also)\s")
_ROLE_WORD = re.compile(rf"\b(?:{alternation(words('roles'))})(?:s|es)?\b", re.IGNORECASE)
_SUFFIX = re.compile(rf"^[,\s]*(?:{alternation(words('suffixes'))})\.?$", re.IGNORECASE)
_DOCUMENT = re.compile(rf"(?:{alternation(words('documents'))})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """One of the conjuncts of a source.

    kind: ``name``, ``pronoun``, ``nominal`` or ``document``.
    start, end: character offsets of the mention as it may be shown.
    head_end: where the noun phrase ends that its modifiers follow.
    names: the names that tell: the one at the head of a ``name``, those of the owners of a ``document``.
    noun: the head noun of a nominal, lower case.
    """

    kind: str
    start: int
    end: int
    head_end: int
    names: tuple[Name, ...] = ()
    noun: str = ""
    determiner: str = ""
    plural: bool = False


class Names:
    """The names of a document by place. Looking up takes time that grows with the logarithm of their number."""

    def __init__(self, names: Sequence[Name]) -> None:
        self.all = list(names)
        self._starts = [name.start for name in names]

    def within(self, start: int, end: int) -> list[Name]:
        """The names that lie in ``text[start:end]``, in order."""
        low = bisect_left(self._starts, start)
        high = bisect_left(self._starts, end)
        return [name for name in self.all[low:high] if name.end <= end]

    def before(self, position: int, limit: int = 6) -> list[Name]:
        """The last names that begin before a position, nearest first."""
        high = bisect_left(self._starts, position)
        return self.all[max(0, high - limit) : high][::-1]


def _chunks(text: str, start: int, end: int, names: list[Name]) -> list[tuple[str, int, int]]:
    """Parts between commas and conjunctions outside names and brackets: (separator before, start, end)."""
    closed = [(n.start, n.end) for n in names]
    closed += [(start + m.start(), start + m.end()) for m in _BRACKETS.finditer(text[start:end])]
    closed += [m.span() for m in CONSTITUENCY.finditer(text, start, end)]
    chunks, at, mark = [], start, ""
    for match in _SEPARATOR.finditer(text, start, end):
        if any(s < match.end() and match.start() < e for s, e in closed):
            continue
        if match.start() > at:
            chunks.append((mark, at, match.start()))
        elif not chunks:
            at = match.end()
            continue
        mark, at = match[0].strip().lower(), match.end()
    if at < end:
        chunks.append((mark, at, end))
    return chunks


def read_source(text: str, spans: Sequence[tuple[int, int]], names: Names) -> list[Part]:
    """The conjuncts of a source, in order; empty when it holds no words.

    text: the document's text. spans: character offsets of the source's parts. names: the document's names.
    """
    start, end = spans[0]
    for s, e in spans[1:]:
        if s - end <= 3:
            end = e
    dash = _JOINED_DASH.search(text, start, end)
    if dash:
        end = dash.start() + 1
    line = text.rfind("\n", start, end)
    if line > start and names.within(line, end):
        start = line + 1  # a headline and the line below it
    lead = _LEAD.match(text[start:end])
    if lead and lead.end() < end - start:
        start += lead.end()
    tail = _TAIL.search(text[start:end])
    if tail and tail.start() > 0:
        end = start + tail.start()
    if text[start:end].lower() in _EMPTY:
        return []
    if text[start:end].lower() in PRONOUNS:
        return [Part("pronoun", start, end, end, noun=text[start:end].lower())]
    tail_of = re.fullmatch(
        r"(?:most|many|all|both|some|one|two|each|several|none) of (whom|which|them)", text[start:end], re.I
    )
    if tail_of:
        return [Part("pronoun", start, end, end, noun="they")]
    inside = names.within(start, end)
    bearer = _BEARER.fullmatch(text, start, end)
    if bearer and inside and inside[-1].start >= bearer.start("name"):
        return [Part("name", start, end, end, (inside[-1],))]
    if _BEARERS.search(text, start, end):
        bearers = [n for n in inside if _BRACKET_BEFORE.search(text, start, n.start)]
        if bearers:
            return [Part("name", n.start, n.end, n.end, (n,)) for n in bearers]
    return _gather(text, _chunks(text, start, end, inside), names)


def _gather(text: str, chunks: list[tuple[str, int, int]], names: Names) -> list[Part]:
    parts: list[Part] = []
    listed = any("and" in mark or mark == "&" for mark, _, _ in chunks)
    in_apposition = False
    for index, (mark, start, end) in enumerate(chunks):
        example = _EXAMPLES.match(text[start:end])
        if parts and example and parts[-1].plural and names.within(start, end):
            part = _head(text, start + example.end(), end, names)
            if part.kind == "name":
                parts[-1] = part
                continue
        part = _head(text, start, end, names)
        if not parts:
            parts.append(part)
            in_apposition = False
            continue
        last = parts[-1]
        if "and" in mark and last.kind == "name" and part.kind == "nominal" and part.plural and not part.determiner:
            if len(chunks) == 2 and _ROLE_WORD.fullmatch(part.noun):  # "White House and Pentagon spokesmen"
                parts[-1] = Part("nominal", last.start, end, end, noun=part.noun, plural=True)
                continue
        joins = "and" in mark or mark in ("&", "or") or "as well as" in mark
        closed = mark.startswith(",") or not in_apposition
        if joins and closed and _begins_conjunct(text, part, last, end, mark):
            if last.kind == "document" and part.kind == "name" and last.names and not mark.startswith(","):
                parts[-1] = _with(last, last.names + part.names, end)
            else:
                parts.append(part)
            in_apposition = False
        elif not joins and part.kind == "name" and last.kind == "name" and listed and _is_list(chunks, index, text):
            parts.append(part)
            in_apposition = False
        elif (
            not joins
            and part.kind == "name"
            and last.kind == "nominal"
            and not last.plural
            and index == len(chunks) - 1
        ):
            parts[-1] = Part("name", last.start, end, end, part.names)
        else:
            in_apposition = not joins or in_apposition
            if joins and last.kind != "name":
                parts[-1] = _with(last, last.names, end)
    return parts


def _with(part: Part, names: tuple[Name, ...], end: int) -> Part:
    return Part(part.kind, part.start, end, part.head_end, names, part.noun, part.determiner, part.plural)


def _is_list(chunks: list[tuple[str, int, int]], index: int, text: str) -> bool:
    """Whether a name after a comma is one of a list ("A, B and C"), not said of the name before it."""
    following = [mark for mark, _, _ in chunks[index + 1 :]]
    return any("and" in mark or mark == "&" for mark in following)


def _begins_conjunct(text: str, part: Part, last: Part, end: int, mark: str) -> bool:
    open_modifier = last.head_end < last.end and not mark.startswith(",")
    if last.kind == "name":
        if part.kind == "name":
            return not open_modifier
        return bool(part.determiner) and not open_modifier
    if last.kind == "document":
        return (part.kind == "document" and bool(part.determiner)) or (part.kind == "name" and bool(last.names))
    if part.kind == "name":
        return not open_modifier or mark.startswith(",")
    return bool(part.determiner) and bool(last.determiner) and not open_modifier and part.determiner != "other"


def _head(text: str, start: int, end: int, names: Names) -> Part:
    """What stands at the head of a noun phrase without commas and conjunctions."""
    if text[start:end].lower() in PRONOUNS:
        return Part("pronoun", start, end, end, noun=text[start:end].lower(), determiner="-")
    seat = CONSTITUENCY.search(text, start, end)
    inside = [n for n in names.within(start, end) if n.text.lower() not in words("roles")]
    inside = [n for n in inside if not (seat and seat.start() <= n.start < seat.end())]
    head_end = end
    for match in _POSTMODIFIER.finditer(text, start, end):
        if match.start() > start and not any(n.start < match.end() and match.start() < n.end for n in inside):
            head_end = match.start()
            break
    bare_end = head_end
    bracket = re.search(r"\s*[(\[][^()\[\]]*[)\]]?\s*$", text[start:head_end])
    if bracket and bracket.start() > 0:
        bare_end = start + bracket.start()
        holder = [n for n in inside if n.start >= bare_end and n.end <= head_end]
        person_in_brackets = re.search(
            r"\b(?:Member|Friend|Lord|Baroness|Minister|Secretary|Gentleman|Lady)\b", text[start:bare_end]
        )
        if holder and person_in_brackets:
            return Part("name", start, end, head_end, (holder[-1],))
    tail = _TAIL.search(text[start:bare_end])
    if tail and tail.start() > 0:
        bare_end = start + tail.start()
    in_head = [n for n in inside if n.end <= bare_end + 2]
    if in_head:
        rest = text[in_head[-1].end : bare_end]
        possessive = re.fullmatch(r"['’]s?", rest.strip())
        if not rest.strip() or possessive or (_SUFFIX.match(rest) and not _ARTICLE.match(text, start)):
            return Part("name", start, end, head_end, (in_head[-1],))
        first = in_head[0]
        if first.start == start and _VERB.match(text, first.end):
            return Part("name", start, first.end, first.end, (first,))
        if first.start == start and " " in first.text and re.match(r"[A-Z]", text[first.end : bare_end].strip()):
            return Part("name", start, end, head_end, (first,))  # a headline runs on in capitals
    member = re.search(r"\b(?:Member|Friend|Gentleman|Lady)\b", text[start:end])
    holder = [n for n in inside if text[n.start - 1] in "(" or re.search(r"\((?:\w+\.?\s)*$", text[start : n.start])]
    if member and holder:
        return Part("name", start, end, head_end, (holder[-1],))
    if seat:
        return Part("nominal", start, end, end, noun="member", determiner="the")
    region = text[start:bare_end]
    last = re.search(r"([^\W_]+(?:[-'’][^\W_]+)*)\W*$", region)
    noun = last[1].lower() if last else ""
    noun = re.sub(r"['’]s?$", "", noun)
    determiner = _DETERMINER.match(region)
    plural = noun.endswith("s") and not noun.endswith(("ss", "us", "is"))
    plural = plural or noun.endswith(("men", "people")) or noun == "police"
    plural = plural or bool(_PARTITIVE.match(region))
    owned = noun in words("acts") and (determiner is not None or bool(re.search(r"['’]s?\s", region)))
    document = owned or _DOCUMENT.fullmatch(noun)
    kind = "document" if document and not _ROLE_WORD.fullmatch(noun) else "nominal"
    owners: tuple[Name, ...] = tuple(n for n in inside if n.start > head_end)[:1]
    if kind == "document":
        owners = _owners(text, end, bare_end, inside, names)
    return Part(kind, start, end, head_end, owners, noun, determiner[0].lower() if determiner else "", plural)


_NOT_BY = re.compile(r"\b(?:published|obtained|seen|reviewed|cited|reported|leaked|shared|posted)\s+(?:by|from|in)\b")


def _owners(text: str, end: int, head_end: int, inside: list[Name], names: Names) -> tuple[Name, ...]:
    """The names of those whose document it is: before its noun, else after "by" or "from"."""
    before = [n for n in inside if n.end <= head_end]
    if before:
        possessive = [n for n in before if re.match(r"['’]", text[n.end : n.end + 1])]
        return ((possessive or before)[0],)
    after = text[head_end:end]
    makers = re.search(r"\b(?:by|from)\s", after)
    if not makers or _NOT_BY.search(after):
        return ()
    maker = _head(text, head_end + makers.end(), end, names)
    return maker.names if maker.kind == "name" else ()
