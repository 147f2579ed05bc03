"""The one schema of the table: names, types and meaning of its columns, in order.

The dtypes of the DataFrame, the Parquet schema, the readers of CSV and JSONL and the printed help all come from here.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import pyarrow

Type = Literal["string", "float", "integer", "boolean", "date", "spans"]

PANDAS_DTYPES: dict[Type, str] = {
    "string": "string",
    "float": "float64",
    "integer": "int64",
    "boolean": "bool",
    "date": "datetime64[s]",
    "spans": "object",
}
"""Type of a column -> dtype in the DataFrame. An empty float is NaN, an empty date NaT, an empty string ``""``."""


@dataclass(frozen=True)
class Column:
    """One column: its name, the type of its cells, one line on what they hold, and its width in a spreadsheet."""

    name: str
    type: Type
    doc: str
    width: int = 14


STATEMENTS: tuple[Column, ...] = (
    Column("statement_id", "string", "stable hash of document text, kind and span: same input, same id"),
    Column("doc_id", "string", "id of the document: its file name, or the id that the input gave"),
    Column("title", "string", "title of the document", 30),
    Column("url", "string", "address of the document"),
    Column("published", "date", "day on which the document was published"),
    Column("kind", "string", "`quote`, `attribution` (reported without quotation marks) or `statistic`"),
    Column(
        "quotation",
        "string",
        "`direct` (all of it in marks), `mixed` (paraphrase with quoted parts), `indirect`; empty for a statistic "
        "outside any quote",
    ),
    Column("text", "string", "the statement verbatim; parts are joined by ` […] `", 70),
    Column("speaker", "string", "who is responsible for the words, by the fullest name in the document", 24),
    Column("speaker_mention", "string", "the mention of the speaker nearest the statement, verbatim", 18),
    Column("speaker_role", "string", "what the document says the speaker is", 18),
    Column(
        "speaker_method",
        "string",
        "how the name was reached: `named`, `partial name`, `pronoun`, `nominal`, `turn`, `continued`, `none`",
    ),
    Column("cue", "string", "the words that ascribe"),
    Column("negated", "boolean", "the cue denies that it was said or held", 9),
    Column("figure", "string", "statistic: the number with its unit, verbatim, without its modifier"),
    Column("value", "float", "statistic: the number, scaled out; empty for a range", 10),
    Column("low", "float", "statistic: the lower bound that the words give", 10),
    Column("high", "float", "statistic: the upper bound that the words give", 10),
    Column(
        "unit",
        "string",
        "statistic: `percent`, `percentage point`, a currency (ISO 4217), `times`, a measure; empty for a count",
    ),
    Column("comparator", "string", "statistic: `exactly`, `about`, `up to`, `at least`, `more than`, `less than`"),
    Column("change", "string", "statistic: `up` or `down` when the figure is a change or the end of one", 8),
    Column("baseline", "float", "statistic: what the figure was before", 10),
    Column("of", "string", "statistic: the whole of a share, the things counted, or what an amount measures", 24),
    Column("period", "string", "statistic: the time that bounds the claim, verbatim"),
    Column("place", "string", "statistic: the place that bounds the claim, verbatim"),
    Column("evidence", "string", "statistic: the evidence that the text names", 20),
    Column("check_worthiness", "float", "how much a fact-checker should want to check it, 0 to 1", 10),
    Column("confidence", "float", "how sure the row is, 0 to 1: of rows at 0.8, eight in ten are right", 10),
    Column("within", "string", "`statement_id` of the quote that holds it"),
    Column("sentence", "string", "the sentence or sentences round it, verbatim", 60),
    Column("paragraph", "integer", "number of its paragraph, from 0", 9),
    Column("start", "integer", "offset of its first character in the document's text, in code points", 8),
    Column("end", "integer", "offset after its last character: `text[start:end]` holds the statement", 8),
    Column("content_spans", "spans", "exact offsets of the parts of the content"),
    Column("cue_spans", "spans", "exact offsets of the parts of the cue"),
    Column("mention_spans", "spans", "exact offsets of the parts of the speaker's mention"),
    Column("figure_spans", "spans", "exact offsets of the parts of the figure"),
    Column("link", "string", "the document's url with a text fragment that opens at the words"),
)
"""Columns of the table of statements; a `Statement` has these fields."""

RANKING: tuple[Column, ...] = (
    Column("doc_id", "string", "id of the document"),
    Column("sentence", "string", "the sentence, verbatim", 90),
    Column("speaker", "string", "whose words it is, where that is known", 24),
    Column("check_worthiness", "float", "how much a fact-checker should want to check it, 0 to 1", 10),
    Column("start", "integer", "offset of its first character in the document's text, in code points", 8),
    Column("end", "integer", "offset after its last character", 8),
)
"""Columns of the ranking of sentences."""


def arrow_schema(columns: tuple[Column, ...] = STATEMENTS) -> "pyarrow.Schema":
    """The Parquet schema of a table with these columns."""
    import pyarrow as pa

    types: dict[Type, pa.DataType] = {
        "string": pa.string(),
        "float": pa.float64(),
        "integer": pa.int64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "spans": pa.list_(pa.list_(pa.int64())),
    }
    return pa.schema([pa.field(c.name, types[c.type], metadata={"doc": c.doc}) for c in columns])


def plain(value: Any, type: Type) -> Any:
    """A cell as JSON and Parquet hold it: dates and spans for what they are, None for what is empty."""
    return [list(span) for span in value] if type == "spans" else value


def as_text(value: Any, type: Type) -> str:
    """A cell as text: ``12:45 60:71`` for spans, ``true``/``false``, the shortest exact decimal, ``""`` for empty."""
    if value is None:
        return ""
    if type == "spans":
        return " ".join(f"{start}:{end}" for start, end in value)
    if type == "boolean":
        return "true" if value else "false"
    if type == "float":
        return repr(float(value)).removesuffix(".0")
    return str(value)


def from_text(cell: str, type: Type) -> Any:
    """The cell that `as_text` wrote."""
    if type == "string":
        return cell
    if type == "spans":
        return tuple((int(start), int(end)) for start, _, end in (span.partition(":") for span in cell.split()))
    if type == "boolean":
        return cell.lower() == "true"  # Excel saves TRUE
    if not cell:
        return None
    if type == "date":
        return date.fromisoformat(cell)
    return int(cell) if type == "integer" else float(cell)
