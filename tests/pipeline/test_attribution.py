"""Who says what: ``[s:…]`` is the source, ``[c:…]`` the cue, ``[…]`` a part of the content, in the text as printed."""

import re
from typing import Any

import pytest

MARKED = {
    "quote, cue, source": "“[We will rebuild every bridge in the county],” [c:said] [s:Ms Adeyemi].",
    "source, cue, quote": "[s:Tom Farrow] [c:said]: “[We will rebuild every bridge in the county].”",
    "interrupted": "“[We will rebuild],” [s:she] [c:said], “[but not this year].”",
    "two sentences round the cue": "“[We lost the vote],” [s:Farrow] [c:said]. “[We will try again].”",
    "a clause with more than the cue": "“[We lost the vote],” [s:Farrow] [c:said], laughing. “[We will try again].”",
    "interrupted at length": "“[Whenever you say that],” [s:Farrow] [c:said], referring to tolls, “[you help them].”",
    "indirect with that": "[s:The minister] [c:said] [that the bridge would open in May].",
    "indirect without that": "[s:Council leader Rana Begum] [c:said] [the bridge would open in May].",
    "according to": "[c:According to] [s:the report], [the bridge is unsafe].",
    "mixed": "[s:Mr Okafor] [c:said] [the plan was “a gift to speculators”].",
    "UK single marks": "‘[It is a gift to speculators],’ [c:said] [s:Mr Okafor].",
    "straight marks": '"[It is a gift to speculators]," [c:said] [s:Mr Okafor].',
    "a rare cue after a quote": "“[It is a gift to speculators],” [s:Okafor] [c:insisted].",
    "belief": "[s:Farrow] [c:believes] [the bridge is unsafe].",
}
MARK = re.compile(r"\[(?:([sc]):)?([^\]]*)\]")


def parse(marked: str) -> tuple[str, dict[str, list[str]]]:
    parts: dict[str, list[str]] = {"s": [], "c": [], "": []}
    for match in MARK.finditer(marked):
        parts[match[1] or ""].append(match[2])
    return MARK.sub(lambda m: m[2], marked), parts


@pytest.mark.parametrize("marked", MARKED.values(), ids=MARKED.keys())
def test_attribution(nlp: Any, marked: str) -> None:
    text, parts = parse(marked)
    (found,) = nlp(text)._.attributions
    shown = {
        "s": [s.text for s in found.source],
        "c": [s.text for s in found.cue],
        "": [s.text.strip('“”"‘’,.') for s in found.content],
    }
    assert shown == {**parts, "": [p.strip('“”"‘’,.') for p in parts[""]]}


def test_the_doc_carries_it_as_spacy_spans(nlp: Any) -> None:
    doc = nlp("“We will rebuild,” said Ms Adeyemi. Tom Farrow said the plan was late.")
    assert {name: [s.text for s in doc.spans[name]] for name in ("sources", "cues")} == {
        "sources": ["Ms Adeyemi", "Tom Farrow"],
        "cues": ["said", "said"],
    }
    assert [doc.text[a:b] for a, b in doc._.quotations] == ["“We will rebuild,”"]


def test_text_without_attributions(nlp: Any) -> None:
    assert list(nlp("The bridge opened in May. It rained.")._.attributions) == []
    assert list(nlp("")._.attributions) == []


def test_a_quotation_with_a_full_stop_is_not_said_by_the_cue_after_it(nlp: Any) -> None:
    text = "Ms Adeyemi said: “The bridge is unsafe. Close it.” To which Farrow replied, “We have no money for that.”"
    cues = {a.content[0].text.strip("“”."): [s.text for s in a.cue] for a in nlp(text)._.attributions}
    assert cues == {"The bridge is unsafe. Close it": ["said"], "We have no money for that": ["replied"]}


def test_what_follows_a_comma_inside_the_marks_is_the_reporters(nlp: Any) -> None:
    text = "Farrow recalled Ms Adeyemi saying, “That makes us smart,” when the council blamed her for the toll."
    assert [s.text.strip("“”,") for a in nlp(text)._.attributions for s in a.content] == ["That makes us smart"]
