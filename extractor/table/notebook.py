"""The table in a notebook: each statement marked in its sentence. Nothing a document contains can run in it.

Colours are laid over the page's own, so that it reads in light and in dark notebooks; where a viewer takes the style
away (GitHub does), a plain table with marked words is left.
"""

from collections.abc import Sequence
from html import escape
from itertools import groupby

from extractor.statements.statement import Statement

_SHOWN = 200
_BETWEEN_PARTS = " […] "
_HEADER = "<thead><tr><th>who</th><th>statement in its sentence</th><th>figure</th><th>check</th></tr></thead>"
_STYLE = """<style>
.extractor-table { max-height: 48em; max-width: 76em; overflow: auto }
.extractor-table table { border-collapse: collapse; width: 100%; margin: 0; font-size: 13px }
.extractor-table table tr { background: none !important }
.extractor-table table :is(td, th) { text-align: left !important; vertical-align: top; white-space: normal;
  padding: .45em .8em; line-height: 1.45; border: 0; border-bottom: 1px solid #8885 }
.extractor-table table :is(td, th):first-child { width: 15em; padding-left: 0 }
.extractor-table table :is(td, th):nth-child(3) { width: 15em }
.extractor-table table :is(td, th):nth-child(4) { text-align: right !important; width: 3em;
  font-variant-numeric: tabular-nums }
.extractor-table table th[colspan] { padding-top: 1.2em; font-size: 14px }
.extractor-table small { opacity: .75; font-size: 12px }
.extractor-table mark { color: inherit; background: #9e9e9e44; padding: .1em 0; border-radius: 2px }
.extractor-table .quote mark { background: #2e9d3650 }
.extractor-table .attribution mark { background: #1390dd40 }
.extractor-table .statistic mark { background: #f9a8255c }
.extractor-table .low { opacity: .6 }
</style>"""


def html_table(rows: Sequence[Statement]) -> str:
    """An HTML table of ``rows`` (the first 200), every text escaped; of several documents, each under its title."""
    shown = rows[:_SHOWN]
    titled = len({row.doc_id for row in shown}) > 1
    lines = [_STYLE, f'<div class="extractor-table"><table>{_HEADER}<tbody>']
    for _, group in groupby(shown, key=lambda row: row.doc_id):
        of_document = list(group)
        if titled:
            title = escape(of_document[0].title or of_document[0].doc_id)
            lines.append(f'<tr><th colspan="4">{title}</th></tr>')
        lines += map(_row, of_document)
    counts = f"{len(rows)} statement{'' if len(rows) == 1 else 's'}"
    lines.append(f"</tbody></table></div><p><small>{counts}")
    lines.append(f"{f', the first {_SHOWN} shown' if len(rows) > _SHOWN else ''}</small></p>")
    return "\n".join(lines)


def _row(row: Statement) -> str:
    kind = escape(row.kind)
    role = f" · {escape(row.speaker_role)}" if row.speaker_role else ""
    who = f"<b>{escape(row.speaker) or '–'}</b><br><small>{kind}{role}</small>"
    cells = (who, _marked(row), _figure(row), _worthiness(row.check_worthiness))
    return f'<tr class="{kind}">' + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _marked(row: Statement) -> str:
    """The sentence with each part of the statement in a ``<mark>``; the statement alone where it is not whole in it."""
    marked, rest = "", row.sentence
    for part in row.text.split(_BETWEEN_PARTS):
        before, found, rest = rest.partition(part)
        if not part or not found:
            return _mark(row.text)
        marked += escape(before) + _mark(part)
    return marked + escape(rest)


def _mark(words: str) -> str:
    return f"<mark>{escape(words)}</mark>"


def _figure(row: Statement) -> str:
    """The figure with its modifier, and what it is of."""
    if not row.figure:
        return ""
    modifier = "" if row.comparator in ("", "exactly") else f"{escape(row.comparator)} "
    figure = f"{modifier}<b>{escape(row.figure)}</b>"
    return figure + (f"<br><small>of {escape(row.of)}</small>" if row.of else "")


def _worthiness(value: float | None) -> str:
    if value is None:
        return ""
    score = f"{value:.2f}"
    return f"<b>{score}</b>" if value >= 0.75 else score if value >= 0.4 else f'<span class="low">{score}</span>'
