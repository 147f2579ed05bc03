"""Bad input: many names, many quotes, one name again and again, cycles, empty turns."""

import re
import time

import pytest
import spacy
from spacy.tokens import Doc

from extractor.documents.document import Document, Turn
from extractor.pipeline.attribution import Attribution
from extractor.statements.speakers import resolve, speaker_at

nlp = spacy.blank("en")
nlp.max_length = 50_000_000


def _quotes(doc: Doc) -> list[Attribution]:
    """One attribution for each sentence like “…,” he said."""
    text, starts = doc.text, {token.idx: token.i for token in doc}
    return [
        Attribution([doc[starts[m.start(1)] : starts[m.start(2)]]], [doc[i : i + 1]], [doc[starts[m.start(2)] : i]])
        for m in re.finditer(r"(“[^”]*”) (\w+(?: \w+)*) (said)", text)
        for i in [starts[m.start(3)]]
    ]


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number, 26)
        letters += chr(97 + rest)
    return letters or "a"


def _many_names(n: int) -> str:
    return "\n\n".join(f"“Yes {i},” Ada M{_letters(i)}son said." for i in range(n))


def _one_surname(n: int) -> str:
    return "\n\n".join(f"“Yes {i},” A{_letters(i)} Marwood said." for i in range(n))


def _many_quotes(n: int) -> str:
    return "Jane Okoro met Hugo Stahl.\n\n" + "\n\n".join(
        f"“Yes {i},” {'he' if i % 2 else 'she'} said." for i in range(n)
    )


def _one_name(n: int) -> str:
    return "Jane Okoro spoke. “No,” she said. " + "Okoro went home. " * n


def _seconds(text: str) -> float:
    doc = nlp.make_doc(text)
    attributions = _quotes(doc)
    start = time.process_time()
    speakers = resolve(doc, Document(text), attributions)
    assert len(speakers) == len(attributions)
    return time.process_time() - start


@pytest.mark.parametrize(
    ("make", "size"), [(_many_names, 5_000), (_one_surname, 5_000), (_many_quotes, 10_000), (_one_name, 50_000)]
)
def test_time_grows_about_linearly(make, size):
    small, large = _seconds(make(size // 5)), _seconds(make(size))
    assert large < 5 * 2.2 * max(small, 0.05)


def test_pronouns_that_lead_nowhere():
    text = "“Yes,” he said. “No,” he said. “Who,” who said. “I,” I said."
    doc = nlp.make_doc(text)
    speakers = resolve(doc, Document(text), _quotes(doc))
    assert [s.name for s in speakers] == ["he", "he", "who", "I"]
    assert all(s.confidence <= 0.5 for s in speakers)


def test_attributions_that_hold_each_other():
    text = "I said I said"
    doc = nlp.make_doc(text)
    whole, first, second = doc[0:4], doc[0:1], doc[2:3]
    speakers = resolve(doc, Document(text), [Attribution([whole], [], [second]), Attribution([whole], [], [first])])
    assert [s.mention for s in speakers] == ["I", "I"]


def test_empty_turns_and_labels():
    text = "HOLLIS:\n\nYes."
    document = Document(text, turns=(Turn(7, 7, "HOLLIS"), Turn(9, 13, ""), Turn(13, 13, "NOBODY")))
    doc = nlp.make_doc(text)
    assert speaker_at(document, 9) == ""
    assert resolve(doc, document, [Attribution([doc[-2:]])])[0].name in ("", "HOLLIS")


def test_nothing_to_do():
    assert resolve(nlp.make_doc(""), Document(""), []) == []
    assert speaker_at(Document(""), 0) == ""
    assert speaker_at(Document("Yes.", speaker="Jane Okoro"), 0) == "Jane Okoro"


def test_offsets_of_the_mention():
    text = "Jane Okoro left. “Yes,” Okoro said."
    doc = nlp.make_doc(text)
    speaker = resolve(doc, Document(text), _quotes(doc))[0]
    assert [text[s:e] for s, e in speaker.mention_spans] == ["Okoro"] == [speaker.mention]
    assert speaker.method == "partial name"
