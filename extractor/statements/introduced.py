"""Words read out: whose they are, by the sentence that ends in a colon before them.

"He put it in these terms:", "I quote the comments of the inspector:", "I have a letter from Ada Obi, which says:".
"""

from spacy.tokens import Span, Token

from extractor.pipeline.attribution import Attribution
from extractor.statements.clauses import phrase_of, reporting, source_of
from extractor.statements.speakers.words import words

_OWNED = ("of", "by", "from")
_LONGEST = 80  # words of an introduction that are looked at
_MARKS = 4  # tokens that may stand between a colon and the words: line ends, a mark, an ellipsis


def with_introduction(attribution: Attribution) -> Attribution:
    """A quotation that has neither cue nor source with those of the sentence that brings it in, if one does."""
    if attribution.cue or attribution.source:
        return attribution
    sentence = _introduction(attribution.content[0][0])
    found = _by_verb(sentence) or _by_noun(sentence)
    if found is None:
        return attribution
    return Attribution(attribution.content, [found[1]], [found[0]], attribution.probability)


def _introduction(first: Token) -> list[Token]:
    """The words of the sentence before a colon right before a quotation; empty when there is no colon."""
    doc = first.doc
    colon = next((i for i in range(first.i - 1, max(-1, first.i - 2 - _MARKS), -1) if doc[i].text == ":"), None)
    if colon is None or any(c.isalnum() for c in doc[colon + 1 : first.i].text):
        return []
    return list(doc[max(doc[colon].sent.start, colon - _LONGEST) : colon])


def _by_verb(sentence: list[Token]) -> tuple[Span, Span] | None:
    """Who says it, and the verb that says so: the last of the sentence that reports, else its main verb."""
    verbs = [t for t in sentence if t.pos_ == "VERB" and source_of(t) is not None]
    saying = [t for t in verbs if t.lower_ in reporting("say") | reporting("speak")]
    roots = [t for t in verbs if t.dep_ == "ROOT"] if sentence and sentence[-1].lower_ in ("terms", "words") else []
    for verb in (saying or roots)[-1:]:
        source = source_of(verb)
        return (source, verb.doc[verb.i : verb.i + 1]) if source is not None else None
    return None


def _by_noun(sentence: list[Token]) -> tuple[Span, Span] | None:
    """Whose words or paper it is that the sentence names, and the noun for it."""
    for noun in reversed(sentence):
        if noun.pos_ != "NOUN" or noun.lower_ not in words("acts") | words("documents") | reporting("noun"):
            continue
        owners = [c for c in noun.children if c.dep_ == "nmod:poss"]
        owners += [c for c in noun.rights if c.dep_ == "nmod" and any(m.lower_ in _OWNED for m in c.lefts)]
        for owner in owners[:1]:
            source = phrase_of(owner)
            if source is not None:
                return source, noun.doc[noun.i : noun.i + 1]
    return None
