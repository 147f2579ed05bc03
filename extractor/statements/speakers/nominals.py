"""Finds whom a description means ("the Home Secretary", "the bank", "the poll") by what the document says of each."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from extractor.statements.speakers.discourse import Discourse
from extractor.statements.speakers.evidence import gender_fit, weigh
from extractor.statements.speakers.referents import Referent, Role, title_gender
from extractor.statements.speakers.roles import role_words
from extractor.statements.speakers.words import alternation, table, words

_ROLE_WORD = re.compile(rf"\b(?:{alternation(words('roles') | set(table('role titles')))})(?:s|es)?\b", re.IGNORECASE)
_HEAD_END = re.compile(r"\s(?:of|for|at|in|on|from|with|to|who|by|under)\b")
_WHOLE = frozenset({"attorney general", "secretary general", "secretary-general", "general secretary", "running mate",
                    "first lady", "first minister", "prime minister", "vice president", "head teacher"})  # fmt: skip
_LIMITING = frozenset(["vice", "deputy", "shadow", "assistant", "acting", "press", "under", "former"])
_SEARCH = 40


@lru_cache(maxsize=10_000)
def head_of(description: str) -> str:
    """The noun that a description turns on, one for all its synonyms ("the Birmingham MP": "mp")."""
    region = _HEAD_END.split(description, maxsplit=1)[0]
    region = re.split(r",", region)[0]
    found = _ROLE_WORD.findall(region)
    if not found:
        return ""
    head = found[-1].lower()
    single = head if head in words("roles") else re.sub(r"(?:es|s)$", "", head)
    single = single if single in words("roles") else head.rstrip("s")
    single = table("role titles").get(head, single)
    return table("synonyms").get(single, single)


def _same_head(one: str, other: str) -> bool:
    if one == other:
        return True
    if one in _WHOLE or other in _WHOLE:
        return False
    return one.split()[-1] == other or other.split()[-1] == one


def _sides(found: frozenset[str]) -> set[str]:
    party = table("party words")
    return {party[word] for word in found if word in party}


class Descriptions:
    """Finds referents by their roles. Building it takes time linear in the number of roles."""

    def __init__(self, referents: Iterable[Referent]) -> None:
        self._by_head: dict[str, list[tuple[Referent, Role, str]]] = defaultdict(list)
        self._bodies: dict[str, list[Referent]] = defaultdict(list)
        for referent in referents:
            if referent.kind == "body":
                for token in set(referent.tokens):
                    self._bodies[token].append(referent)
            for role in referent.roles:
                head = head_of(role.text)
                if head:
                    self._by_head[head.split()[-1]].append((referent, role, head))

    def person(
        self, description: str, extra: frozenset[str], discourse: Discourse, position: int
    ) -> tuple[Referent | None, float]:
        """Whom a definite description of one person means, by stated roles, and how sure that is.

        extra: words that narrow it further, as the names of whom "his" in "his lawyer" means.
        """
        head = head_of(description)
        if not head:
            return None, 0.0
        wanted = (role_words(description) | extra) - {""}
        best: dict[Referent, float] = {}
        for referent, role, role_head in self._by_head.get(head.split()[-1], [])[-_SEARCH:]:
            if not _same_head(head, role_head):
                continue
            known = role.words.union(*(r.words for r in referent.roles)) | set(referent.tokens)
            sides, own = _sides(wanted), _sides(frozenset(known))
            if sides and own and not sides & own:
                continue
            missing = len(wanted - known)
            score = 0.4 * discourse.salience(referent, position) - 0.9 * missing
            score -= 0.15 * len(role.words - wanted) + 1.2 * len((role.words & _LIMITING) - wanted)
            if referent not in discourse.traces:
                score += 2.0
            best[referent] = max(best.get(referent, -99.0), score)
        if not best:
            return None, 0.0
        ranked = sorted(best.items(), key=lambda item: -item[1])
        margin = ranked[0][1] - ranked[1][1] if len(ranked) > 1 else 2.0
        confidence = max(0.2, min(0.92, 0.75 + 0.1 * margin + 0.06 * min(ranked[0][1], 1.0)))
        return ranked[0][0], confidence

    def persons_with(self, description: str) -> list[Referent]:
        """All persons with the role that a plural description names ("the candidates")."""
        head = head_of(description)
        found = {id(r): r for r, _, h in self._by_head.get(head.split()[-1], []) if _same_head(head, h)} if head else {}
        return list(found.values())

    def has_role(self, referent: Referent, description: str) -> bool:
        """Whether a referent's stated roles go with a description."""
        head = head_of(description)
        return any(_same_head(head, head_of(role.text)) for role in referent.roles) if head else False

    def body(
        self, noun: str, wanted: frozenset[str], discourse: Discourse, position: int
    ) -> tuple[Referent | None, float]:
        """Which body a noun means ("the bank"), and how sure that is."""
        fits = table("body nouns")[noun].split()
        kinds = words("body names")
        scored: list[tuple[float, Referent]] = []
        pool = dict.fromkeys(list(reversed(discourse.traces))[:_SEARCH])
        for word in fits:
            pool.update(dict.fromkeys(self._bodies.get(word, [])[:_SEARCH]))
        for referent in pool:
            if referent.kind not in ("body", "unknown") or not referent.named:
                continue
            tokens = set(referent.tokens) | role_words(referent.name)
            score = 0.5 * discourse.salience(referent, position) if referent in discourse.traces else -1.0
            said = any(noun in role.words for role in referent.roles)
            if said or noun in tokens or noun + "s" in tokens:
                score += 2.5
            elif tokens & set(fits):
                score += 1.8
            elif "*" in fits and not tokens & kinds:
                score += 0.3 if referent.kind == "body" else -0.6
            else:
                continue
            score += 0.8 * len(wanted & tokens) - 0.5 * len(wanted - tokens)
            scored.append((score, referent))
        if not scored:
            return None, 0.0
        scored.sort(key=lambda item: -item[0])
        margin = scored[0][0] - scored[1][0] if len(scored) > 1 else 1.5
        return scored[0][1], max(0.2, min(0.85, 0.45 + 0.1 * scored[0][0] + 0.12 * margin))


def anaphoric(description: str, discourse: Discourse, position: int) -> tuple[Referent | None, float]:
    """The person most in mind whom a mere description ("the businessman", "the woman") fits."""
    male, female = title_gender(description)
    scored = []
    for rank, referent in enumerate(reversed(discourse.traces)):
        if rank >= _SEARCH:
            break
        if referent.kind not in ("person", "unknown"):
            continue
        score = discourse.salience(referent, position) + (referent.kind == "unknown") * -1.5
        if male or female:
            score += weigh(gender_fit(referent, bool(male)), "source")
        scored.append((score, referent))
    if not scored:
        return None, 0.0
    scored.sort(key=lambda item: -item[0])
    margin = scored[0][0] - scored[1][0] if len(scored) > 1 else 1.0
    if scored[0][0] < -3:
        return None, 0.0
    return scored[0][1], max(0.2, min(0.7, 0.4 + 0.15 * margin))
