"""Walks through a document and keeps who is meant by each name, pronoun and description on the way."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from spacy.tokens import Doc

from extractor.documents.document import Document
from extractor.pipeline.attribution import Attribution
from extractor.statements.speakers.clauses import Clauses
from extractor.statements.speakers.coreference import Coreference
from extractor.statements.speakers.discourse import Discourse, paragraph_starts, sentence_starts, shares
from extractor.statements.speakers.evidence import FEMALE, MALE, SUBJECTS, Candidate, Evidence, Mention, Pronoun, weigh
from extractor.statements.speakers.labels import Labels
from extractor.statements.speakers.names import Name, find_names
from extractor.statements.speakers.nominals import Descriptions, head_of
from extractor.statements.speakers.papers import Papers
from extractor.statements.speakers.parliament import ADDRESS, gender_of, points_back, without_address
from extractor.statements.speakers.referents import Referent, Referents, title_gender, tokens_of
from extractor.statements.speakers.roles import learn_roles, make_role, role_before, role_words
from extractor.statements.speakers.source import Names, Part, read_source
from extractor.statements.speakers.words import alternation, words

RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
PASSES = 3
"""How often the text is walked: what "he" and "she" were bound to tells the next walk who is which."""
_SHARED = 4
_LONGEST_NAME = 120
_SURE = 0.5
_AHEAD = 240
_NAMES_AHEAD = 4

_PRONOUN = re.compile(rf"\b(?:{'|'.join(sorted(MALE | FEMALE))})\b", re.IGNORECASE)
_THING = re.compile(r"\b(?:they|them|their|themselves|it|its|itself)\b", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:I(?!\.)|[Mm]e|[Mm]y|[Mm]yself|[Mm]ine)\b")
_NOMINAL = re.compile(
    rf"\b(?P<determiner>an?|the|my|his|her|their|our|one|another|some|many|several)\s"
    rf"(?P<rest>(?:[\w’'.-]+\s){{0,3}}?(?:{alternation(words('roles'))})(?P<plural>s)?)\b(?!['’]s?\b|\s(?-i:[A-Z]))",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:\s\([^()]{1,12}\))?(?:,\s(?P<also>and\s)?|\s(?P<and>and|&)\s)(?:the\s)?(?:[A-Z]\w{1,4}\.\s)?")
_BRACKET = re.compile(r"\s\((?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady)\.?\s)?")
_NAME_AFTER = re.compile(rf",\s(?:{alternation(['Mr', 'Mrs', 'Ms', 'Dr', 'Sir', 'Dame'])}\.?\s)?(?-i:[A-Z])")
_PREDICATE = re.compile(r"(?:,|—|–|-|\b(?:is|was|became|as|be|been|remains|are|were)(?:\s\w+ly)?)\s*$")
_SUBJECT_AFTER = re.compile(
    r"\s*(?:\([^)\n]*\)|,[^.\n]{0,90}?,)?\s*(?:has|had|is|was|will|would|can|could|did|does|do|also|who|told|"
    r"(?!this|his|as|its|plus|versus|does|was|is|years?|days|times|across|towards)[a-z]+(?:ed|s)|said|made|took|went|"
    r"gave|came|wrote|met|won|lost|led|left|began|got|ran|put|set|kept|held|felt|thought|knew|saw|spoke|never|now)\b"
)
_OBJECT_BEFORE = re.compile(
    r"\b(?:in|of|for|on|at|by|to|from|with|against|about|than|like|as|between|under|over|into|near|told|tells|asked)\s"
    r"(?:the\s)?(?:[A-Z]\w*\.?\s){0,3}$"
)
_POSSESSIVE_AFTER = re.compile(
    rf"['’]s?\b|(?<=s)['’]|\s(?:{alternation(words('roles'))})s?\b(?!\s[a-z])|\s(?:[a-z]+\s)?(?:{alternation(words('roles'))})\s[A-Z]"
)
_DEFINITE = frozenset({"the", "this", "that", "his", "her", "its", "their", "my", "our", "both", "these", "those"})

Reading = tuple[Referent | None, str, float]
"""Who it is, the method that found it, and how sure."""


class Walk:
    """The speakers of one document.

    doc: the pipeline's ``Doc``. attributions: in any order. quotes: character offsets of quotations, marks included.
    text: that of ``doc``, from whoever has it: spaCy puts it together anew each time it is asked.
    """

    def __init__(
        self,
        doc: Doc,
        document: Document,
        attributions: Sequence[Attribution],
        quotes: Sequence[tuple[int, int]],
        text: str = "",
    ) -> None:
        self.text = text or doc.text
        self.document = document
        found = find_names(self.text, [(e.start_char, e.end_char, e.label_) for e in doc.ents])
        self._addresses = list(ADDRESS.finditer(self.text))
        found = without_address(self.text, found, self._addresses)
        self.names = Names(found)
        self.referents = Referents(self.text, found)
        learn_roles(self.text, found, self.referents)
        self._descriptions = Descriptions(self.referents.all())
        self.labels = Labels(document, found, self.referents)
        self.papers = Papers(self.text, self.names)
        self._sentences = sentence_starts(self.text)
        self._paragraphs = paragraph_starts(self.text)
        self._quotes = _merged(quotes)
        self._quote_starts = [start for start, _ in self._quotes]
        clauses = Clauses(doc) if doc.has_annotation("DEP") else None
        self._discourse = Discourse(self._sentences, self._paragraphs, Coreference.of(doc), clauses)
        self._pronouns: dict[tuple[str, int], Pronoun] = {}
        self._sources = [
            read_source(self.text, [(s.start_char, s.end_char) for s in a.source], self.names) if a.source else []
            for a in attributions
        ]
        self._relatives = {
            a.source[0].start_char: a.source[0][0]
            for a in attributions
            if a.source and a.source[0][0].lower_ in RELATIVE and doc.has_annotation("DEP")
        }
        self._contents = [[(s.start_char, s.end_char) for s in a.content] for a in attributions]
        self._author = Referent("I", "someone", named=False)
        self._source_starts = {part.start for parts in self._sources for part in parts}
        self._shares: dict[int, list[tuple[float, Referent]]] = {}
        self._base = {r: (r.male, r.female) for r in self.referents.all()}
        self._stands: dict[int, tuple[bool, bool]] = {}
        self._someone: dict[tuple[int, str], Referent] = {}
        self._joint: dict[tuple[int, ...], Referent] = {}

    def read(self) -> list[list[Reading]]:
        """For each attribution, a reading of each part of its source."""
        events = self._events()
        readings: list[list[Reading]] = []
        for _ in range(PASSES):
            readings = self._walk(events)
        return readings

    def chains(self) -> list[list[tuple[int, int]]]:
        """Everyone and everything mentioned, as the character offsets of its mentions in order, pronouns among them.

        Call it after ``read``. It walks the text once more, with "they" and "it", and "I" where its speaker is known.
        """
        events = [*self._events(), *((m.start(), 1.0, "thing", m[0].lower()) for m in _THING.finditer(self.text))]
        readings = self._walk(sorted(events, key=lambda event: event[:2]))
        mentions = self._mentions
        for match in _FIRST_PERSON.finditer(self.text):
            speaker = self._first_person(match.start(), readings)
            if speaker is not None:
                mentions.setdefault(speaker, set()).add(match.span())
        return [sorted(spans) for spans in mentions.values()]

    def _first_person(self, position: int, readings: list[list[Reading]]) -> Referent | None:
        """Who says "I" at a character: the source of the quotation round it, or whose turn it is."""
        if self.quoted(position):
            holders = [i for i, spans in enumerate(self._contents) if any(s <= position < e for s, e in spans)]
            known = [readings[i][0][0] for i in holders if len(readings[i]) == 1]
            return known[0] if known else None
        label = self.labels.label_at(position)
        return self.labels.referent(label) if label else self._author

    @property
    def weighed(self) -> dict[int, list[tuple[Evidence, Referent]]]:
        """What spoke for each candidate of the pronoun at a character, in the last walk."""
        return {at: [(c.evidence, c.referent) for c in found] for at, found in self._candidates.items()}

    def parts(self, index: int) -> list[Part]:
        """The parts of the source of one attribution."""
        return self._sources[index]

    def bound_in(self, start: int, end: int) -> tuple[Referent, int] | None:
        """Whom the first pronoun in a stretch of text means, and where it stands; None when there is none."""
        for match in _PRONOUN.finditer(self.text, start, end):
            referent, _ = self._bound.get(match.start(), (None, 0.0))
            if referent is not None:
                return referent, match.start()
        return None

    def referent_at(self, start: int, end: int) -> Referent | None:
        """Who is meant by a name or pronoun that was read: of several names in ``text[start:end]`` the last one."""
        named = [n for n in self.names.within(max(0, start - _LONGEST_NAME), end + _LONGEST_NAME)
                 if n.start < end and n.end > start]  # fmt: skip
        known = self._bound.get(named[-1].start if named else start)
        return known[0] if known is not None else None

    def quoted(self, position: int) -> bool:
        """Whether a character lies inside a quotation."""
        at = bisect_right(self._quote_starts, position) - 1
        return at >= 0 and position < self._quotes[at][1]

    def _events(self) -> list[tuple[int, float, str, object]]:
        events: list[tuple[int, float, str, object]] = [(n.start, 2, "name", n) for n in self.names.all]
        for pair in self._pairs():
            events.append((pair[-1].start, 2.5, "pair", pair))
        for match in _PRONOUN.finditer(self.text):
            events.append((match.start(), 1, "pronoun", match[0].lower()))
        covered = sorted((p.start, p.head_end) for parts in self._sources for p in parts)
        starts = [s for s, _ in covered]
        for match in _NOMINAL.finditer(self.text):
            at = bisect_right(starts, match.start()) - 1
            if at >= 0 and match.start() < covered[at][1]:
                continue
            events.append((match.start(), 3, "nominal", match))
        for match in self._addresses:
            events.append((match.start(), 0, "address", match))
        for index, parts in enumerate(self._sources):
            if parts:
                events.append((parts[0].start, 0.5, "source", index))
        events.sort(key=lambda event: event[:2])
        return events

    def _pairs(self) -> list[list[Name]]:
        """Names joined by "and", two or a list of them."""
        pairs: list[list[Name]] = []
        run: list[Name] = []
        for name in self.names.all:
            between = self.text[run[-1].end : name.start] if run else ""
            link = _LINK.fullmatch(between) if len(between) < 40 else None
            if run and link:
                run.append(name)
                if (link["and"] or link["also"]) and not self.quoted(name.start):
                    pairs.append(run)
                    run = []
            else:
                run = [name]
        return pairs

    def _read_pair(self, names: list[Name]) -> None:
        members = [referent for name in names if (referent := self._read_name(name)[0]) is not None]
        if len(members) > 1 and all(m.kind in ("person", "unknown", "body", "place") for m in members):
            self._note(self.joint(members), names[-1].start, names[-1].end, subject=True)

    def _walk(self, events: list[tuple[int, float, str, object]]) -> list[list[Reading]]:
        soft = self._soft = {}  # type: dict[Referent, list[float]]
        self._discourse.restart()
        self._next_shares: dict[int, list[tuple[float, Referent]]] = {}
        self._mentions: dict[Referent, set[tuple[int, int]]] = {}
        self._candidates: dict[int, list[Candidate]] = {}
        self._bound: dict[int, tuple[Referent | None, float]] = {}
        self._addressed: dict[int, Referent] = {}
        self._address_ends: dict[int, Referent] = {}
        self._honourable: Referent | None = None
        readings: list[list[Reading]] = [[] for _ in self._sources]
        for position, _, kind, payload in events:
            if kind == "name":
                self._bind(payload)  # type: ignore[arg-type]
            elif kind == "pronoun":
                self._read_pronoun(str(payload), position)
            elif kind == "thing":
                self._read_thing(str(payload), position)
            elif kind == "pair":
                self._read_pair(payload)  # type: ignore[arg-type]
            elif kind == "address":
                self._read_address(payload)  # type: ignore[arg-type]
            elif kind == "nominal":
                self._read_nominal(payload)  # type: ignore[arg-type]
            else:
                index = int(payload)  # type: ignore[call-overload]
                readings[index] = self._read_source(index)
        for referent, (male, female) in self._base.items():
            more = soft.get(referent, [0.0, 0.0])
            referent.male, referent.female = male + more[0], female + more[1]
        self._shares = {at: [(s, r) for s, r in found if r in self._base] for at, found in self._next_shares.items()}
        return readings

    def _read_name(self, name: Name) -> Reading:
        referent, sure = self._bind(name)
        if referent is None:
            return None, "none", 0.0
        full = tokens_of(name.text) == tokens_of(referent.name)
        return referent, "named" if full else "partial name", (0.96 if full else 0.93) * sure

    def _bind(self, name: Name) -> tuple[Referent | None, float]:
        """Whom a name means, and how sure that is; noted when it is first come to."""
        known = self._bound.get(name.start)
        if known is not None:
            return known
        options = self.referents.options(name.text)
        referent, sure = (options[0], 1.0) if len(options) == 1 else self._choose(name, options)
        self._bound[name.start] = (referent, sure)
        if referent is not None:
            subject, possessive = self._stands_as(name)
            self._note(referent, name.start, name.end, subject=subject, possessive=possessive)
        return referent, sure

    def _note(
        self, referent: Referent, start: int, end: int, *, subject: bool = False, possessive: bool = False,
        pronoun: bool = False,
    ) -> None:  # fmt: skip
        quoted = self.quoted(start)
        self._mentions.setdefault(referent, set()).add((start, end))
        self._discourse.mention(
            referent, start, end, subject=subject, quoted=quoted, possessive=possessive, pronoun=pronoun
        )

    def _likely(self, word: str, position: int) -> list[tuple[float, Referent]]:
        """Whom a pronoun of the third person may mean, the likeliest first, each with its likelihood."""
        pronoun = self._pronoun(word, position)
        own = self._shares.get(position, [])
        for share, referent in own:  # what it was bound to in the last walk tells nothing of itself
            _add_gender(referent, word in FEMALE, -share)
        self._candidates[position] = candidates = self._discourse.candidates(pronoun)
        for share, referent in own:
            _add_gender(referent, word in FEMALE, share)
        section = pronoun.weights
        return shares([(c.score + weigh(c.gender, section), c.referent) for c in candidates])

    def _pronoun(self, word: str, position: int) -> Pronoun:
        """The pronoun at a character, the same in every walk."""
        known = self._pronouns.get((word, position))
        if known is None:
            ahead = self._ahead(position) if word in MALE or word in FEMALE else {}
            source = position in self._source_starts
            known = self._discourse.pronoun(word, position, self.quoted(position), source, ahead)
            self._pronouns[word, position] = known
        return known

    def _ahead(self, position: int) -> dict[Referent, Mention]:
        """Those whom the rest of a character's sentence names, each where it does first."""
        number = self._discourse.sentence_of(position)
        end = self._sentences[number] if number < len(self._sentences) else len(self.text)
        found: dict[Referent, Mention] = {}
        for name in self.names.within(position, min(end, position + _AHEAD))[:_NAMES_AHEAD]:
            options = self.referents.options(name.text)
            if len(options) == 1 and options[0] not in found:
                found[options[0]] = self._discourse.mention_at(
                    name.start,
                    name.end,
                    subject=self._is_subject(name),
                    quoted=self.quoted(name.start),
                )
        return found

    def _stands_as(self, name: Name) -> tuple[bool, bool]:
        """Whether a name is a subject, and whether something is said to be its bearer's."""
        known = self._stands.get(name.start)
        if known is None:
            possessive = bool(_POSSESSIVE_AFTER.match(self.text, name.end))
            known = self._stands[name.start] = not possessive and self._is_subject(name), possessive
        return known

    def _is_subject(self, name: Name) -> bool:
        return bool(_SUBJECT_AFTER.match(self.text, name.end)) and not _OBJECT_BEFORE.search(
            self.text[max(0, name.start - 40) : name.start]
        )

    def _choose(self, name: Name, options: Sequence[Referent]) -> tuple[Referent | None, float]:
        """Which of several with one surname is meant: by title, then by who is in mind."""
        before = role_before(self.text, name.start)
        title = self.text[max(0, name.start - 24) : name.start].lower()
        best: list[tuple[float, int, Referent]] = []
        for rank, referent in enumerate(options):
            score = self._discourse.salience(referent, name.start)
            if referent not in self._discourse.traces:
                score = -4.0 + min(referent.count, 8) * 0.2
            male = bool(re.search(r"\bmr\.?\s$|\bsir\s$|\blord\s$", title))
            female = bool(re.search(r"\b(?:mrs|ms|miss)\.?\s$|\bdame\s$|\blady\s$", title))
            if (male and referent.female > referent.male) or (female and referent.male > referent.female):
                score -= 4.0
            if before and any(role_words(before) & role.words for role in referent.roles):
                score += 2.0
            best.append((score, -rank, referent))
        best.sort(key=lambda item: item[:2], reverse=True)
        if not best:
            return None, 0.0
        margin = best[0][0] - best[1][0] if len(best) > 1 else 2.0
        return best[0][2], max(0.5, min(0.95, 0.6 + 0.2 * margin))

    def _read_pronoun(self, word: str, position: int) -> tuple[Referent | None, float]:
        known = self._bound.get(position)
        if known is not None:
            return known
        likely = self._likely(word, position)
        sure, found = likely[0] if likely else (0.0, None)
        self._bound[position] = (found, sure)
        if self.quoted(position) and position not in self._source_starts:
            if found is not None:
                self._mentions.setdefault(found, set()).add((position, position + len(word)))
            return found, sure  # in another's words: whom it means is no more in mind for that
        if found is not None:
            self._note(found, position, position + len(word), subject=word in SUBJECTS, pronoun=True)
        self._next_shares[position] = likely[:_SHARED]
        for share, referent in likely[:_SHARED]:
            self._soft.setdefault(referent, [0.0, 0.0])[word in FEMALE] += share
        return found, sure

    def _read_thing(self, word: str, position: int) -> None:
        """Note whom "they" or "it" means, without bringing it to mind: it often means nothing that has a name."""
        likely = self._likely(word, position)
        if likely and position not in self._source_starts and likely[0][0] >= _SURE:
            self._mentions.setdefault(likely[0][1], set()).add((position, position + len(word)))

    def _read_nominal(self, match: re.Match[str]) -> None:
        determiner = match["determiner"].lower()
        position = match.start()
        if determiner in _DEFINITE and not match["plural"]:
            found, sure = self._descriptions.person(match["rest"], frozenset(), self._discourse, position)
            if found is not None and sure >= 0.4:
                self._note(found, position, match.end())
                return
        after = _NAME_AFTER.match(self.text, match.end(), match.end() + 12)
        if after and self.names.within(match.end(), match.end() + 60):
            return
        if _PREDICATE.search(self.text[max(0, position - 24) : position]):
            return
        self._mention_someone(match[0], position, bool(match["plural"]) or determiner in ("some", "many", "several"))

    def _read_address(self, match: re.Match[str]) -> None:
        """A form of address in a parliament: a new person, with or without a name, or the last one again."""
        position, end, address = match.start(), match.end(), match[0]
        male, female = gender_of(address)
        holder = _BRACKET.match(self.text, match.end())
        named = self.names.within(holder.end(), holder.end() + 60)[:1] if holder else []
        if named and named[0].start == holder.end():  # type: ignore[union-attr]
            referent = self._read_name(named[0])[0]
            end = named[0].end + 1
            if referent is not None:
                referent.add_role(make_role(re.sub(r"^.*?(?=Member\sfor)", "", address)))
        elif points_back(address) and self._fits_address(male, female):
            referent = self._honourable
        else:
            referent = self._someone.setdefault((position, address), Referent(address, "someone", named=False))
        if referent is None:
            return
        referent.male, referent.female = max(referent.male, male), max(referent.female, female)
        self._note(referent, position, match.end(), subject=True)
        self._addressed[position] = self._address_ends[end] = self._honourable = referent

    def _fits_address(self, male: float, female: float) -> bool:
        last = self._honourable
        return last is not None and not ((male and last.female > last.male) or (female and last.male > last.female))

    def _mention_someone(self, mention: str, position: int, plural: bool, known: bool = False) -> Referent:
        referent = self._someone.get((position, mention))
        if referent is None:
            kind = "people" if plural else "someone" if head_of(mention) or not known else "thing"
            referent = self._someone[position, mention] = Referent(mention, kind, named=False)
            if not plural:
                referent.male, referent.female = title_gender(mention)
                referent.bias = -1.8 * bool(re.match(r"(?:my|his|her|their|our)\s", mention, re.IGNORECASE))
        self._note(referent, position, position + len(mention), subject=True)
        return referent

    def joint(self, members: Sequence[Referent]) -> Referent:
        """One referent for several, in the order given."""
        flat = tuple(dict.fromkeys(m for r in members for m in (r.members or (r,))))
        key = tuple(id(member) for member in flat)
        if key not in self._joint:
            self._joint[key] = Referent("; ".join(m.name for m in flat), "joint", members=flat)
        return self._joint[key]

    def _read_source(self, index: int) -> list[Reading]:
        """A reading of each part of one attribution's source."""
        raise NotImplementedError


def _add_gender(referent: Referent, female: bool, much: float) -> None:
    if female:
        referent.female += much
    else:
        referent.male += much


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
