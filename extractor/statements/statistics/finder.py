"""From a Doc to its statistics."""

from spacy.tokens import Doc

from extractor.pipeline.encoder import text_of
from extractor.statements.statistics.atoms import Atoms
from extractor.statements.statistics.bounds import Bounds
from extractor.statements.statistics.claim import Claims
from extractor.statements.statistics.confidence import confidence
from extractor.statements.statistics.context import Context
from extractor.statements.statistics.lexicon import lexicon
from extractor.statements.statistics.modifiers import Modifiers
from extractor.statements.statistics.pairs import PairJoiner
from extractor.statements.statistics.quantity import Quantity, QuantityReader
from extractor.statements.statistics.relations import Relations
from extractor.statements.statistics.statistic import Statistic
from extractor.statements.statistics.tree import Tree

_POLLING = lexicon().words["finder polling"]
_MARKETS = lexicon().words["finder markets"]
_MONEY = lexicon().words["finder money"]
_FUNCTION = lexicon().words["function"]
_ENDS = frozenset(".!?")
_REACH = 60


def find_statistics(doc: Doc) -> list[Statistic]:
    """Every statistic of a Doc, in order of the text.

    doc: tokens at least; part of speech, dependency tree and entities are used where the Doc carries them.
    """
    atoms, kept, _, tree = read_quantities(doc)
    claims, bounds = Claims(atoms, tree), Bounds(atoms, tree)
    statistics = []
    for quantity, of in zip(kept, Relations(atoms, tree).apply(kept), strict=True):
        claim = claims.span(quantity)
        figure = atoms.span(quantity.a, quantity.b)
        statistics.append(
            Statistic(
                start=claim[0],
                end=claim[1],
                figure=atoms.text[figure[0] : figure[1]],
                figure_spans=(figure,),
                value=quantity.value,
                low=quantity.low,
                high=quantity.high,
                unit=quantity.unit,
                comparator=quantity.comparator,
                change=quantity.change,
                baseline=quantity.baseline,
                of=atoms.text[of[0] : of[1]] if of else "",
                period=bounds.period(quantity, claim),
                place=bounds.place(claim),
                evidence=bounds.evidence(quantity, claim),
                confidence=confidence(quantity, bool(of), tree.present),
            )
        )
    return statistics


def read_quantities(doc: Doc) -> tuple[Atoms, list[Quantity], list[Quantity], Tree]:
    """The pieces of the text, the quantities that are statistics, and those that are none (``reject`` says why)."""
    atoms = Atoms(text_of(doc))
    tree = Tree(doc)
    found = QuantityReader(atoms).read()
    context = Context(atoms, tree)
    for quantity in found:
        quantity.reject = quantity.reject or context.early(quantity)
    found = PairJoiner(atoms).join(found)
    for quantity in found:
        quantity.reject = context.reject(quantity)
    resolve_points(atoms, found)
    lend_money(atoms, found)
    kept = [q for q in found if not q.reject]
    Modifiers(atoms, tree).apply(kept)
    return atoms, kept, [q for q in found if q.reject], tree


def resolve_points(atoms: Atoms, found: list[Quantity]) -> None:
    """ "7 points" are percentage points where shares or polls are spoken of, else points of an index."""
    for quantity in found:
        if quantity.unit == "point" and (quantity.value or 0) <= 100:
            if not _MARKETS.isdisjoint(atoms.low[max(0, quantity.a - 25) : quantity.b + 25]):
                continue
            near = atoms.low[max(0, quantity.a - _REACH) : quantity.b + _REACH]
            if not _POLLING.isdisjoint(near):
                quantity.unit, quantity.kind = "percentage point", "share"


def lend_money(atoms: Atoms, found: list[Quantity]) -> None:
    """ "It raised $5m; tens of millions flow in": a great bare number where money is spoken of is money."""
    unit = ""
    for quantity in found:
        if quantity.kind == "money":
            unit = quantity.unit
        elif unit and quantity.bare and not quantity.reject and _spoken_of_as_money(atoms, quantity):
            quantity.unit, quantity.kind = unit, "money"


def _spoken_of_as_money(atoms: Atoms, quantity: Quantity) -> bool:
    """Whether no noun follows the number, and the sentence speaks of money before it."""
    after = atoms.word(quantity.b)
    if not quantity.number.scaled or (quantity.value or quantity.low or 0) < 1e5 or quantity.paired == "share":
        return False
    if after in ("of", "more", "-") or after.isalpha() and after not in _FUNCTION and not after.endswith("ing"):
        return False
    for k in range(quantity.a - 1, max(quantity.a - 25, -1), -1):
        if atoms.word(k) in _ENDS:
            return False
        if atoms.word(k) in _MONEY:
            return True
    return False
