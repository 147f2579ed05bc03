"""The order in which a reader takes the lines of a page: recursive cuts along its white space.

Nagy & Seth (1984), "Hierarchical representation of optically scanned documents": a region is cut where white space
runs through the whole of it, upright first (columns), then level (blocks), until it is one column of lines.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

_GUTTER = 0.9  # least width of the space between columns, in heights of a line
_SAME_LINE = 0.5  # overlap of two pieces, in heights, that puts them on one line


@dataclass(frozen=True)
class Line:
    """A line, or a piece of one: its box in points from the page's top left, and its text.

    column, column_left, column_right: number and edges of the column it stands in.
    """

    left: float
    top: float
    right: float
    bottom: float
    text: str
    page_height: float
    column: int = 0
    column_left: float = 0
    column_right: float = 0

    @property
    def size(self) -> float:
        """Height of its box."""
        return max(self.bottom - self.top, 1)


def in_reading_order(pieces: list[Line]) -> list[Line]:
    """The pieces of a page put together to lines, column by column."""
    if not pieces:
        return []
    lines: list[Line] = []
    for number, column in enumerate(_columns(pieces, median(piece.size for piece in pieces))):
        left, right = min(piece.left for piece in column), max(piece.right for piece in column)
        lines += [replace(line, column=number, column_left=left, column_right=right) for line in _joined(column)]
    return lines


def _columns(pieces: list[Line], height: float) -> list[list[Line]]:
    """The columns of a region; what reaches over the gutter (a headline, a footer) is a region of its own."""
    strips = _cut(pieces, lambda p: (p.top, p.bottom), 0)
    gutter = _gutter(strips, height)
    if gutter is None:
        return [pieces]
    columns = []
    for crosses, run in groupby(strips, key=lambda strip: _crosses(strip, gutter)):
        region = [piece for strip in run for piece in strip]
        sides = [[p for p in region if p.right <= gutter], [p for p in region if p.left >= gutter]]
        if not crosses and all(_is_column(side) for side in sides):
            columns += [column for side in sides for column in _columns(side, height)]
        else:
            columns.append(region)
    return columns


def _gutter(strips: list[list[Line]], height: float) -> float | None:
    """Where most pieces stand left and right of a space between columns; None where there is no such space."""
    best, most = None, 0
    for strip in strips:
        for left, right in pairwise(_cut(strip, lambda p: (p.left, p.right), _GUTTER * height)):
            place = (max(p.right for p in left) + min(p.left for p in right)) / 2
            beside = sum(len(s) for s in strips if len(s) > 1 and not _crosses(s, place))
            if beside > most:
                best, most = place, beside
    return best


def _crosses(strip: list[Line], place: float) -> bool:
    return any(piece.left < place < piece.right for piece in strip)


def _is_column(pieces: list[Line]) -> bool:
    """Several lines deep, and of words rather than figures: the parts of one line are no columns."""
    rows = len(_cut(pieces, lambda p: (p.top, p.bottom), 0))
    return rows >= 3 and median(len(piece.text) for piece in pieces) >= 12


def _cut(pieces: list[Line], extent: Callable[[Line], tuple[float, float]], gap: float) -> list[list[Line]]:
    """Pieces parted wherever no extent reaches over a gap wider than ``gap``, in order along the axis."""
    parts: list[list[Line]] = []
    reach = float("-inf")
    for piece in sorted(pieces, key=extent):
        start, end = extent(piece)
        if start - reach > gap:
            parts.append([])
        parts[-1].append(piece)
        reach = max(reach, end)
    return parts


def _joined(pieces: list[Line]) -> list[Line]:
    """Pieces on one height as one line, from left to right, top to bottom."""
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda p: (p.top + p.bottom) / 2):
        last = rows[-1][0] if rows else None
        if last and min(last.bottom, piece.bottom) - max(last.top, piece.top) > _SAME_LINE * min(last.size, piece.size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    lines = []
    for row in rows:
        row.sort(key=lambda p: p.left)
        text = row[0].text
        for before, piece in pairwise(row):
            text += (" " if piece.left - before.right > 0.12 * piece.size else "") + piece.text
        tallest = max(row, key=lambda p: len(p.text))
        lines.append(replace(tallest, left=row[0].left, right=max(p.right for p in row), text=text))
    return lines
