// Marks and notes with their rows, as CSV (which our reader of CSV also takes) and as JSON.

const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/; // a spreadsheet would run such a cell; as in the CSV of the command line

function exported(which) {
  if (which === "shown") return list;
  return which === "marked" ? ROWS.filter((row) => markOf(row) || noteOf(row)) : ROWS;
}

function asJson(rows) {
  const records = rows.map((row) => ({
    ...Object.fromEntries(COLUMNS.map((column) => [column.name, cell(row, column.name)])),
    mark: markOf(row),
    note: noteOf(row),
  }));
  return JSON.stringify(records, null, 1) + "\n";
}

function asCsv(rows) {
  const lines = [[...COLUMNS.map((column) => column.name), "mark", "note"]];
  for (const row of rows) {
    const cells = COLUMNS.map(({ name, type }) => (type === "string" ? harmless(cell(row, name)) : asText(cell(row, name), type)));
    lines.push([...cells, markOf(row), harmless(noteOf(row))]);
  }
  return "\ufeff" + lines.map((cells) => cells.map(quoted).join(",") + "\r\n").join("");
}

function asText(value, type) {
  if (value === null) return "";
  return type === "spans" ? value.map(([start, end]) => `${start}:${end}`).join(" ") : String(value);
}

function harmless(text) {
  return FORMULA.test(text) ? `'${text}` : text;
}

function quoted(text) {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function download(format) {
  const rows = exported(document.querySelector("[name=which]:checked").value);
  const content = format === "csv" ? asCsv(rows) : asJson(rows);
  const file = new Blob([content], { type: format === "csv" ? "text/csv" : "application/json" });
  const name = DOCUMENTS.length === 1 ? DOCUMENTS[0].name.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60) : "statements";
  const link = element("a", { href: URL.createObjectURL(file), download: `${name || "statements"}.review.${format}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  byId("export").open = false;
  say(`${rows.length} statements exported`);
}
