"""Reports in what somebody says: a speech, a letter, a turn of a transcript.

The reader of attributions learned from news, where a first person stands in quotation marks. In a speech the first
person is the voice of the text itself: "I believe that …" is said there and then and reports nothing, while what "my
hon. Friend said" may stand beside it or inside it.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from extractor.documents.document import Document
from extractor.pipeline.attribution import Attribution
from extractor.statements.clauses import (
    FIRST,
    SUBJECTS,
    is_open,
    is_past,
    reported_clauses,
    reporting,
    source_of,
    subject_of,
)
from extractor.statements.introduced import with_introduction
from extractor.statements.speakers.labels import Turns
from extractor.statements.speakers.words import words

_OPEN_CLASS = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})


def as_spoken(
    doc: Doc, document: Document, attributions: Sequence[Attribution], quoted: Callable[[Token], bool]
) -> list[Attribution]:
    """The attributions of a document; where it is known who speaks, without what is no more than that speaker's own.

    There, the reports that the tree shows and the reader missed come with them. quoted: whether a word stands in
    quotation marks, where somebody else speaks. Takes time linear in the text.
    """
    turns = Turns(document)
    attributions = [_with_source(a) for a in attributions]
    if not turns and not document.speaker:
        return attributions

    def spoken(attribution: Attribution) -> bool:
        places = (_head(attribution), *(part[0] for part in attribution.source))  # the label of a turn is outside it
        return bool(document.speaker) or all(turns.at(t.idx) is not None for t in places)

    kept = []
    for found in attributions:
        attribution = _with_subject(found) if spoken(found) else found
        if not spoken(found):
            kept.append(found)
        elif _is_quote(attribution, quoted):
            kept.append(with_introduction(attribution))
        elif _is_report(attribution):
            kept.append(attribution)
    cues = {t.i for a in kept if _has_clause(a) for part in a.cue for t in part}
    clauses = [a for a in reported_clauses(doc, cues) if spoken(a) and not quoted(_head(a))]
    better = {t.i for a in clauses for part in a.cue for t in part}  # "told us this: …": the clause, not "this"
    return [a for a in kept if _head(a).i not in better] + clauses


def _head(attribution: Attribution) -> Token:
    """The word that an attribution turns on: that of its cue, else of its content."""
    return (attribution.cue or attribution.content)[0].root


def _with_source(attribution: Attribution) -> Attribution:
    """An attribution with the subject of its verb for a source, where the reader has found a cue and no source."""
    if attribution.source or not attribution.cue:
        return attribution
    head = _head(attribution)
    subject = source_of(head) if head.pos_ == "VERB" else None
    return replace(attribution, source=[subject]) if subject is not None else attribution


def _with_subject(attribution: Attribution) -> Attribution:
    """An attribution under the subject of its verb, where its source stands in another sentence or is "I"."""
    head = _head(attribution)
    subject = source_of(head) if attribution.cue and head.pos_ == "VERB" else None
    if subject is None or not attribution.source:
        return attribution
    first = attribution.source[0][0]
    if head.sent.start <= first.i < head.sent.end and first.lower_ not in FIRST:
        return attribution
    return replace(attribution, source=[subject])


def _is_quote(attribution: Attribution, quoted: Callable[[Token], bool]) -> bool:
    """Whether quotation marks show what somebody said; a word or two of one's own may stand in marks as well."""
    inside = [quoted(t) for part in attribution.content for t in part if t.pos_ != "PUNCT"]
    return all(inside) or (any(inside) and not _is_own(attribution))


def _is_report(attribution: Attribution) -> bool:
    """Whether an attribution says that somebody else said or held something.

    What they are asked, or may say, or are reminded of, is what the one who speaks says.
    """
    cue = [t for part in attribution.cue for t in part]
    if any(part.root.dep_ == "vocative" for part in attribution.source):
        return False
    if not _is_told(attribution) or _is_own(attribution) or any(t.lower_ in reporting("know") for t in cue):
        return False
    return not cue or not is_open(_head(attribution))


def _is_told(attribution: Attribution) -> bool:
    """Whether a content is a clause, or whether the cue says that it was spoken of, or planned.

    What one is merely for ("supports the Bill") is not said. Both must have words of their own: "what he said" tells
    nothing.
    """
    cue = [t for part in attribution.cue for t in part]
    content = [t for part in attribution.content for t in part]
    if not all(any(t.pos_ in _OPEN_CLASS for t in said) for said in (cue, content) if said):
        return False
    if any(t.lower_ in reporting("say") | reporting("speak") for t in cue):
        return True
    if any(t.lower_ in reporting("want") | reporting("think") for t in cue) and _is_verbal(attribution):
        return True
    return _has_clause(attribution)


def _roots(attribution: Attribution) -> list[Token]:
    """The words at the head of a content that depend on no other word of it."""
    inside = {t.i for part in attribution.content for t in part}
    roots = [part.root for part in attribution.content]
    return [r for r in roots if r.head.i not in inside or r.head == r]


def _has_clause(attribution: Attribution) -> bool:
    """Whether a content is a clause with a subject of its own."""
    return any(c.dep_ in ("cop", *SUBJECTS, "expl") for root in _roots(attribution) for c in root.children)


def _is_verbal(attribution: Attribution) -> bool:
    return any(root.pos_ in ("VERB", "AUX") for root in _roots(attribution))


def _is_own(attribution: Attribution) -> bool:
    """Whether an attribution gives what the one who speaks thinks, wants or says there and then."""
    return _in_first_person(attribution) and not (attribution.cue and _tells(attribution))


def _in_first_person(attribution: Attribution) -> bool:
    """Whether "I" or "we", or a thought of theirs ("my point"), is the source, or the subject of the cue."""
    if attribution.source:
        first, last = attribution.source[0][0], attribution.source[-1][-1]
        if first.lower_ in FIRST:
            return True
        if first.lower_ in ("my", "our") and last.lower_ in words("acts") | reporting("noun"):
            return True
    subject = subject_of(_head(attribution))
    return subject is not None and subject.lower_ in FIRST and subject.dep_ != "nsubj:pass"


def _tells(attribution: Attribution) -> bool:
    """Whether a cue reports that a clause was said before ("I have said that …", "as I told them")."""
    said = [t for part in attribution.cue for t in part if t.lower_ in reporting("say")]
    clause = any(c.dep_.startswith("nsubj") for part in attribution.content for c in part.root.children)
    return clause and any(is_past(verb) for verb in said)
