"""Places in a dependency tree that the test itself gives."""

import spacy
from spacy.tokens import Doc

from extractor.statements.speakers.clauses import Clauses

WORDS = "After she left , Jane Okoro praised her sister Ann and Hugo .".split()
HEADS = [2, 2, 6, 2, 6, 4, 6, 8, 6, 8, 11, 8, 6]
RELATIONS = "mark nsubj advcl punct nsubj flat ROOT nmod:poss obj appos cc conj punct".split()
KINDS = "SCONJ PRON VERB PUNCT PROPN PROPN VERB PRON NOUN PROPN CCONJ PROPN PUNCT".split()
DOC = Doc(spacy.blank("en").vocab, words=WORDS, heads=HEADS, deps=RELATIONS, pos=KINDS)
CLAUSES = Clauses(DOC)
SHE, JANE, OKORO, PRAISED, HER, SISTER, ANN, HUGO = 1, 4, 5, 6, 7, 8, 9, 11


def _place(first: int, last: int):
    return CLAUSES.place(DOC[first].idx, DOC[last].idx + len(DOC[last]))


def test_roles() -> None:
    roles = [_place(*words).role for words in ((SHE, SHE), (JANE, OKORO), (HER, HER), (SISTER, SISTER))]
    assert roles == ["subject", "subject", "owner", "object"]


def test_a_name_hangs_by_its_head() -> None:
    assert _place(JANE, OKORO).head == _place(OKORO, OKORO).head == JANE
    assert _place(ANN, ANN).head == SISTER


def test_a_conjunct_has_the_role_of_the_first() -> None:
    hugo = _place(HUGO, HUGO)
    assert (hugo.role, hugo.conjunct) == ("object", True)


def test_predicates_and_depth() -> None:
    assert (_place(SHE, SHE).predicate, _place(JANE, OKORO).predicate) == (2, PRAISED)
    assert (_place(SHE, SHE).depth, _place(JANE, OKORO).depth) == (1, 0)
    assert CLAUSES.has_subject(PRAISED) and not CLAUSES.has_subject(SISTER)


def test_links_between_clauses() -> None:
    assert CLAUSES.link(2, PRAISED) == "advcl"
    assert CLAUSES.link(PRAISED, PRAISED) == "same"
    assert CLAUSES.link(PRAISED, 2) == ""


def test_fronted() -> None:
    assert CLAUSES.fronted(SHE, PRAISED)
    assert not CLAUSES.fronted(HER, PRAISED)


def test_within() -> None:
    assert CLAUSES.within(ANN, SISTER) and CLAUSES.within(SHE, PRAISED)
    assert not CLAUSES.within(SISTER, ANN)
