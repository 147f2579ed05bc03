"""What a measure gives: figures, what each is made of, and what it should be."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Goal:
    """What a figure must show (``least``) and what it is to come to (``aim``); more is better unless ``fewer``."""

    least: float
    aim: float
    fewer: bool = False

    def met(self, value: float) -> bool:
        """Whether a figure shows what it must."""
        return value <= self.least if self.fewer else value >= self.least


@dataclass(frozen=True)
class Figure:
    """One figure of the table.

    value: in ``unit``; a ratio has none. None where it could not be measured, ``why`` says the reason.
    sides: the measured figures that it is made of, in ``sides_unit``.
    plot: heading under which the sides are plotted; empty for those that are not.
    """

    name: str
    value: float | None = None
    unit: str = ""
    sides: Mapping[str, float] = field(default_factory=dict)
    sides_unit: str = ""
    goal: Goal | None = None
    why: str = ""
    plot: str = ""

    def described(self) -> dict[str, Any]:
        """As JSON holds it."""
        met = {} if self.goal is None or self.value is None else {"met": self.goal.met(self.value)}
        return asdict(self) | met


@dataclass
class Part:
    """What one measure found. notes: what has to be known to read it: the texts, how it is counted."""

    figures: list[Figure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
