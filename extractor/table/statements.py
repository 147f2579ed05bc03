"""What `extract` and `rank` give: the rows, and every form that they can take."""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, overload

from extractor.documents.document import Document
from extractor.statements.statement import Statement
from extractor.table import formats
from extractor.table.output import whole_file
from extractor.table.schema import RANKING, STATEMENTS, Column

if TYPE_CHECKING:
    import pandas

Row = TypeVar("Row")


class Table(Sequence[Row], Generic[Row]):
    """Rows of one or more documents, in order.

    results: each document with its rows; formats that show the text beside the rows need the documents.
    """

    columns: ClassVar[tuple[Column, ...]]

    def __init__(self, results: Iterable[tuple[Document, list[Row]]]) -> None:
        self.results = list(results)
        self._rows = [row for _, rows in self.results for row in rows]

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table) and self._rows == other._rows

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        counted = ((len(self), "row"), (len(self.results), "document"))
        rows, documents = (f"{number} {name}{'' if number == 1 else 's'}" for number, name in counted)
        return f"<{type(self).__name__}: {rows} of {documents}>"

    def to_frame(self) -> "pandas.DataFrame":
        """A DataFrame with the documented columns and dtypes, also when there are no rows."""
        from extractor.table.frame import to_frame

        return to_frame(self, self.columns)

    def to_bytes(self, format: str) -> bytes:
        """The table in a format of `extractor.table.formats.FORMATS`."""
        stream = io.BytesIO()
        formats.writer(format)(self.results, stream, self.columns)
        return stream.getvalue()

    def save(self, path: str | Path, format: str | None = None) -> None:
        """Write the table to ``path``, whole or not at all, in ``format`` or the one that goes with the suffix."""
        path = Path(path)
        write = formats.writer(format or formats.format_of_path(path))
        with whole_file(path) as stream:
            write(self.results, stream, self.columns)

    def to_csv(self, path: str | Path | None = None) -> str | None:
        """CSV for spreadsheets, to a file or (without its byte order mark) as a string."""
        return self._text("csv", path)

    def to_jsonl(self, path: str | Path | None = None) -> str | None:
        """JSON Lines, to a file or as a string."""
        return self._text("jsonl", path)

    def to_parquet(self, path: str | Path) -> None:
        """Parquet, exact, to a file."""
        self.save(path, "parquet")

    def to_xlsx(self, path: str | Path) -> None:
        """A workbook with filters, links and a sheet on the columns, to a file."""
        self.save(path, "xlsx")

    def _text(self, format: str, path: str | Path | None) -> str | None:
        if path is None:
            return self.to_bytes(format).decode("utf-8-sig")
        self.save(path, format)
        return None


class Statements(Table[Statement]):
    """The statements of one or more documents: a sequence of `Statement`."""

    columns = STATEMENTS

    @classmethod
    def from_rows(cls, rows: Iterable[Statement]) -> "Statements":
        """Of rows alone, without the text of their documents."""
        by_document: dict[str, list[Statement]] = {}
        for row in rows:
            by_document.setdefault(row.doc_id, []).append(row)
        return cls((Document("", doc_id=d, title=r[0].title, url=r[0].url), r) for d, r in by_document.items())

    @classmethod
    def read_csv(cls, path: str | Path) -> "Statements":
        """Read back, exactly, a file that `to_csv` wrote."""
        from extractor.table import csv

        with Path(path).open("rb") as stream:
            return cls.from_rows(csv.read(stream))

    @classmethod
    def read_jsonl(cls, path: str | Path) -> "Statements":
        """Read back, exactly, a file that `to_jsonl` wrote."""
        from extractor.table import jsonl

        with Path(path).open("rb") as stream:
            return cls.from_rows(jsonl.read(stream))

    def filter(self, keep: Callable[[Statement], bool]) -> "Statements":
        """The statements for which ``keep`` is true, of the same documents."""
        return Statements((document, [row for row in rows if keep(row)]) for document, rows in self.results)

    def to_html(self, path: str | Path | None = None) -> str | None:
        """The page for review, the article beside the table, to a file or as a string."""
        return self._text("html", path)

    def _repr_html_(self) -> str:
        from extractor.table.notebook import html_table

        return html_table(self._rows)


class Ranking(Table[Any]):
    """Every sentence of one or more documents (`RankedSentence`), the one most worth checking first."""

    columns = RANKING

    def _repr_html_(self) -> Any:
        return self.to_frame()._repr_html_()
