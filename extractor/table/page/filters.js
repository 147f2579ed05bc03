// Which rows are in the table, and in what order.

let scope = DOCUMENTS.length === 1 ? 0 : "all"; // number of a document, or all of them
let ordered = { by: "start", falling: false };
const FALLS = new Set(["check_worthiness", "confidence"]); // sorted with the highest first

function settings() {
  return {
    kinds: new Set([...document.querySelectorAll("[name=kind]:checked")].map((box) => box.value)),
    speaker: byId("speaker").value,
    mark: byId("mark").value,
    least: Number(byId("worthiness").value),
    words: byId("words").value.trim().toLowerCase().split(/\s+/).filter(Boolean),
  };
}

function passes(row, wanted = settings()) {
  const kind = cell(row, "kind");
  if (KIND_NAMES[kind] && !wanted.kinds.has(kind)) return false;
  if (wanted.speaker && `=${cell(row, "speaker")}` !== wanted.speaker) return false;
  if (wanted.mark && (markOf(row) || "none") !== wanted.mark) return false;
  if (wanted.least > 0 && !(cell(row, "check_worthiness") >= wanted.least)) return false;
  return !wanted.words.length || wanted.words.every((word) => row.searched.includes(word) || noteOf(row).toLowerCase().includes(word));
}

function inScope() {
  return scope === "all" ? ROWS : DOCUMENTS[scope].rows;
}

function filter() {
  const wanted = settings();
  const found = [];
  for (const row of ROWS) row.shown = false;
  for (const row of inScope()) if ((row.shown = passes(row, wanted))) found.push(row);
  sortRows(found);
  const before = selected;
  setList(found);
  byId("worthiness-value").value = wanted.least ? wanted.least.toFixed(2) : "any";
  const narrowed = found.length < inScope().length;
  byId("clear").hidden = !narrowed;
  byId("none").hidden = found.length > 0;
  byId("none").textContent = inScope().length ? "No statement passes the filters." : "No statements in this document.";
  if (selected && selected === before) scrollTable(selected);
  paintAll();
  showPlace();
}

function sortRows(rows) {
  const { by, falling } = ordered;
  const direction = falling ? -1 : 1;
  const key = (row) => (by === "mark" ? (MARKS.indexOf(markOf(row)) + 4) % 4 : cell(row, by));
  if (by === "start") {
    rows.sort((a, b) => direction * (a.doc.number - b.doc.number || cell(a, "start") - cell(b, "start")));
    return;
  }
  const keys = new Map(rows.map((row) => [row, key(row)]));
  const empty = (value) => value === null || value === "";
  rows.sort((a, b) => {
    const [one, other] = [keys.get(a), keys.get(b)];
    if (empty(one) || empty(other)) return empty(one) - empty(other); // what is empty comes last either way
    return direction * (typeof one === "string" ? one.localeCompare(other, "en") : one - other);
  });
}

// Sort by a column; the same one again turns the order round.
function sortBy(by, turn) {
  ordered = { by, falling: turn && ordered.by === by ? !ordered.falling : FALLS.has(by) };
  byId("sort").value = by;
  for (const button of document.querySelectorAll("[data-sort]")) {
    const order = button.dataset.sort === by ? (ordered.falling ? "descending" : "ascending") : null;
    if (order) button.parentElement.setAttribute("aria-sort", order);
    else button.parentElement.removeAttribute("aria-sort");
  }
  filter();
}

function clearFilters() {
  byId("filters").reset();
  filter();
}

// The speakers of the documents in the table, those with most statements first, and how many there are of each kind.
function listSpeakers() {
  const counts = new Map();
  const kinds = {};
  for (const row of inScope()) {
    counts.set(cell(row, "speaker"), (counts.get(cell(row, "speaker")) || 0) + 1);
    kinds[cell(row, "kind")] = (kinds[cell(row, "kind")] || 0) + 1;
  }
  const names = [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0], "en"));
  const options = names.map(([name, count]) => element("option", { value: `=${name}` }, `${name || "nobody named"} (${count})`));
  const before = byId("speaker").value;
  byId("speaker").replaceChildren(element("option", { value: "" }, "anyone"), ...options);
  byId("speaker").value = options.some((option) => option.value === before) ? before : "";
  for (const box of document.querySelectorAll("[name=kind]")) {
    box.parentElement.querySelector(".count").textContent = kinds[box.value] || 0;
  }
}

function setScope(next) {
  scope = next;
  byId("document").value = String(next);
  byId("previous-document").disabled = next === "all";
  byId("next-document").disabled = next === DOCUMENTS.length - 1;
  if (selected && next !== "all" && selected.doc !== DOCUMENTS[next]) select(null, "");
  if (next !== "all") showArticle(DOCUMENTS[next]);
  listSpeakers();
  filter();
  byId("scroll").scrollTop = selected ? byId("scroll").scrollTop : 0;
}

// One document on or back; before the first stand all of them.
function stepDocument(step) {
  if (DOCUMENTS.length < 2) return;
  const next = (scope === "all" ? -1 : scope) + step;
  if (next >= -1 && next < DOCUMENTS.length) setScope(next < 0 ? "all" : next);
}

function listDocuments() {
  byId("chooser").hidden = DOCUMENTS.length < 2;
  const options = DOCUMENTS.map((doc) => element("option", { value: String(doc.number) }, `${doc.name} (${doc.rows.length})`));
  byId("document").replaceChildren(element("option", { value: "all" }, `All ${DOCUMENTS.length} documents (${ROWS.length})`), ...options);
}

function showPlace() {
  const total = inScope().length;
  const counted = list.length === total ? `${total}` : `${list.length} of ${total}`;
  setText(byId("count"), `${counted} statement${total === 1 ? "" : "s"}`);
  setText(byId("place"), selected ? ` · at ${selected.position + 1}` : "");
  const done = inScope().filter((row) => markOf(row)).length;
  byId("progress").max = Math.max(1, total);
  byId("progress").value = done;
  setText(byId("progress-words"), `${done} of ${total} marked`);
}

function setText(part, words) {
  if (part.textContent !== words) part.textContent = words;
}
