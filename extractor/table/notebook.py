"""The table in a notebook: each statement marked in its sentence. Nothing a document contains can run in it."""

from collections.abc import Sequence
from html import escape

from extractor.statements.statement import Statement

_SHOWN = 200
_BETWEEN_PARTS = " […] "
_COLOURS = {"quote": "#2e7d3244", "attribution": "#0277bd44", "statistic": "#f9a82566"}


def html_table(rows: Sequence[Statement]) -> str:
    """An HTML table of ``rows`` (the first 200), every text escaped."""
    lines = [
        "<table><thead><tr><th>speaker</th><th>kind</th><th>statement in its sentence</th><th>figure</th>"
        "<th>check</th></tr></thead><tbody>"
    ]
    for row in rows[:_SHOWN]:
        worthiness = "" if row.check_worthiness is None else f"{row.check_worthiness:.2f}"
        cells = (escape(row.speaker), escape(row.kind), _marked(row), escape(row.figure), worthiness)
        lines.append("<tr>" + "".join(f'<td style="text-align:left">{cell}</td>' for cell in cells) + "</tr>")
    lines.append("</tbody></table>")
    counts = f"{len(rows)} statement{'' if len(rows) == 1 else 's'}"
    lines.append(f"<p>{counts}{f', the first {_SHOWN} shown' if len(rows) > _SHOWN else ''}</p>")
    return "\n".join(lines)


def _marked(row: Statement) -> str:
    """The sentence with each part of the statement in a ``<mark>``; the statement alone where it is not whole in it."""
    colour = _COLOURS.get(row.kind, "#9e9e9e44")
    marked, rest = "", row.sentence
    for part in row.text.split(_BETWEEN_PARTS):
        before, found, rest = rest.partition(part)
        if not part or not found:
            return _mark(row.text, colour)
        marked += escape(before) + _mark(part, colour)
    return marked + escape(rest)


def _mark(words: str, colour: str) -> str:
    return f'<mark style="background:{colour};color:inherit">{escape(words)}</mark>'
