"""Deciding what is a statistic: the reasons for which a number in a text is none, each by its context.

Every rule names itself in ``Quantity.reject``, so that a person can ask why a number has no row.
"""

from collections.abc import Callable

from extractor.statements.statistics.atoms import Atoms
from extractor.statements.statistics.name_rules import NameRules
from extractor.statements.statistics.quantity import Quantity
from extractor.statements.statistics.shape_rules import ShapeRules
from extractor.statements.statistics.time_rules import TimeRules
from extractor.statements.statistics.tree import Tree
from extractor.statements.statistics.word_rules import WordRules


class Context:
    """The reject rules over the pieces of one text, with the tree where there is one."""

    def __init__(self, atoms: Atoms, tree: Tree) -> None:
        shape, time = ShapeRules(atoms, tree), TimeRules(atoms, tree)
        name, word = NameRules(atoms, tree), WordRules(atoms, tree)
        self.rules: list[tuple[str, Callable[[Quantity], bool]]] = [
            ("part of a name or code", shape.glued_name),
            ("phone number or table", shape.digit_chain),
            ("list number", shape.list_number),
            ("ordinal", shape.ordinal),
            ("time of day", time.time),
            ("date", time.date),
            ("year", time.year),
            ("age", time.age),
            ("idiom", name.idiom),
            ("numbered thing", name.numbered),
            ("number in a name", name.in_name),
            ("address", name.address),
            ("score", shape.score),
            ("hypothetical vote", shape.hypothetical),
            ("one", word.one),
            ("compound descriptor", word.descriptor),
            ("when, not how long", time.when),
            ("rate denominator", time.denominator),
            ("a measure that is only named", time.article),
            ("multiple", word.multiple),
            ("half", word.half),
            ("contrast", word.contrast),
            ("pointing back", word.pointing_back),
            ("points of something else", word.points),
            ("apposition", name.apposed),
        ]

    def early(self, quantity: Quantity) -> str:
        """Why a number cannot be one of a pair: it is a date, a year, a time, an ordinal or a numbered thing."""
        if "article" in quantity.tags:
            return self.reject(quantity)
        if quantity.number.digits and quantity.bare:
            for reason, rule in self.rules[2:7]:
                if reason != "list number" and rule(quantity):
                    return reason
        return ""

    def reject(self, quantity: Quantity) -> str:
        """Why the quantity is no statistic, "" when it is one."""
        if quantity.reject:
            return quantity.reject
        for reason, rule in self.rules:
            if rule(quantity):
                return reason
        return ""
