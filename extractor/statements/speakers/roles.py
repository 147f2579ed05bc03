"""What the document says people and bodies are: titles before a name, appositions, "X, who is the …"."""

import re
from collections.abc import Sequence
from functools import lru_cache

from extractor.statements.speakers.names import Name
from extractor.statements.speakers.referents import Referent, Referents, Role, title_gender
from extractor.statements.speakers.titles import UPPER, title_before
from extractor.statements.speakers.words import alternation, table, words

_PER_FORM = 30
_BEFORE, _AFTER = 110, 170

_ROLE = rf"(?:{alternation(words('roles'))})"
_ROLE_WORD = re.compile(rf"\b{_ROLE}(?:s|es)?\b", re.IGNORECASE)
_CLAUSE_BREAK = re.compile(r"[,;:\n()\[\]\"“”—–]|\.(?=\s+[A-Z][a-z]+\s+[a-z])")
_WORDS = re.compile(r"[^\s\u00a0]+")
_APPOSITION = re.compile(
    r"\s*(?:\([^)\n]{0,40}\)\s*)?(?:,|\s[—–-]{1,2})\s*(?P<role>(?:who(?:\s(?:is|was|has\sbeen|serves|served)(?:\sas)?\s)|now\s|then\s|formerly\s)?"
    r"(?:(?:the|a|an|one\sof\sthe|his|her|its|their|our)\s)?[^,;\n()—]{2,120})"
)
_COPULA = re.compile(
    r"\s+(?:is|was|became|remains|has\sbeen)\s+(?P<role>(?:the|a|an|one\sof\sthe)\s[^,;\n().—]{2,100})"
)
_POST_NOMINAL = re.compile(r",?[ \u00a0](MP|MSP|MS|AM|MLA|MEP|TD|QC|KC)\b")
_REVERSED_START = re.compile(
    rf"(?:^|[.!?,;:\n“”\"—–]\s*|\b(?:said|says|and|but|by|from|of|with|that|told)\s|\s)"
    rf"(?=(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Mm]y|[Oo]ur|[Oo]ne\sof\sthe)\s|[{UPPER}][\w.]*['’]s\s)"
    rf"|(?:^|[.!?,;:\n“”\"—–]\s*|\b(?:said|says|and|but|by)\s)(?=[{UPPER}])"
)
_ENDS_IN_COMMA = re.compile(r",\s*$")
_BREAKS = re.compile(r"[,;\n()“”\"]")
_IN_BRACKETS = re.compile(r"(?P<role>[^.;:\n(),]{3,90}?(?:,[ \u00a0][A-Z]\w+)?)[ \u00a0]\((?:\w+\.?[ \u00a0])*$")
_CUT = re.compile(r"\s(?:who|whose|which|that|said|says|told|and\s(?:one|a|an|the)|at\sthe\stime|whom)\b")
_OF = re.compile(r"\s(?:of|for|from)\s(?:the\s)?")
_OF_SPLIT = re.compile(r"\s(?:of|for|at|in|on|from|with)\s")
_SENTENCE = re.compile(r"[.!?][\"”’]?\s+(?=[A-Z]\w*\s[a-z])")
_STOP = frozenset("the a an of for to in on at and or his her its their our my s former then who is was".split())


@lru_cache(maxsize=10_000)
def role_words(text: str) -> frozenset[str]:
    """The words of a role to match by: lower case, abbreviations written out, synonyms made one."""
    titles, same = table("role titles"), table("synonyms")
    found = set()
    for word in re.findall(r"[^\W_]+(?:-[^\W_]+)*", text.lower().replace("’s", "").replace("'s", "")):
        for part in (same.get(titles.get(word, word), titles.get(word, word))).split():
            if part not in _STOP:
                found.add(_singular(part))
    return frozenset(found)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us")) else word


def make_role(text: str) -> Role:
    """A role from the words that state it."""
    plain = re.sub(r"\s+", " ", text).strip(" ,;-–—")
    plain = re.sub(
        r"^(?:the|a|an|who is|who was|who served as|who has been|now|then|one of the) ", "", plain, flags=re.I
    )
    plain = re.sub(r"^(?:the|a|an) ", "", plain, flags=re.I)
    return Role(plain, role_words(text))


def role_before(text: str, start: int) -> str:
    """The words of office that stand directly before a name ("Home Secretary", "former Ohio Gov."), or nothing."""
    left = text[max(0, start - _BEFORE) : start]
    if not left or left[-1] not in " \u00a0":
        return ""
    shift, modifiers, titles = 0, words("role modifiers"), table("role titles")
    for stop in _CLAUSE_BREAK.finditer(left):
        shift = stop.end()
    function, roles = words("function words"), words("roles")
    begin: int | None = None
    for piece in reversed(list(_WORDS.finditer(left, shift))):
        word = piece[0]
        low = word.lower().rstrip(".")
        bare = re.sub(r"['’]s?$", "", low)
        stopped = word.endswith((".", "!", "?")) and low not in titles  # "I thank the Minister. Parading …"
        if not stopped and (low in titles or low in roles or bare in modifiers or _ROLE_WORD.fullmatch(word)):
            begin = piece.start()
        elif (
            low in function
            or low == "and"
            or not (word[0].isupper() or word[0].isdigit() or low in ("of", "for"))
            or (stopped and word[0].isupper() and len(low) > 3)
        ):
            break
        else:
            begin = piece.start()
    if begin is None or re.search(r"\b(?:of|for|and|the)\s$", left):
        return ""
    found = left[begin:].strip()
    found = re.sub(r"^(?:of|for)\s", "", found)
    has_role = _ROLE_WORD.search(found) or any(w.lower().rstrip(".") in titles for w in found.split())
    return found if has_role else ""


def _role_after(text: str, start: int, end: int) -> str:
    window = text[end : end + _AFTER]
    for pattern in (_APPOSITION, _COPULA):
        match = pattern.match(window)
        if match:
            found = match["role"]
            cut = _CUT.search(found, 4)
            found = found[: cut.start()] if cut else found
            sentence = re.search(r"[.!?][\"”’]?(?:\s+[A-Z“\"]|$)", found)
            found = found[: sentence.start()] if sentence else found
            head = re.split(r"\s(?:of|for|at|in|on|from|with)\s", found)[0]
            said = _ROLE_WORD.search(head)
            if said and len(head.split()) <= 9 and not re.match(rf"\s[{UPPER}]\w", head[said.end() :]):
                return found
    post = _POST_NOMINAL.match(window)
    described = text[max(0, start - 4) : start].lower() == "the "  # "the Birmingham MP"
    return post[1] if post and not described else ""


def _role_around(text: str, start: int) -> str:
    left = text[max(0, start - _BEFORE) : start]
    bracket = _IN_BRACKETS.search(left) if "(" in left else None  # it backtracks much before it finds none
    if bracket:
        member = re.search(r"\b(?:Member|Lord|Baroness|Secretary|Minister)\b.*", bracket["role"])
        return member[0] if member else ""
    if "," not in left:
        return ""
    title = title_before(left)
    left = left[: title.start()] if title else left
    comma = _ENDS_IN_COMMA.search(left)
    if not comma:
        return ""
    for match in reversed(list(_REVERSED_START.finditer(left, 0, comma.start()))):
        role = left[match.end() : comma.start()]
        if _BREAKS.search(role) or len(role) > 90:
            break
        head = _OF_SPLIT.split(role)[0]
        if _ROLE_WORD.search(head) and len(head.split()) <= 7 and not _SENTENCE.search(role):
            return role
    return ""


def learn_roles(text: str, names: Sequence[Name], referents: Referents) -> None:
    """Give each named person and body the roles that the text states beside its name."""
    seen: dict[str, int] = {}
    for index, name in enumerate(names):
        options = referents.options(name.text)
        if len(options) != 1 or options[0].kind not in ("person", "unknown", "body"):
            continue
        uses = seen[name.text] = seen.get(name.text, 0) + 1
        if uses > _PER_FORM:
            continue
        before = role_before(text, name.start)
        for found in (before, _role_around(text, name.start) if not before else ""):
            if found:
                _give(options[0], found)
        after = _role_after(text, name.start, name.end)
        if after:
            holder = options[0]
            if index and _OF.fullmatch(text[names[index - 1].end : name.start]):
                earlier = referents.options(names[index - 1].text)
                holder = earlier[0] if len(earlier) == 1 and earlier[0].kind in ("person", "unknown") else holder
            _give(holder, after)


def _give(referent: Referent, found: str) -> None:
    role = make_role(found)
    if role.text and role.words:
        referent.add_role(role)
        if referent.kind == "body":
            return
        head = re.split(r"\s(?:of|for|at|in|on|from|with|to)\s", found)[0]
        possessor = re.sub(r"\b\w+['’]s\b.*?(?=\s)", "", head)
        male, female = title_gender(possessor)
        referent.male += male / 2
        referent.female += female / 2
        if referent.kind == "unknown":
            referent.kind = "person"
