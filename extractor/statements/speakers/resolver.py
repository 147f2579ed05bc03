"""Says who is behind the source of each attribution, as the walk through the document comes to it."""

import re

from extractor.statements.speakers.evidence import FEMALE, MALE, NEUTER, PLURAL
from extractor.statements.speakers.nominals import anaphoric, head_of
from extractor.statements.speakers.referents import Referent
from extractor.statements.speakers.roles import role_words
from extractor.statements.speakers.source import Part, read_source
from extractor.statements.speakers.titles import LEADING_TITLE
from extractor.statements.speakers.walk import RELATIVE, Reading, Walk
from extractor.statements.speakers.words import table, words

_HEADLINE = 420
_SEARCH = 40
_LABEL = 60
_LONGEST_PHRASE = 200
_WITHIN = frozenset({"det", "amod", "compound", "nmod:poss", "nummod"})

_APPOSED = re.compile(r"\s*(?:\([^)]*\))?,\s(?:an?|the|one|now|then|his|her|its)\s[^,.;]{2,80},?\s*")
_ADJACENT = re.compile(r"\s*(?:\([^)]*\))?\s*,?\s*(?:(?:most|many|some|all|both|one) of )?|\s*,[^,.]{3,80},\s*")
_DEFINITE = frozenset({"the", "this", "that", "his", "her", "its", "their", "my", "our", "both", "these", "those"})
_NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "pair": 2, "duo": 2, "trio": 3}


class Resolver(Walk):
    """The speakers of one document: a walk that reads each source with all that was said before it."""

    def _read_source(self, index: int) -> list[Reading]:
        parts = self._sources[index]
        readings = [self._read_part(part) for part in parts]
        known = [r for r, _, _ in readings if r is not None]
        speaker = known[0] if len(known) == 1 else self.joint(known) if known else None
        if speaker is not None:
            if speaker.kind in ("joint", "someone", "people", "document"):
                self._note(speaker, parts[0].start, parts[-1].end, subject=True)
            if not self.quoted(parts[0].start):
                self._discourse.speaks(speaker)
        return readings

    def _read_part(self, part: Part) -> Reading:
        if part.kind == "name":
            return self._read_name(part.names[0])
        if part.kind == "pronoun":
            return self._read_source_pronoun(part)
        if part.kind == "document":
            return self._read_document(part)
        return self._read_description(part)

    def _read_source_pronoun(self, part: Part) -> Reading:
        word = part.noun
        if word in MALE or word in FEMALE:
            found, sure = self._read_pronoun(word, part.start)
        elif word in PLURAL or word in NEUTER:
            likely = self._likely(word, part.start)
            sure, found = likely[0] if likely else (0.0, None)
            if found is not None:
                self._note(found, part.start, part.end, subject=True, pronoun=True)
        elif word in RELATIVE:
            found, sure = self._antecedent(part.start)
            if found is None or (word == "who" and not _may_be_person(found)):
                found, sure = self._governor(part.start) or (found, sure)
            if word == "who" and found is not None and not _may_be_person(found):
                found, sure = self._last_person(part.start) or (found, sure)
        else:
            return None, "none", 0.0
        return found, "pronoun" if found else "none", sure

    def _antecedent(self, position: int) -> tuple[Referent | None, float]:
        """Whom a relative pronoun means: what stands right before it, past an apposition between commas."""
        sentence = self._sentences[self._discourse.sentence_of(position) - 1]
        left = self.text[max(sentence, position - 200) : position]
        addressed = self._address_ends.get(position - len(left) + len(left.rstrip(" \u00a0,")))
        if addressed is not None:
            return addressed, 0.85
        names = [n for n in self.names.before(position) if n.start >= sentence]
        for pattern in (_APPOSED, _ADJACENT):
            for name in names:
                if not pattern.fullmatch(self.text[name.end : position]):
                    continue
                referent, _, sure = self._read_name(name)
                pair = [n for n in names if re.fullmatch(r"\s+and\s+(?:the\s)?", self.text[n.end : name.start])]
                if pair and referent is not None and (other := self._read_name(pair[0])[0]) is not None:
                    return self.joint([other, referent]), 0.8 * sure
                return referent, min(sure, 0.9)
        nominal = re.search(
            r"(?:^|[\s(])((?:[Tt]he|[Aa]n?|[Tt]hose|[Ss]ome|[Mm]any|[Oo]ther|[Ss]everal)\s(?:[\w’'-]+\s){0,5}?[\w’'-]+|[\w-]+),?\s*$",
            left,
        )
        if nominal:
            mention = nominal[1].strip()
            start = position - len(left) + nominal.start(1)
            return self._mention_someone(mention, start, mention.endswith("s")), 0.6
        return None, 0.0

    def _last_person(self, position: int) -> tuple[Referent, float] | None:
        """The person named last in the sentence before a position."""
        sentence = self._sentences[self._discourse.sentence_of(position) - 1]
        for name in self.names.before(position):
            referent, _, sure = self._read_name(name)
            if name.start >= sentence and referent is not None and referent.kind == "person":
                return referent, 0.6 * sure
        return None

    def _governor(self, position: int) -> tuple[Referent, float] | None:
        """Whom the noun means that the relative clause of a pronoun hangs on in the tree."""
        relative = self._relatives.get(position)
        if relative is None or relative.head.dep_ != "acl:relcl":
            return None
        noun = relative.head.head
        start, end = min(t.idx for t in (noun, *(t for t in noun.lefts if t.dep_ in _WITHIN))), relative.idx
        if not 0 < end - start <= _LONGEST_PHRASE:
            return None
        parts = read_source(self.text, [(start, end)], self.names)
        if len(parts) != 1 or parts[0].kind == "pronoun":
            return None
        referent, _, sure = self._read_part(parts[0])
        return (referent, 0.9 * sure) if referent is not None else None

    def _read_document(self, part: Part) -> Reading:
        if part.names:
            owners = [self._read_name(name) for name in part.names]
            known = [r for r, _, _ in owners if r is not None]
            if known:
                sure = 0.9 * min(s for _, _, s in owners)
                owner = known[0] if len(known) == 1 else self.joint(known)
                return owner, owners[0][1], sure
        if part.determiner in ("his", "her", "its", "their"):
            likely = self._likely(part.determiner, part.start)
            if likely:
                return likely[0][1], "pronoun", 0.9 * likely[0][0]
        if part.noun in ("ruling", "judgment", "judgement", "decision") and part.determiner in _DEFINITE:
            found, sure = self._descriptions.body("court", frozenset(), self._discourse, part.start)
            if found is not None:
                return found, "nominal", 0.8 * sure
        bare = not part.determiner or part.determiner in ("a", "an", "one")
        if not part.plural or part.determiner in _DEFINITE:
            name = self.papers.owner(part.noun, part.start, ahead=bare and part.start < _HEADLINE)
            if name is not None and (not bare or part.start < _HEADLINE):
                referent, _, sure = self._read_name(name)
                if referent is not None:
                    return referent, "nominal", 0.7 * sure
        mention = self.text[part.start : part.end]
        referent = self._someone.setdefault((part.start, mention), Referent(mention, "document", named=False))
        return referent, "nominal", 0.85

    def _read_description(self, part: Part) -> Reading:
        text = self.text[part.start : part.head_end]
        addressed = self._addressed.get(part.start)
        if addressed is not None:
            return addressed, "nominal", 0.85 if addressed.named else 0.75
        found, sure = self._described(part, text)
        if found is not None:
            return found, "nominal", sure
        shouted = text.strip(" :").isupper() and len(text) < _LABEL
        label = self.referents.find(_without_title(text.strip(" :"))) if shouted else []
        if len(label) == 1:
            return label[0], "partial name", 0.85
        mention = shown(self.text[part.start : part.end])
        plural = part.plural or part.determiner in ("some", "many", "several", "both", "two", "most")
        return self._mention_someone(mention, part.start, plural, True), "nominal", 0.85

    def _described(self, part: Part, text: str) -> tuple[Referent | None, float]:
        extra: frozenset[str] = frozenset()
        definite = part.determiner in _DEFINITE
        description = text
        if part.determiner in ("his", "her", "its", "their"):
            likely = self._likely(part.determiner, part.start)
            owner = likely[0][1] if likely else None
            extra = frozenset(owner.tokens[-1:]) if owner is not None and owner.named else frozenset({"?"})
            description = text[len(part.determiner) :]
        elif re.match(r"[^\W\d_][\w.’'-]*(?:\s[^\W\d_][\w.-]*){0,3}?['’]s?\s", text):
            definite = True
        noun = self._body_noun(text, part.noun)
        if noun:
            ahead = part.start < _HEADLINE and part.determiner in ("", "a", "an")
            part_of = (
                re.search(r"\bof\s(?:the\s)?$", self.text[part.start : part.names[0].start]) if part.names else None
            )
            if part_of and not definite:
                referent, _, sure = self._read_name(part.names[0])
                if referent is not None and referent.kind == "body":
                    return referent, 0.8 * sure
            if definite or ahead:
                wanted = role_words(description) - role_words(noun)
                found, sure = self._descriptions.body(noun, wanted, self._discourse, part.start)
                if found is not None and (definite or sure >= 0.5) and found.name.lower() not in text.lower():
                    return found, sure
            return None, 0.0
        if not definite or not head_of(text):
            return None, 0.0
        if part.plural:
            return self._described_many(part, text)
        found, sure = self._descriptions.person(description, extra, self._discourse, part.start)
        if found is None and part.noun in words("anaphoric roles"):
            found, sure = anaphoric(text, self._discourse, part.start)
        return (found, sure) if sure >= 0.3 else (None, 0.0)

    def _body_noun(self, text: str, noun: str) -> str:
        """The noun for a body that a description ends in ("think tank", "union"), or nothing."""
        known = table("body nouns")
        pair = " ".join(text.lower().split()[-2:])
        if pair in known:
            return pair
        return noun if noun in known and not head_of(noun) else ""

    def _described_many(self, part: Part, text: str) -> tuple[Referent | None, float]:
        """The several persons that "the senators" or "the two candidates" mean."""
        joint = [r for r in list(reversed(self._discourse.traces))[:_SEARCH] if r.kind == "joint"]
        joint = [r for r in joint if all(m.kind in ("person", "unknown") for m in r.members)]
        joint.sort(key=lambda r: -self._discourse.salience(r, part.start))
        bare = re.match(r"(?:the|both)\s\w+$", text, re.IGNORECASE)
        for least in (1.0, 0.5, 0.0) if bare else (1.0,):
            for referent in joint:
                fits = sum(self._descriptions.has_role(m, text) for m in referent.members)
                if fits >= least * len(referent.members):
                    return referent, 0.75
        persons = [r for r in self._descriptions.persons_with(text) if r in self._discourse.traces]
        if len(persons) == _NUMBERS.get(part.determiner, 2):
            order = sorted(persons, key=lambda r: self._discourse.traces[r].position)
            return self.joint(order), 0.55
        return None, 0.0


def _may_be_person(referent: Referent) -> bool:
    """Whether "who" can mean a referent: a person by name, by office, or several."""
    if referent.kind == "someone":
        return bool(head_of(referent.name))
    return referent.kind in ("person", "people", "joint")


def shown(mention: str) -> str:
    """A mention without a name as the table shows it: up to a relative clause or apposition."""
    cut = re.search(r",?\s(?:who|whose|which)\s|,\s(?:an?|the|led|including)\s", mention)
    return mention[: cut.start()] if cut else mention


def _without_title(label: str) -> str:
    return LEADING_TITLE.sub("", label)
