"""Forms of address in a parliament: "the hon. Member for Ashford (Jane Okoro)", then "the hon. Gentleman"."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from extractor.statements.speakers.names import Name
from extractor.statements.speakers.source import CONSTITUENCY

ADDRESS = re.compile(
    r"\b(?:[Tt]he|[Mm]y|[Hh]is|[Hh]er|[Oo]ur)\s(?:noble\s(?:and\s(?:learned|gallant|right\srev\.)\s)?(?:Friend|Lord|Lady|Baroness|Earl|Viscount)"
    r"|(?:(?:right|rt\.?|very)\s)?(?:hon\.?|honourable)\s(?:and\s(?:learned|gallant|reverend)\s)?"
    r"(?:Friend|Member|Gentleman|Lady|Baronet))\b"
    r"(?:,?\s(?:the\s)?(?=Member\sfor)" + CONSTITUENCY.pattern.replace(r"\bMember", "Member", 1)
    + r"|,?\s(?:the|for)\s[A-Z][\w'’-]*(?:(?:\s|,\s|\sand\s|\sof\s|\sfor\s|\sto\sthe\s|\sof\sthe\s)[A-Z][\w'’-]*)*)?"
)  # fmt: skip
_BACK_POINTING = re.compile(r"(?:Gentleman|Lady|Friend|Member|Lord|Baroness|Baronet|Earl|Viscount)$")


def without_address(text: str, names: Sequence[Name], addresses: Sequence[re.Match[str]]) -> list[Name]:
    """Names without the capitals of forms of address and constituencies ("the hon. Gentleman", "Member for Tarn Fell").

    Those name nobody by themselves. Takes time linear in the text and the names. addresses: the forms in the text.
    """
    spans = sorted(m.span() for m in (*addresses, *CONSTITUENCY.finditer(text)))
    if not spans:
        return list(names)
    starts = [start for start, _ in spans]

    def held(name: Name) -> bool:
        at = bisect_right(starts, name.start)
        return any(name.end <= end for _, end in spans[max(0, at - 2) : at])

    return [name for name in names if not held(name)]


def points_back(address: str) -> bool:
    """Whether a form of address says nothing of whom it means, so that it means whoever was spoken of last."""
    return bool(_BACK_POINTING.search(address.strip())) and not address.lower().startswith("my ")


def gender_of(address: str) -> tuple[float, float]:
    """How much a form of address speaks for "he" and for "she"."""
    return 6.0 * bool(re.search(r"Gentleman|Lord|Earl|Viscount|Baronet", address)), 6.0 * bool(
        re.search(r"Lady|Baroness", address)
    )
