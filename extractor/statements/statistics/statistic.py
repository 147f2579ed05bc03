"""What the room gives: one statistical claim with its figure and what the words say about it."""

from dataclasses import dataclass

from extractor.statements.statement import Spans


@dataclass(slots=True)
class Statistic:
    """A quantity put forward as fact.

    start, end: character offsets of the claim, the shortest clause that carries the figure whole.
    figure, figure_spans: the number with its unit, verbatim, and where it stands.
    value, low, high: the number scaled out, and the bounds that the words give; ``value`` is ``None`` for a range.
    unit: ``percent``, ``percentage point``, an ISO 4217 code, ``times``, a singular measure, or "" for a plain count.
    comparator: ``exactly``, ``about``, ``up to``, ``at least``, ``more than`` or ``less than``.
    change, baseline: ``up`` or ``down`` when the figure is a change or the end of one, and what it was before.
    of: the whole of a share, the things counted, or what an amount measures, verbatim; "" when not said.
    period, place, evidence: what bounds the claim and what it rests on, verbatim; "" when not said.
    confidence: 0 to 1, that the row is a statistic and its fields are right.
    """

    start: int
    end: int
    figure: str
    figure_spans: Spans
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    comparator: str = "exactly"
    change: str = ""
    baseline: float | None = None
    of: str = ""
    period: str = ""
    place: str = ""
    evidence: str = ""
    confidence: float = 0.5
