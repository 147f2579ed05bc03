"""Statistics: every quantity that a text puts forward as fact, with what it is of.

``find_statistics`` reads the text once from left to right: pieces (``atoms``), numbers (``numerals``), units and money
(``quantity``), pairs (``pairs``), what is none (``context``), modifiers (``modifiers``), what it is of (``relations``)
and the clause that carries it (``claim``). Word lists are TSV files beside the modules.
"""

from extractor.statements.statistics.finder import find_statistics
from extractor.statements.statistics.statistic import Statistic

__all__ = ["Statistic", "find_statistics"]
