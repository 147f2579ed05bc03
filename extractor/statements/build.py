"""The rows of one document: quotes and attributions, the statistics, and what the two say of each other."""

from bisect import bisect_right

from spacy.tokens import Doc

from extractor.documents.document import Document
from extractor.statements.context import Context
from extractor.statements.reported import reported_statements
from extractor.statements.statement import Statement
from extractor.statements.statistics import Statistic, find_statistics


def build(doc: Doc, document: Document) -> list[Statement]:
    """Every statement of a document, in order of the text, the longer first where two begin together."""
    context = Context(doc, document)
    reported = reported_statements(doc, document)
    rows = [r for r in reported if not context.is_furniture(r.start, r.end)]
    rows += [_statistic(s, document) for s in find_statistics(doc) if not context.is_furniture(s.start, s.end)]
    for row in rows:
        context.complete(row)
    rows.sort(key=lambda r: (r.start, -r.end, r.kind))
    _contain(rows)
    return rows


def _statistic(found: Statistic, document: Document) -> Statement:
    return Statement(
        kind="statistic",
        text=document.text[found.start : found.end],
        start=found.start,
        end=found.end,
        content_spans=((found.start, found.end),),
        **{name: getattr(found, name) for name in (
            "figure", "figure_spans", "value", "low", "high", "unit", "comparator", "change", "baseline", "of",
            "period", "place", "evidence", "confidence",
        )},
    )  # fmt: skip


def _contain(rows: list[Statement]) -> None:
    """Give each statistic the speaker of the innermost statement that holds its figure; ``within`` names the quote."""
    holders = [r for r in rows if r.kind != "statistic"]
    spans = sorted(((s, e, k) for k, r in enumerate(holders) for s, e in r.content_spans), key=lambda x: (x[0], -x[1]))
    starts = [s for s, _, _ in spans]
    reach: list[int] = []  # the farthest end so far, so that the walk back can stop
    for _, end, _ in spans:
        reach.append(max(end, reach[-1] if reach else 0))
    for row in rows:
        if row.kind != "statistic" or not row.figure_spans:
            continue
        at, until = row.figure_spans[0][0], row.figure_spans[-1][1]
        k = bisect_right(starts, at) - 1
        speaker = True
        while k >= 0 and reach[k] >= until:
            if spans[k][1] >= until:
                holder = holders[spans[k][2]]
                if speaker:
                    for name in ("speaker", "speaker_mention", "speaker_role", "speaker_method", "cue", "negated",
                                 "cue_spans", "mention_spans", "quotation"):  # fmt: skip
                        setattr(row, name, getattr(holder, name))
                    speaker = False
                if holder.kind == "quote":
                    row.quotation, row.within = holder.quotation, holder.statement_id
                    break
            k -= 1
        if not row.within:
            row.quotation = ""
