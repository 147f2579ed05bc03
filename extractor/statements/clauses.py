"""Reported clauses by their grammar: a verb or noun of reporting, whose it is, and the clause that it brings in.

"The Minister has confirmed that …", "a survey showing that …", "the hon. Lady's contention that …", "as the Committee
found, …". Only what has been said counts: no question, condition, wish or order to say something.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
from spacy.tokens import Doc, Span, Token

from extractor.pipeline.attribution import Attribution

FIRST = frozenset({"i", "we", "me", "us"})
SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer")
_NOBODY = frozenset(
    {"i", "we", "you", "it", "one", "there", "this", "that", "nobody", "anyone", "anybody", "who", "what"}
)
_RELATIVES = ("acl", "acl:relcl", "parataxis", "advcl")
_OPEN = frozenset({"if", "unless", "whether", "should", "could", "until", "lest"})
_SECOND = frozenset({"out", "clear", "plain"})
_ANYTHING = frozenset({"something", "anything", "nothing", "everything", "things"})  # what follows says which
_AHEAD = _ANYTHING | {"this", "these", "following", "terms", "words", "follows"}
_HAVE = frozenset({"have", "has", "had", "having", "'ve", "’ve", "'d", "’d", "'s", "’s"})
_BE = frozenset({"am", "is", "are", "was", "were", "be", "been", "being", "'s", "’s", "'re", "’re"})
_DO = frozenset({"do", "does", "did"})
_CHAIN = 4  # verbs between one and the subject that it shares
_NEAR = 8  # words between a verb and the clause under it ("has confirmed to officials that …")
_CLOSE = 3  # words between a verb and a colon that needs no word that looks ahead
_FAR = 20  # words between a verb and the colon before what is said
_LONGEST_SUBJECT = 20  # words from "as" to its verb
_SURE = 0.8  # of speeches read by hand, about four in five of these were right


@cache
def reporting(kind: str) -> frozenset[str]:
    """The words of a class of ``reporting.tsv`` in all their forms, lower case."""
    lines = Path(__file__).with_name("reporting.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return frozenset(form for name, listed in rows if name == kind for word in listed.split() for form in _forms(word))


def _forms(word: str) -> set[str]:
    """The forms of a word: those given after a colon, and the regular ones."""
    base, _, given = word.partition(":")
    stem = base[:-1] if base.endswith("e") else base
    if base.endswith("y") and base[-2] not in "aeiou":
        return {base, *given.split(","), base[:-1] + "ies", base[:-1] + "ied", base + "ing"}
    plural = base + ("es" if base.endswith(("s", "sh", "ch", "x")) else "s")
    return {base, plural, stem + "ed", stem + "ing", *given.split(",")} - {""}


def reported_clauses(doc: Doc, taken: set[int]) -> Iterator[Attribution]:
    """The attributions that the tree of a text shows, in order, each with a source.

    taken: indices of words that are the cue of an attribution already.
    """
    verbs, nouns = frozenset().union(*map(reporting, ("say", "pair", "think", "show"))), reporting("noun")
    ids = np.asarray([doc.vocab.strings.add(w) for w in verbs | nouns], dtype=np.uint64)
    for at in np.flatnonzero(np.isin(doc.to_array("LOWER"), ids)).tolist():
        word = doc[at]
        if at in taken:
            continue
        if word.pos_ == "VERB" and word.lower_ in verbs and not _is_half(word):
            found = _under_verb(word)
        elif word.pos_ == "NOUN" and word.lower_ in nouns:
            found = _under_noun(word)
        else:
            continue
        if found is not None:
            yield found


def subject_of(word: Token) -> Token | None:
    """The subject of a verb or predicate: its own, else that of the verb which it is joined to or completes."""
    for _ in range(_CHAIN):
        own = [child for child in word.children if child.dep_ in SUBJECTS]
        if own:
            return own[0]
        head = word.head
        if word.dep_ == "xcomp":
            objects = [child for child in head.children if child.dep_ in ("obj", "iobj") and child.i < word.i]
            if objects:
                return objects[0]
        elif word.dep_ == "advcl" and word.tag_ == "VBG" and word.i:
            before = word.doc[word.i - 1]
            while before.dep_ == "nmod" and before.head.pos_ in ("ADJ", "PRON", "DET", "NUM"):  # "many of them saying"
                before = before.head
            if before.pos_ in ("NOUN", "PROPN", "PRON", "ADJ"):  # "heard his colleagues saying", not "and left, saying"
                return before
        elif word.dep_ != "conj":
            return None
        word = head
    return None


def _is_half(word: Token) -> bool:
    """Whether a word reports only with another behind it ("made it clear"), which is not there."""
    following = {t.lower_ for t in word.doc[word.i + 1 : word.i + 3]}
    return word.lower_ in reporting("pair") and following.isdisjoint(_SECOND)


def is_open(word: Token) -> bool:
    """Whether a verb or predicate says of nothing that it was said or held, but asks, supposes or wishes it.

    "Will she agree that …", "if they say that …", "he might say that …", "I want him to say that …".
    """
    for _ in range(_CHAIN):
        auxiliaries = [c for c in word.children if c.dep_ in ("aux", "aux:pass", "cop")]
        subject = subject_of(word)
        if any(c.tag_ == "MD" or (subject is not None and c.i < subject.i) for c in auxiliaries):
            return True
        if subject is None and any(c.lower_ == "do" for c in auxiliaries):
            return True
        if any(c.lower_ in _OPEN for c in word.lefts):
            return True
        own = subject is not None and subject.head == word
        infinitive = any(c.lower_ == "to" and c.dep_ == "mark" for c in word.lefts)
        bare = word.tag_ == "VB" and not own and not any(c.lower_ in _DO for c in auxiliaries)
        led = subject is not None and subject.dep_ in ("obj", "iobj")  # "urged him to say that"
        if (bare or infinitive) and (led or word.dep_ != "xcomp" or word.head.lower_ in reporting("want")):
            return True
        if own or word.dep_ not in ("xcomp", "conj"):
            return False
        word = word.head
    return False


def is_past(verb: Token) -> bool:
    """Whether a verb stands in a past tense or the perfect."""
    return verb.tag_ == "VBD" or (verb.tag_ == "VBN" and any(c.lower_ in _HAVE for c in verb.children))


def _is_reported(verb: Token) -> bool:
    """Whether a form of a verb says that the thing was or is said or held."""
    if is_open(verb):
        return False
    if verb.tag_ == "VBG":
        return verb.dep_ == "acl" or any(c.lower_ in _BE for c in verb.children)
    return verb.tag_ != "VBN" or any(c.lower_ in _HAVE | _BE for c in verb.children)


def _under_verb(verb: Token) -> Attribution | None:
    if not _is_reported(verb):
        return None
    comment = _as_comment(verb)
    if comment is not None:
        return Attribution([comment[1]], [_cue(verb)], [comment[0]], _SURE)
    source = source_of(verb)
    content = _complement(verb) if source is not None else []
    return Attribution(content, [_cue(verb)], [source], _SURE) if source is not None and content else None


def _under_noun(noun: Token) -> Attribution | None:
    that = _that_after(noun)
    if that is None:
        return None
    owner = next((c for c in noun.lefts if c.dep_ == "nmod:poss"), None)
    if owner is None:
        of = [c for c in noun.rights if c.dep_ == "nmod" and c.i < that.i]
        owner = next((c for c in of if any(m.lower_ in ("of", "by") for m in c.lefts)), None)
    source = phrase_of(owner) if owner is not None else None
    cue = noun.doc[noun.i : noun.i + 1]
    if source is None and owner is None and noun.dep_ == "obj" and noun.head.pos_ == "VERB" and _is_reported(noun.head):
        source, cue = source_of(noun.head), noun.doc[noun.head.i : noun.i + 1]
    return Attribution([_clause(that.head, that.i)], [cue], [source], _SURE) if source is not None else None


def _complement(verb: Token) -> list[Span]:
    """The clause that is what was said, behind its verb: after "that", else one with a subject of its own."""
    that = _that_after(verb)
    if that is not None:
        return [_clause(that.head, that.i)]
    after_colon = _after_colon(verb)
    if after_colon is not None:
        return [after_colon]
    for clause in verb.rights:
        if clause.dep_ == "ccomp" and any(c.dep_ in (*SUBJECTS, "expl") for c in clause.children):
            start = min((c.left_edge.i for c in clause.lefts if c.left_edge.i > verb.i), default=clause.i)
            if start - verb.i <= _NEAR:
                return [_clause(clause, start)]
    return []


def _after_colon(verb: Token) -> Span | None:
    """What follows a colon in the sentence of a verb ("he told me something new: the road is closed")."""
    doc, end = verb.doc, verb.sent.end
    colon = next((i for i in range(verb.i + 1, min(end, verb.i + _FAR)) if doc[i].text == ":"), None)
    if colon is None:
        return None
    if colon - verb.i > _CLOSE and not any(t.lower_ in _AHEAD for t in doc[verb.i : colon]):
        return None
    return doc[colon + 1 : end] if any(t.dep_ in SUBJECTS for t in doc[colon + 1 : end]) else None


def _that_after(word: Token) -> Token | None:
    """The "that" which brings in a clause a few words on, with no verb and no comma between."""
    for token in word.doc[word.i + 1 : word.i + 2 + _NEAR]:
        if token.lower_ == "that" and token.tag_ == "IN" and token.dep_ == "mark":
            before = word.doc[token.i - 1]
            return None if before.i > word.i and before.lower_ in reporting("shell") | reporting("noun") else token
        if token.pos_ in ("VERB", "PUNCT", "SCONJ") or token.is_sent_start or token.lower_ in _ANYTHING:
            return None
    return None


def _clause(root: Token, start: int) -> Span:
    """A clause from its first word to its last; to the end of the sentence where its verb was not found."""
    end = root.right_edge.i + 1 if root.i > start else root.sent.end
    return root.doc[start : min(end, root.doc[start].sent.end)]


def _as_comment(verb: Token) -> tuple[Span, Span] | None:
    """Whose comment "as the Committee found, the road is closed" is, and the words that it is on, or None.

    The comment stands between commas or at an end of its sentence. It is read by its words, since the tree often takes
    what was said for the complement of its verb.
    """
    doc, sentence = verb.doc, verb.sent
    first = max(sentence.start, verb.i - _LONGEST_SUBJECT)
    opening = next((i for i in range(verb.i - 1, first - 1, -1) if doc[i].lower_ == "as"), None)
    if opening is None or any(t.pos_ == "VERB" for t in doc[opening : verb.i]):
        return None
    end = verb.i
    while doc[end - 1].pos_ in ("AUX", "ADV", "PART"):
        end -= 1
    if end <= opening + 1 or (end == opening + 2 and doc[opening + 1].lower_ in _NOBODY):
        return None
    source = doc[opening + 1 : end]
    closing = next((t for t in doc[verb.i + 1 : verb.i + 2 + _NEAR] if t.pos_ in ("PUNCT", "VERB", "SCONJ")), None)
    if closing is None or closing.pos_ != "PUNCT":
        return None
    if closing.text == "," and closing.i + 1 < sentence.end:
        return source, doc[closing.i + 1 : sentence.end]
    if closing.i + 1 >= sentence.end - 1 and opening - sentence.start > 1 and doc[opening - 1].text in (",", "—", "–"):
        return source, doc[sentence.start : opening - 1]
    return None


def source_of(verb: Token) -> Span | None:
    """The phrase for who said it; None where that is the one who is speaking, nobody or anybody."""
    if any(c.dep_ == "aux:pass" for c in verb.children):
        agent = next((c for c in verb.rights if c.dep_ == "obl:agent"), None)
        return phrase_of(agent) if agent is not None else None
    subject = subject_of(verb)
    if subject is None and verb.dep_ in ("acl", "acl:relcl"):
        subject = verb.head
    if subject is None:
        subject = _heading(verb)
    if subject is None:
        return None
    if subject.lower_ in ("who", "which", "that") and verb.dep_ == "acl:relcl":
        return verb.doc[subject.i : subject.i + 1]
    return phrase_of(subject)


def _heading(verb: Token) -> Token | None:
    """The head of a line that ends in a comma before a verb without a subject, as a petition is set.

    "The Petition of residents of Tarn Fell, ¶ Declares that …; further declares that …".
    """
    while verb.dep_ in ("conj", "parataxis"):
        verb = verb.head
    start = verb.sent.start
    before = start - 1
    while before >= 0 and verb.doc[before].is_space:
        before -= 1
    if any(t.is_alpha for t in verb.doc[start : verb.i]) or before < 0 or verb.doc[before].text != ",":
        return None
    return verb.doc[before].sent.root


def phrase_of(head: Token) -> Span | None:
    """The noun phrase round a head, without preposition, possessive mark and relative clauses; None for nobody."""
    if head.lower_ in _NOBODY | {"my", "our", "your"}:
        return None
    doc, start, end = head.doc, head.left_edge.i, head.right_edge.i + 1
    for child in head.lefts:
        if child.dep_ == "case":
            start = child.right_edge.i + 1
    for child in head.rights:
        if child.dep_ in _RELATIVES or child.lower_ in ("'s", "’s", "'", "’"):
            end = min(end, child.left_edge.i)
    while end > head.i + 1 and doc[end - 1].pos_ in ("PUNCT", "SPACE") and doc[end - 1].text != ")":
        end -= 1
    while start < head.i and doc[start].pos_ in ("PUNCT", "SPACE"):
        start += 1
    return doc[start:end] if start <= head.i < end else None


def _cue(verb: Token) -> Span:
    """A verb with its auxiliaries, negation and particle."""
    near = [
        c.i
        for c in verb.children
        if c.dep_ in ("aux", "aux:pass", "compound:prt") or c.lower_ in ("not", "n't", "never")
    ]
    near += [c.i for c in verb.rights if c.dep_ == "xcomp" and c.pos_ == "ADJ"]
    start = end = verb.i
    while start - 1 in near:
        start -= 1
    while end + 1 in near:
        end += 1
    return verb.doc[start : end + 1]
