// Marks and notes: kept in the browser, for each document by the hash of its text, for each row by its statement_id.

const MARKS = ["to check", "checked", "not a claim"];
const SIGNS = { "to check": "!", checked: "✓", "not a claim": "✕" };
const kept = new Map(); // hash of a document -> { statement_id: { mark, note } }
let storageWorks = true;

function storageKey(hash) {
  return `extractor:${hash}`;
}

function readMarks(hash) {
  let found = null;
  try {
    found = JSON.parse(localStorage.getItem(storageKey(hash)));
  } catch (error) {
    if (!(error instanceof SyntaxError)) storageWorks = false;
  }
  kept.set(hash, found && typeof found === "object" ? new Map(Object.entries(found)) : new Map());
}

function markOf(row) {
  const entry = entryOf(row);
  return entry && MARKS.includes(entry.mark) ? entry.mark : "";
}

function noteOf(row) {
  const entry = entryOf(row);
  return entry && typeof entry.note === "string" ? entry.note : "";
}

function entryOf(row) {
  return kept.get(row.doc.hash).get(cell(row, "statement_id"));
}

function keep(row, mark, note) {
  const marks = kept.get(row.doc.hash);
  if (mark || note) marks.set(cell(row, "statement_id"), { mark, note });
  else marks.delete(cell(row, "statement_id"));
  try {
    if (marks.size) localStorage.setItem(storageKey(row.doc.hash), JSON.stringify(Object.fromEntries(marks)));
    else localStorage.removeItem(storageKey(row.doc.hash));
    storageWorks = true;
  } catch {
    storageWorks = false;
  }
  showStorage();
}

function showStorage() {
  const notice = byId("notice");
  if (notice.hidden !== storageWorks) notice.hidden = storageWorks;
  if (!storageWorks) notice.textContent = "This browser cannot keep the marks. Export them before you close the page.";
}

// Another tab with the same document: take over what was marked there.
window.addEventListener("storage", (event) => {
  for (const hash of kept.keys()) {
    if (event.key === null || event.key === storageKey(hash)) readMarks(hash);
  }
  marksChanged();
});

for (const doc of DOCUMENTS) readMarks(doc.hash);
