"""Quotations whose speaker stands in a tag: "“…” — Ada Obi" after them, or "OBI: …" at their head.

Such tags are as regular as marks are, so they are read by rule.
"""

from extractor.pipeline.encoder import Reading
from extractor.pipeline.encoding import Ints
from extractor.pipeline.links import CONTENT, CUE, SOURCE, Group, WordSpan
from extractor.pipeline.quotations import Quotation

DASHES = frozenset({"―", "—", "–", "-", "--", "---"})
LONGEST_TAG = 10  # words after a dash, to the end of the line
LONGEST_LABEL = 3  # words before a colon


def tagged_quotations(reading: Reading, quoted: list[Quotation]) -> list[Group]:
    """The attributions that tags make plain, in order of the text."""
    texts, lines = reading.forms, reading.encoding.line
    groups: list[Group] = []
    speaking: Group | None = None  # the labelled quotation that goes on in the next paragraph
    for q in quoted:
        label = _label(texts, q)
        if label:
            colon = label[1]
            speaking = {SOURCE: [label], CUE: [(colon, colon + 1)], CONTENT: [(colon + 1, q.end)]}
            groups.append(speaking)
        elif speaking and q.first and q.start - speaking[CONTENT][-1][1] <= 1:
            speaking[CONTENT].append(q.span)
        else:
            speaking = None
            tag = _tag(texts, lines, q)
            if tag:
                groups.append({SOURCE: [tag], CUE: [(tag[0] - 1, tag[0])], CONTENT: [q.span]})
        if q.closed:
            speaking = None
    return groups


def _label(texts: list[str], q: Quotation) -> WordSpan | None:
    """The name in capitals before a colon at the head of a quotation."""
    for at in range(q.start + 1, min(q.start + LONGEST_LABEL + 1, q.end - 1)):
        if texts[at] == ":":
            name = texts[q.start : at]
            return (q.start, at) if all(t.isupper() for t in name if t != ".") and len(name[0]) > 1 else None
    return None


def _tag(texts: list[str], lines: Ints, q: Quotation) -> WordSpan | None:
    """The name after a dash that follows a closed quotation and fills the rest of its line."""
    dash = q.end + 1
    if not q.closed or dash + 1 >= len(texts) or texts[dash] not in DASHES or lines[dash] or lines[dash + 1]:
        return None
    end = dash + 1
    while end < len(texts) and not lines[end] and end - dash <= LONGEST_TAG + 1:
        end += 1
    while end > dash + 1 and not texts[end - 1][-1].isalnum():
        end -= 1
    if end - dash - 1 > LONGEST_TAG or not texts[dash + 1][:1].isupper():
        return None
    return dash + 1, end
