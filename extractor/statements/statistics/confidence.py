"""How sure a row is, before the table calibrates it: by the kind of figure, which the development texts ordered."""

from extractor.statements.statistics.quantity import Quantity

_BY_KIND = {"share": 0.96, "money": 0.95, "fraction": 0.9, "multiple": 0.85, "duration": 0.8, "count": 0.88}


def confidence(quantity: Quantity, has_of: bool, has_tree: bool) -> float:
    """0 to 1: that the figure is a statistic and its fields are right.

    has_of: whether what it is of was found; has_tree: whether a dependency tree was there to find it.
    """
    sure = _BY_KIND.get(quantity.kind, 0.88)
    if quantity.kind == "count" and not quantity.number.digits and not quantity.number.scaled:
        sure -= 0.15
    if quantity.kind == "count" and not has_of:
        sure -= 0.15
    if quantity.paired == "range" or quantity.baseline is not None:
        sure -= 0.05
    if "article" in quantity.tags:
        sure -= 0.1
    if not has_tree:
        sure -= 0.1
    return round(max(0.05, sure), 2)
