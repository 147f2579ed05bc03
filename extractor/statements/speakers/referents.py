"""Who and what a document speaks of: names gathered into persons and bodies across the whole document."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from extractor.statements.speakers.names import BODIES, PERSONS, PLACES, THINGS, Name
from extractor.statements.speakers.titles import UPPER, title_before
from extractor.statements.speakers.words import words

_EVIDENCE_PER_NAME = 200
_WIDEST_SEARCH = 50


@dataclass(frozen=True, slots=True)
class Role:
    """What the document says someone is: the words as they stand, and the lower-case words to match by."""

    text: str
    words: frozenset[str]


@dataclass(slots=True, eq=False)
class Referent:
    """Someone or something that words can be ascribed to.

    name: the fullest form the document gives, or the mention itself for those without a name.
    kind: ``person``, ``body``, ``place``, ``thing``, ``unknown`` (a name that may be any), ``someone`` and
        ``people`` (without a name, one and many), ``document``, ``joint``.
    members: those that a joint referent holds.
    male, female: how much in the document speaks for "he" and for "she".
    labelled: whether the entities take one of its mentions for a person's name.
    bias: added to how much it is in mind; negative for those who are spoken of in passing ("her daughter").
    """

    name: str
    kind: str
    named: bool = True
    members: tuple["Referent", ...] = ()
    roles: list[Role] = field(default_factory=list)
    male: float = 0.0
    female: float = 0.0
    tokens: tuple[str, ...] = ()
    count: int = 0
    bias: float = 0.0
    labelled: bool = False

    def add_role(self, role: Role) -> None:
        if all(role.words != known.words for known in self.roles) and len(self.roles) < 20:
            self.roles.append(role)


@lru_cache(maxsize=10_000)
def tokens_of(name: str) -> tuple[str, ...]:
    """The words of a name to compare by: lower case, without full stops, articles and "Jr."."""
    parts = [part.replace(".", "") for part in name.casefold().replace("’", "'").split()]
    kept = [part for part in parts if part and part != "the"]
    while len(kept) > 1 and kept[-1].strip(",") in words("suffixes"):
        kept.pop()
    return tuple(part.strip(",") for part in kept)


class Referents:
    """All named referents of a document, found again by any form of their name.

    Parameters: the document's text and its names in order. Time grows linearly with both.
    """

    def __init__(self, text: str, names: Sequence[Name]) -> None:
        forms: dict[str, list[Name]] = defaultdict(list)
        for name in names:
            forms[name.text].append(name)
        self._by_form: dict[str, list[Referent]] = {}
        self._kinds = {form: _kind(text, form, uses) for form, uses in forms.items()}
        self._counts = {form: len(uses) for form, uses in forms.items()}
        endings = {
            parts[i:]
            for form, kind in self._kinds.items()
            if kind == "body"
            for parts in (tokens_of(form),)
            for i in range(1, len(parts) - 1)
        }
        for form, kind in self._kinds.items():
            if kind == "unknown" and tokens_of(form) in endings:
                self._kinds[form] = "body"
        bodies_too = words("body names") | words("group words")
        last_words = words("thing words") | words("place words")
        for form, kind in self._kinds.items():
            parts = tokens_of(form)
            if (
                kind in ("body", "place", "thing")
                and 1 < len(parts) < 5
                and not bodies_too & set(parts)
                and parts[-1] not in last_words
            ):
                doubtful = 2 * sum(bool(name.label) for name in forms[form]) < len(forms[form])
                bearer = self._kinds.get(form.split()[-1]) == "person"
                self._kinds[form] = "person" if bearer else "unknown" if doubtful else kind
        surnames = {
            parts[-1]
            for form, kind in self._kinds.items()
            if kind == "person"
            for parts in (tokens_of(form),)
            if len(parts) > 1
        }
        for form, kind in self._kinds.items():
            if (
                kind not in ("person", "unknown")
                and tokens_of(form)[-1:] == tokens_of(form)
                and form.casefold() in surnames
            ):
                self._kinds[form] = "unknown"
        parts_of_names = {part for form, kind in self._kinds.items() if kind != "body" for part in form.split()[1:]}
        for form, uses in forms.items():
            shouted = (
                form.isupper() and len(form) > 2 and self._kinds[form] == "body" and not any(n.label for n in uses)
            )
            if shouted and form.title() in parts_of_names:
                self._kinds[form] = "unknown"
        persons = [form for form, kind in self._kinds.items() if kind in ("person", "unknown")]
        bodies = [form for form, kind in self._kinds.items() if kind not in ("person", "unknown")]
        self._cluster_persons(persons)
        self._cluster_bodies(text, bodies + [form for form in persons if form not in self._by_form])
        for form, options in self._by_form.items():
            for referent in options:
                referent.count += self._counts[form] if len(options) == 1 else 1
        for form, uses in forms.items():
            options = self._by_form[form]
            if len(options) == 1:
                options[0].labelled = options[0].labelled or any(name.label in PERSONS for name in uses)
                self._learn_gender(text, options[0], uses[:_EVIDENCE_PER_NAME])

    def options(self, form: str) -> list[Referent]:
        """The referents that a form of a name may stand for, most often one."""
        return self._by_form.get(form, [])

    def all(self) -> Iterable[Referent]:
        """Every named referent once."""
        return {id(r): r for options in self._by_form.values() for r in options}.values()

    def find(self, name: str) -> list[Referent]:
        """The referents that fit a name given from outside the text (a turn's label, "HOLT")."""
        exact = self._by_form.get(name)
        if exact:
            return exact
        wanted = tokens_of(name)
        return [r for r in self._near(wanted) if r.kind in ("person", "unknown")] if wanted else []

    def _near(self, wanted: tuple[str, ...]) -> list[Referent]:
        candidates = self._by_token.get(wanted[-1], [])[:_WIDEST_SEARCH]
        last = [r for r in candidates if r.tokens[-len(wanted) :] == wanted]
        first = [r for r in candidates if r.tokens[: len(wanted)] == wanted]
        return last or first or [r for r in candidates if _contains(r.tokens, wanted)]

    def _cluster_persons(self, forms: list[str]) -> None:
        self._by_token: dict[str, list[Referent]] = defaultdict(list)
        by_ends: dict[tuple[str, str], Referent] = {}
        initials: dict[tuple[str, str], list[Referent]] = defaultdict(list)
        short: list[str] = []
        for form in sorted(forms, key=lambda f: (-len(tokens_of(f)), -len(f))):
            parts = tokens_of(form)
            if len(parts) < 2:
                short.append(form)
                continue
            first, last = parts[0], parts[-1]
            known = by_ends.get((first, last))
            if known is None and len(first) == 1:
                fits = initials[first, last]
                known = fits[0] if len(fits) == 1 else None
            if known is None:
                fits = [r for r in self._by_token.get(first, [])[:_WIDEST_SEARCH] if _contains(r.tokens, parts)]
                known = fits[0] if len(fits) == 1 else None
            if known is None:
                known = Referent(form, self._kinds[form], tokens=parts)
                by_ends[first, last] = known
                initials[first[0], last].append(known)
                for part in set(parts):
                    self._by_token[part].append(known)
            elif self._kinds[form] == "person":
                known.kind = "person"
            self._by_form[form] = [known]
            known.name = self._fuller(known.name, form)
        for form in short:
            parts = tokens_of(form)
            options = self._near(parts) if parts else []
            if options:
                self._by_form[form] = options
                if len(options) == 1 and options[0].kind == "unknown" and options[0].tokens[-1:] == parts:
                    options[0].kind = "person"  # a full name with a surname that stands alone elsewhere
            elif self._kinds[form] == "person" or not self._is_body_form(form):
                self._lone(form, parts)

    def _lone(self, form: str, parts: tuple[str, ...]) -> None:
        referent = Referent(form, self._kinds[form], tokens=parts or (form,))
        self._by_form[form] = [referent]
        for part in parts:
            self._by_token[part].append(referent)

    def _is_body_form(self, form: str) -> bool:
        return self._kinds[form] == "unknown"

    def _fuller(self, one: str, other: str) -> str:
        def rank(form: str) -> tuple[bool, int, int, int]:
            shout = form.isupper() and len(form) > 3
            return (not shout, len(form.split()), self._counts.get(form, 0), len(form))

        return max(one, other, key=rank)

    def _cluster_bodies(self, text: str, forms: list[str]) -> None:
        by_tokens: dict[tuple[str, ...], Referent] = {}
        by_initials: dict[str, list[Referent]] = defaultdict(list)
        by_last: dict[str, list[Referent]] = defaultdict(list)
        by_first: dict[str, list[Referent]] = defaultdict(list)
        defined = dict(_definitions(text))
        for form in sorted(forms, key=lambda f: (-len(tokens_of(f)), -len(f))):
            parts = tokens_of(form) or (form,)
            known = by_tokens.get(parts)
            if known is None:
                known = self._short_form_of(form, parts, defined, by_tokens, by_initials, by_last, by_first)
            if known is None:
                known = Referent(form, self._kinds[form], tokens=parts)
                if len(parts) > 1:
                    for initial in _initials(form):
                        by_initials[initial].append(known)
                by_last[parts[-1]].append(known)
                by_first[parts[0]].append(known)
            by_tokens[parts] = known
            known.name = self._fuller(known.name, form) if known.name.casefold() == form.casefold() else known.name
            self._by_form[form] = [known]

    def _short_form_of(
        self,
        form: str,
        parts: tuple[str, ...],
        defined: dict[str, str],
        by_tokens: dict[tuple[str, ...], Referent],
        by_initials: dict[str, list[Referent]],
        by_last: dict[str, list[Referent]],
        by_first: dict[str, list[Referent]],
    ) -> Referent | None:
        letters = form.replace(".", "")
        if form in defined and tokens_of(defined[form]) in by_tokens:
            return by_tokens[tokens_of(defined[form])]
        if letters.isupper() and 2 <= len(letters) <= 7:
            fits = by_initials.get(letters, [])
            if fits:
                return fits[0]
        if len(parts) == 1 and (parts[0] in words("never alone") or not form[0].isupper()):
            return None
        ends = [r for r in by_last[parts[-1]][:_WIDEST_SEARCH] if r.tokens[-len(parts) :] == parts]
        kind = self._kinds[form]
        if len(ends) == 1 and (kind in (ends[0].kind, "unknown") or (len(parts) > 1 and kind == "body")):
            if kind == "body":
                ends[0].kind = kind
            return ends[0]
        kinds, groups = words("body names"), words("group words") | {"house", "press"}
        begins = [
            r
            for r in by_first[parts[0]][:_WIDEST_SEARCH]
            if r.tokens[: len(parts)] == parts
            and all(token in kinds and token not in groups for token in r.tokens[len(parts) :])
        ]
        return begins[0] if len(begins) == 1 and begins[0].kind == "body" else None

    def _learn_gender(self, text: str, referent: Referent, uses: Sequence[Name]) -> None:
        for name in uses:
            title = title_before(text[max(0, name.start - 40) : name.start])
            if title:
                male, female = title_gender(title[0])
                referent.male += male
                referent.female += female
                if referent.kind == "unknown":
                    referent.kind = "person"


def title_gender(title: str) -> tuple[float, float]:
    """How much a title or description speaks for "he" and for "she"."""
    found = {word.strip(".,").lower() for word in title.replace("\u00a0", " ").split()}
    male = 6.0 * bool(found & (words("honorifics male") | words("male words")))
    female = 6.0 * bool(found & (words("honorifics female") | words("female words")))
    return male, female


def _contains(tokens: tuple[str, ...], part: tuple[str, ...]) -> bool:
    width = len(part)
    return any(tokens[i : i + width] == part for i in range(len(tokens) - width + 1))


def _kind(text: str, form: str, uses: Sequence[Name]) -> str:
    votes = Counter(name.label for name in uses)
    votes.pop("", None)
    lower = list(form.lower().replace(".", "").split())
    if votes:
        label = votes.most_common(1)[0][0]
        if label in PERSONS:
            return "body" if lower[-1] in words("group words") or lower[-1] in words("bodies for certain") else "person"
        if label in BODIES:
            return "thing" if lower[-1] in words("thing words") else "body"
        return (
            "place" if label in PLACES else "people" if label == "NORP" else "thing" if label in THINGS else "unknown"
        )
    if any(title_before(text[max(0, name.start - 40) : name.start]) for name in uses[:20]):
        return "person"
    if any(part in words("body names") or part in words("group words") for part in lower):
        return "body"
    if lower[-1] in words("thing words") or re.search(r"\d", form):
        return "thing"
    if lower[-1] in words("place words") or lower[0] in words("place words"):
        return "place"
    placed = sum(bool(_PLACED.search(text[max(0, name.start - 10) : name.start])) for name in uses[:_EVIDENCE_PER_NAME])
    if placed > 0.5 * min(len(uses), _EVIDENCE_PER_NAME):
        return "place"
    if len(lower) == 1 and form.isupper() and len(form) > 1 and not re.fullmatch(r"[A-Z]{5,}", form):
        return "body"
    return "unknown"


_PLACED = re.compile(r"\b(?:in|near|across|throughout|around|outside)\s(?:the\s)?$")
_DEFINITION = re.compile(
    rf"([{UPPER}][^\n().,;]{{4,90}}?)[ \u00a0]\((?:the[ \u00a0])?[\"“‘']?([{UPPER}][\w.&]{{1,9}})[\"”’']?\)"
)


def _definitions(text: str) -> Iterable[tuple[str, str]]:
    """Short forms that the text defines: "Institute for Fiscal Studies (IFS)" gives ("IFS", the long form)."""
    for match in _DEFINITION.finditer(text):
        long = match[1].replace("\u00a0", " ").split()
        short = match[2].replace(".", "")
        for width in range(1, min(len(long), 12) + 1):
            tail = " ".join(long[-width:])
            if short.upper() in _initials(tail):
                yield match[2], tail
                break


def _initials(name: str) -> set[str]:
    """The abbreviations that a long name may have, by the initials of its words."""
    parts = [part for part in re.split(r"[\s\-]+", name) if part]
    capital = "".join(part[0] for part in parts if part[0].isupper())
    every = "".join(part[0] for part in parts).upper()
    without_the = capital[1:] if parts and parts[0] == "The" else capital
    return {initials for initials in (capital, every, without_the) if len(initials) > 1}
