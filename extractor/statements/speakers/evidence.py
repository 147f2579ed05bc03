"""What speaks for and against a referent as the one whom a pronoun means, as named quantities.

``weights.toml`` says how much each counts; the words for them there are those given here.
"""

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from extractor.statements.speakers.clauses import Clauses, Place
from extractor.statements.speakers.referents import Referent

MALE = frozenset({"he", "him", "his", "himself"})
FEMALE = frozenset({"she", "her", "hers", "herself"})
PLURAL = frozenset({"they", "them", "their", "theirs", "themselves", "each", "both", "all", "these", "those", "others"})
NEUTER = frozenset({"it", "its", "itself"})
SUBJECTS = frozenset({"he", "she", "they", "it"})
_OWNERS = frozenset({"his", "her", "hers", "their", "theirs", "its"})
_REFLEXIVES = frozenset({"himself", "herself", "themselves", "itself"})

KEPT = 8
"""How many of the last mentions of a referent are looked at."""
_LEAST = -6.0
_PLAIN = 3.0

Evidence = dict[str, float]


@dataclass(slots=True)
class Mention:
    """Where a referent is mentioned: characters, sentence and paragraph number, and how. It is not altered.

    words: the numbers of its first and last word. place: where it stands in the tree.
    """

    position: int
    end: int
    sentence: int
    paragraph: int
    subject: bool = False
    quoted: bool = False
    possessive: bool = False
    pronoun: bool = False
    place: Place | None = None
    words: tuple[int, int] = (0, 0)


@dataclass(slots=True, eq=False)
class Trace:
    """When and how a referent was last mentioned, how often so far, and how often as a subject.

    A trace is not altered; the next mention makes another. last: the mention that counts. recent: the last few, in
    order. following: the traces that further mentions made of this one, by what was given of the mention.
    """

    last: Mention
    recent: tuple[Mention, ...]
    count: int = 1
    subjects: int = 0
    following: "Following" = field(default_factory=dict)

    @property
    def position(self) -> int:
        return self.last.position


Following = dict[tuple[int, int, bool, bool, bool, bool], Trace]


def traced(trace: Trace | None, mention: Mention) -> Trace:
    """What a mention makes of the trace of those before it, if there are any."""
    if trace is None:
        return Trace(mention, (mention,))
    last, subjects, same = trace.last, trace.subjects, trace.last.sentence == mention.sentence
    if not (same and mention.quoted and not last.quoted):
        subjects += mention.subject
        if same:
            possessive, subject = mention.possessive and last.possessive, mention.subject or last.subject
            mention = replace(mention, possessive=possessive, subject=subject)
        last = mention
    return Trace(last, (*trace.recent, mention)[-KEPT:], trace.count + 1, subjects)


@dataclass(slots=True)
class Standing:
    """What a pronoun's and a referent's places in the text say, whatever is known of who is who.

    score: what the evidence weighs. learned: the encoder's best scores of its mentions, of those by name, and of the
    last.
    """

    evidence: Evidence
    score: float
    learned: tuple[float, float, float]


@dataclass(slots=True, eq=False)
class Pronoun:
    """A pronoun of the third person where it stands.

    kind: ``person``, ``plural`` or ``neuter``. source: whether words are ascribed to it. ahead: the first mention of
    each whom the rest of its sentence names. standings: of the referents that it was compared with, by their traces,
    or by the referents themselves where they are only ahead. compared: its last candidates, and what they hang on.
    """

    word: str
    kind: str
    position: int
    sentence: int
    paragraph: int
    quoted: bool
    source: bool
    place: Place | None
    ahead: dict[Referent, Mention]
    standings: dict[Trace | Referent, Standing] = field(default_factory=dict)
    compared: "tuple[object, list[Candidate]]" = (None, [])

    @property
    def role(self) -> str:
        if self.place is not None:
            return self.place.role
        return "subject" if self.word in SUBJECTS else "owner" if self.word in _OWNERS else "other"

    @property
    def weights(self) -> str:
        """The section of ``weights.toml`` that counts for it."""
        return "source" if self.source and self.kind == "person" else self.kind

    @property
    def reflexive(self) -> bool:
        return self.word in _REFLEXIVES


def kind_of(word: str) -> str:
    """``person`` for "he" and "she", ``plural`` for "they", ``neuter`` for "it", each in all its forms."""
    return "person" if word in MALE or word in FEMALE else "plural" if word in PLURAL else "neuter"


@cache
def weights(section: str) -> dict[str, float]:
    """How much each quantity counts, by a section of ``weights.toml``. Raises KeyError for an unknown one.

    One dictionary a process: what fits the weights alters it in place.
    """
    text = Path(__file__).with_name("weights.toml").read_text(encoding="utf-8")
    return {name: float(value) for name, value in tomllib.loads(text)[section].items()}


def weigh(evidence: Evidence, section: str) -> float:
    """The score of a candidate; the likelihoods of all candidates are the softmax of their scores."""
    weight = weights(section).get
    total = 0.0
    for name, value in evidence.items():
        total += weight(name, 0.0) * value
    return total


@dataclass(slots=True)
class Candidate:
    """One whom a pronoun may mean: how it stands to the pronoun, alone and beside the other candidates (``own``).

    score: what these weigh. gender: what is known of its gender, which one walk through the text learns for the next.
    """

    referent: Referent
    trace: Trace | None
    standing: Standing
    own: Evidence
    score: float = 0.0
    gender: Evidence = field(default_factory=dict)

    @property
    def evidence(self) -> Evidence:
        """All that speaks for it."""
        return self.own | self.gender | self.standing.evidence


def gender_fit(referent: Referent, male: bool) -> Evidence:
    """How far what the document says of a referent goes with "he" (male) or "she"."""
    own, other = (referent.male, referent.female) if male else (referent.female, referent.male)
    if not own + other:
        return {"gender unsaid": 1.0}
    found = {"gender": math.log((own + 0.6) / (own + other + 0.6))}
    if other >= _PLAIN and own < 1:  # a title, or "his wife"
        found["gender against"] = 1.0
    return found


def kind_evidence(referent: Referent) -> Evidence:
    """What kind of candidate it is, wherever it is mentioned."""
    found: Evidence = {f"is {referent.kind}": 1.0}
    if referent.bias:
        found["passing"] = referent.bias
    return found


def gender_evidence(pronoun: Pronoun, referent: Referent) -> Evidence:
    """What is known of a candidate's gender, for "they" whether anything is."""
    found: Evidence = {}
    if pronoun.kind == "person":
        found = gender_fit(referent, pronoun.word in MALE)
        if referent.kind == "unknown" and len(referent.tokens) == 1 and not referent.male + referent.female:
            found["bare unknown"] = 1.0
    elif pronoun.kind == "plural" and referent.kind == "person" and _bare(referent):
        found["bare person"] = 1.0
    return found


def placed(pronoun: Pronoun, trace: Trace | None, ahead: Mention | None, clauses: Clauses | None) -> Evidence:
    """What the places of the mentions so far and of the first one after the pronoun say; one of them there must be.

    What is naught is left out, here and below: it weighs nothing.
    """
    mention = trace.last if trace is not None else ahead
    assert mention is not None
    found: Evidence = _ahead(mention) if trace is None else _behind(pronoun, trace, ahead)
    found[f"{pronoun.role} < {_role(mention)} {_apart(pronoun, mention, trace)}"] = 1.0
    if mention.place is not None and clauses is not None:
        if mention.place.depth:
            found["deep"] = mention.place.depth
        if mention.place.conjunct:
            found["joined name"] = 1.0
    if clauses is not None and pronoun.place is not None:
        for near in [*(trace.recent if trace is not None else ()), *([ahead] if ahead is not None else ())]:
            if near.sentence == pronoun.sentence and near.place is not None:
                found.update(_syntax(pronoun, pronoun.place, near, near.place, clauses))
    return found


def _bare(referent: Referent) -> bool:
    """Whether nothing but a label says that a name is a person's, so that it may be a body's."""
    return len(referent.tokens) == 1 and not referent.roles and not referent.male + referent.female


def _ahead(mention: Mention) -> Evidence:
    return {"ahead": 1.0, "ahead subject": 1.0} if mention.subject else {"ahead": 1.0}


def _behind(pronoun: Pronoun, trace: Trace, ahead: Mention | None) -> Evidence:
    mention = trace.last
    found: Evidence = {}
    back = pronoun.sentence - mention.sentence
    if back:
        found["sentences"] = min(back, 8)
    if back in (0, 1):
        found["sentence before" if back else "same sentence"] = 1.0
    if pronoun.paragraph != mention.paragraph:
        found["paragraphs"] = min(pronoun.paragraph - mention.paragraph, 5)
    if mention.subject:
        found["subject"] = 1.0
    if trace.count > 1:
        found["often"] = math.log(trace.count)
    if trace.subjects:
        found["often subject"] = math.log(1 + trace.subjects)
    if mention.quoted and not pronoun.quoted:
        found["quoted"] = 1.0
    if mention.possessive:
        found["possessive"] = 1.0
    if mention.pronoun:
        found["as pronoun"] = 1.0
    if pronoun.position > mention.end:
        found["distance"] = math.log(1 + pronoun.position - mention.end)
    if ahead is not None:
        found["also ahead"] = 1.0
    return found


def _role(mention: Mention) -> str:
    if mention.place is not None:
        return mention.place.role
    return "subject" if mention.subject else "owner" if mention.possessive else "other"


def _apart(pronoun: Pronoun, mention: Mention, trace: Trace | None) -> str:
    back = pronoun.sentence - mention.sentence
    return "ahead" if trace is None else "here" if back == 0 else "before" if back == 1 else "far"


def _syntax(pronoun: Pronoun, own: Place, mention: Mention, its: Place, clauses: Clauses) -> Evidence:
    """What the tree says of a pronoun and a mention in the same sentence."""
    found: Evidence = {}
    token = clauses.token_at(pronoun.position)
    ahead = mention.position > pronoun.position
    if own.role == "owner" and its.head != token and clauses.within(its.head, clauses.head(token)) and ahead:
        found["in its own phrase"] = 1.0  # "her sister Ann"
    if own.predicate == its.predicate:
        arguments = {own.role, its.role} <= {"subject", "object", "oblique"}
        if pronoun.reflexive:
            if its.role == "subject":
                found["reflexive of subject"] = 1.0
        elif arguments and own.role != its.role:
            found[f"{own.role} with {its.role}"] = 1.0
        elif its.role == "subject" and own.role == "owner" and not ahead:
            found["owner with subject"] = 1.0
    elif own.role == its.role and clauses.link(own.predicate, its.predicate) == "conj":
        found["parallel"] = 1.0
    if its.role == "subject" and own.predicate != its.predicate:
        link = clauses.link(own.predicate, its.predicate)
        if link:
            bare = "" if clauses.has_subject(own.predicate) else "bare "
            found[f"{own.role} under subject by {bare}{link}"] = 1.0
            if ahead and clauses.fronted(token, its.predicate):
                found["fronted"] = 1.0
    if not ahead and clauses.within(token, its.head) and clauses.within(own.predicate, its.head):
        found["in its relative clause"] = 1.0
    if ahead and clauses.fronted(token, its.predicate) and its.role == "subject":
        found["fronted"] = 1.0
    if its.head == own.head or (own.conjunct and clauses.within(own.head, its.head) and own.role != "owner"):
        found["joined"] = 1.0
    return found


def best_scores(scores: Sequence[float], mentions: Sequence[Mention]) -> tuple[float, float, float]:
    """The encoder's best score of a candidate's mentions, of those by name, and of the last."""
    names = [s for s, m in zip(scores, mentions, strict=True) if not m.pronoun]
    return max(scores), max(names or scores), scores[-1]


def add_learned(candidates: Sequence[Candidate]) -> None:
    """Add what the encoder's scores of each candidate say, measured from the best score of any."""
    top = max(candidate.standing.learned[0] for candidate in candidates)
    for candidate in candidates:
        best, by_name, by_last = candidate.standing.learned
        own = candidate.own
        own["learned"] = max(best - top, _LEAST)
        own["learned by name"] = max(by_name - top, _LEAST)
        own["learned by last"] = max(by_last - top, _LEAST)
