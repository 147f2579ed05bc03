"""Names in a text: those the pipeline's entities give, and capitalised words where it missed them."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractor.statements.speakers.runs import capitalised, headlines_of, joined_names, known_in, without_openers
from extractor.statements.speakers.titles import LEADING_TITLE, POSSESSIVE, SPACE, UPPER, opens_sentence, plain, titled
from extractor.statements.speakers.words import alternation, words

_COMPOUND = re.compile(
    r"-(?:\w*ed|led|born|wide|style|only|era|area|like|run|free|friendly|old|long|term|in|to|up|of|given)$"
)
_PARTY_SEAT = re.compile(r"[DRIL]-[A-Z]\w*$")
_ARTICLE = re.compile(rf"^(?:the|a|an){SPACE}+", re.IGNORECASE)
_PLURAL_PEOPLE = re.compile(rf"^[{UPPER}]\w+(?:ans|ists|ites|crats|ish|ese|ors|ries)$")
PERSONS = frozenset({"PERSON", "PER"})
BODIES = frozenset({"ORG"})
PLACES = frozenset({"LOC", "GPE"})
THINGS = frozenset({"DATE", "MONEY", "PRODUCT", "MISC", "FAC", "LAW", "EVENT", "WORK_OF_ART", "TIME", "PERCENT"})
_NO_NAMES = frozenset({"DATE", "MONEY", "TIME", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY"})
_GROUP_AFTER = re.compile(rf"{SPACE}(?:{alternation(words('group words'))})\b(?!{SPACE}(?:of|for)\b)", re.IGNORECASE)
_BODY_AFTER = re.compile(
    rf"{SPACE}(?:[a-z]+{SPACE})?(?:committee|subcommittee|council|commission|court|party|police|department)\b"
)
_YEAR_BEFORE = re.compile(r"^(?:1[5-9]|20)\d\d[ \u00a0]$")


@dataclass(frozen=True, slots=True)
class Name:
    """A name where it stands: ``text[start:end]`` without titles, articles and possessive endings."""

    start: int
    end: int
    text: str
    label: str


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Take articles, titles, quotation marks and a possessive ending off a name."""
    raw = text[start:end]
    end -= len(raw) - len(raw.rstrip(" \u00a0\n.,;:\"“”'’‘") if not re.search(r"\.\w\.$", raw) else raw)
    raw = text[start:end]
    possessive = POSSESSIVE.search(raw)
    if possessive:
        end = start + possessive.start()
    for pattern in (_ARTICLE, LEADING_TITLE):
        match = pattern.match(text[start:end])
        if match and text[start + match.end() : end].lower() not in words("body names") | words("thing words"):
            start += match.end()
    return start, end


def find_names(text: str, entities: Iterable[tuple[int, int, str]] = ()) -> list[Name]:
    """All names in a text, in order and not overlapping.

    entities: character offsets and label of the names that a pipeline found, in order. They give the names their
    labels, join runs of capitals that belong together, and add names that have no capitals to tell them.
    A single capitalised word at the head of a sentence counts when an entity says so, or when it stands
    capitalised elsewhere inside a sentence.
    """
    ents = [(s, e, label) for s, e, label in entities if e > s and label not in _NO_NAMES]
    headlines = headlines_of(text)
    runs = [(s, e, "") for s, e in joined_names(text, capitalised(text, headlines))]
    runs, loose = _labelled(text, without_openers(text, runs), ents)
    forms = [(s, POSSESSIVE.sub("", text[s:e])) for s, e, _ in runs]
    inner = Counter(form for s, form in forms if not opens_sentence(text, s))
    parts = {word.casefold() for _, form in forms if " " in form for word in form.split()}
    names: list[tuple[int, int, str]] = []
    for start, end, label in runs:
        start, end = _trimmed(text, start, end)
        word = text[start:end]
        if (
            not word
            or _COMPOUND.search(word)
            or _PARTY_SEAT.match(word)
            or (word.lower() in words("function words") and not titled(text, start))
        ):
            continue
        single = " " not in word and "\u00a0" not in word
        if single and word.lower() in words("surnames too") and word.casefold() not in parts:
            continue
        if single and label not in PERSONS and word.lower() in words("documents"):
            if opens_sentence(text, start) or re.search(rf"(?<!\w){word.lower()}\b", text):
                continue
        if single and not label and not inner[word] and word.casefold() not in parts and not word.isupper():
            if opens_sentence(text, start) and not titled(text, start):
                continue
        names.append((start, end, label or ("NORP" if single and _PLURAL_PEOPLE.match(word) else "")))
    known = {plain(text[s:e]) for s, e, _ in names}
    known.update(form.split()[-1] for form in list(known))
    labels = {plain(text[s:e]): label for s, e, label in names}
    for start, end in _without_overlap(known_in(text, headlines, known), names):
        names.append((start, end, labels.get(plain(text[start:end]), "")))
    names.sort()
    label_of = {(s, e): label for s, e, label in loose}
    for start, end in _without_overlap(list(label_of), names):
        label = label_of[start, end]
        start, end = _trimmed(text, start, end)
        if text[start:end].lower() not in words("function words") and any(c.isupper() for c in text[start:end]):
            names.append((start, end, label))
    return [_whole_body(text, s, e, label) for s, e, label in sorted(names)]


def _labelled(
    text: str, runs: list[tuple[int, int, str]], ents: list[tuple[int, int, str]]
) -> tuple[list[tuple[int, int, str]], list[tuple[int, int, str]]]:
    """Runs of capitals with the labels of the entities that they share words with, and the entities without a run."""
    forms = {text[s:e] for s, e, _ in runs}
    labelled: list[tuple[int, int, str]] = []
    loose: list[tuple[int, int, str]] = []
    at = 0
    for start, end, label in ents:
        while at < len(runs) and runs[at][1] <= start:
            labelled.append(runs[at])
            at += 1
        shared = []
        while at < len(runs) and runs[at][0] < end:
            shared.append(runs[at])
            at += 1
        if not shared:
            if labelled and labelled[-1][1] > start:
                labelled[-1] = _with_entity(text, labelled[-1], start, end, label, labelled)
            else:
                loose.append((start, end, label))
        elif len(shared) > 1 and (label in BODIES or _particles_only(text, shared)):
            labelled.append((shared[0][0], shared[-1][1], label))
        elif len(shared) == 1 and label in PERSONS and _runs_into(text, shared[0], start, end, forms):
            labelled.append((start, shared[0][1], label))
        else:
            labelled += [(s, e, label if index == len(shared) - 1 or label not in PERSONS else "")
                         for index, (s, e, _) in enumerate(shared)]  # fmt: skip
    return labelled + runs[at:], loose


def _runs_into(text: str, run: tuple[int, int, str], start: int, end: int, forms: set[str]) -> bool:
    """Whether a run is one capitalised word too long before a person's name that stands alone elsewhere."""
    before, name = text[run[0] : start].strip(), text[start : run[1]]
    return bool(before) and " " not in before and " " in name and abs(end - run[1]) <= 2 and name in forms


def _with_entity(
    text: str, run: tuple[int, int, str], start: int, end: int, label: str, before: list[tuple[int, int, str]]
) -> tuple[int, int, str]:
    """A run that holds a second entity: cut before a full name of a person that ends it, else left whole."""
    if label in PERSONS and end >= run[1] and " " in text[start:end] and start > run[0] and run[2] not in PERSONS:
        before.insert(len(before) - 1, (run[0], start - 1, run[2]))
        return start, run[1], label
    return run


def _particles_only(text: str, runs: list[tuple[int, int, str]]) -> bool:
    return all(
        set(text[one[1] : other[0]].lower().split()) <= words("particles") for one, other in itertools.pairwise(runs)
    )


def _whole_body(text: str, start: int, end: int, label: str) -> Name:
    """A name with the lower-case words that make a body of it ("Obama administration", "Senate banking committee")."""
    group = _GROUP_AFTER.match(text, end)
    body = _BODY_AFTER.match(text, end) if label not in PERSONS else None
    if group or body:
        end = group.end() if group else body.end() if body else end
        label = "ORG"
    year = _YEAR_BEFORE.search(text[max(0, start - 5) : start])
    if year and text[start:end].rsplit(maxsplit=1)[-1].lower() in words("thing words"):
        start -= 5
    return Name(start, end, plain(text[start:end]), label)


def _without_overlap(spans: Iterable[tuple[int, int]], taken: Sequence[tuple[int, int, str]]) -> list[tuple[int, int]]:
    free, k = [], 0
    for start, end in spans:
        while k < len(taken) and taken[k][1] <= start:
            k += 1
        if k == len(taken) or taken[k][0] >= end:
            free.append((start, end))
    return free
