// The table: the rows that pass the filters, in their order; the selected one is open and shows all that is known.

const AT_ONCE = 150; // lines made at a time; the next ones when the end of the list comes near
let list = []; // the rows in the table now, in order
let made = 0; // how many of them have their line
let selected = null;

function setList(rows) {
  for (const row of list) row.position = -1;
  list = rows;
  list.forEach((row, position) => (row.position = position));
  made = 0;
  for (const row of ROWS) row.line = null;
  byId("rows").replaceChildren();
  byId("table").setAttribute("aria-rowcount", list.length + 1);
  if (selected && selected.position < 0) selected = null;
  makeLines(Math.max(AT_ONCE, selected ? selected.position + 1 : 0));
  if (list.length && !selected) list[0].line.tabIndex = 0;
}

function makeLines(until) {
  const body = byId("rows");
  for (; made < Math.min(until, list.length); made++) {
    const row = list[made];
    row.line = element("tr", { role: "row", tabindex: "-1", "aria-rowindex": made + 2 });
    row.line.row = row;
    fillLine(row);
    body.append(row.line);
  }
  byId("more").hidden = made >= list.length;
}

function fillLine(row) {
  const { line } = row;
  const mark = markOf(row);
  const open = row === selected;
  const kind = cell(row, "kind");
  line.className = [kind, open ? "open" : "", mark.replaceAll(" ", "-")].filter(Boolean).join(" ");
  line.setAttribute("aria-selected", open);
  line.setAttribute("aria-label", spoken(row));
  line.tabIndex = open ? 0 : -1;
  const who = [element("span", { class: "speaker", dir: "auto" }, cell(row, "speaker") || "–")];
  who.push(element("span", { class: `kind ${kind}` }, KIND_NAMES[kind] || kind));
  if (cell(row, "negated")) who.push(element("span", { class: "flag" }, "denied"));
  if (scope === "all") who.push(element("span", { class: "of-document", title: row.doc.name }, row.doc.name));
  line.replaceChildren(
    element("td", { role: "gridcell", class: "sign" }, ...signs(mark, noteOf(row))),
    element("td", { role: "gridcell", class: "who" }, ...who),
    element("td", { role: "gridcell", class: "words", dir: "auto" }, ...words(row)),
    element("td", { role: "gridcell", class: "score" }, ...scores(row)),
  );
  if (open) line.append(details(row));
}

// What a screen reader says of the row: without the buttons and facts of an open one.
function spoken(row) {
  const worth = cell(row, "check_worthiness");
  const kind = cell(row, "kind");
  return [
    markOf(row), noteOf(row) && "has a note", cell(row, "speaker") || "nobody named", cell(row, "negated") && "denied",
    KIND_NAMES[kind] || kind, cell(row, "text"), worth !== null && `check ${worth.toFixed(2)}`,
  ].filter(Boolean).join(", ");
}

function signs(mark, note) {
  const found = [];
  if (mark) found.push(element("span", { class: "mark", title: mark, "aria-hidden": "true" }, SIGNS[mark]));
  found.push(element("span", { class: "unseen state" }, mark || "not marked"));
  if (note) {
    found.push(element("span", { class: "noted", title: note, "aria-hidden": "true" }, "✎"));
    found.push(element("span", { class: "unseen" }, ", has a note"));
  }
  return found;
}

// The statement; of a statistic, the figure stands out. Offsets count code points.
function words(row) {
  const text = cell(row, "text");
  const spans = cell(row, "figure_spans");
  if (cell(row, "kind") === "quote" && cell(row, "quotation") === "direct") return [`“${text}”`];
  if (spans.length !== 1) return [text];
  const points = [...text];
  const [start, end] = spans[0].map((offset) => offset - cell(row, "start"));
  const figure = points.slice(Math.max(0, start), Math.max(0, end)).join("");
  if (figure !== cell(row, "figure")) return [text];
  return [points.slice(0, start).join(""), element("b", {}, figure), points.slice(end).join("")];
}

function scores(row) {
  const worth = cell(row, "check_worthiness");
  const sure = cell(row, "confidence");
  const found = [];
  if (worth === null) found.push("–");
  else {
    const level = worth >= 0.75 ? "high" : worth >= 0.4 ? "middle" : "low";
    found.push(element("span", { class: `worth ${level}`, title: "how much it is worth checking, 0 to 1" }, worth.toFixed(2)));
  }
  if (sure !== null) {
    const title = "how sure this row is right, 0 to 1";
    found.push(element("span", { class: sure < 0.5 ? "sure unsure" : "sure", title }, `sure ${sure.toFixed(2)}`));
  }
  return found;
}

function details(row) {
  const mark = markOf(row);
  const buttons = MARKS.map((name, number) =>
    element("button", { type: "button", class: name.replaceAll(" ", "-"), "data-mark": name, "aria-pressed": mark === name },
      element("kbd", { "aria-hidden": "true" }, String(number + 1)), ` ${name}`));
  const note = element("textarea", { rows: 1, placeholder: "Note ( n )", "aria-label": "Note", dir: "auto" });
  note.value = noteOf(row);
  const facts = element("dl");
  for (const [name, value] of factsOf(row)) {
    const long = name === "Sentence" ? "sentence" : value.length > 24 ? "long" : null;
    if (value) facts.append(element("div", { class: long }, element("dt", {}, name), element("dd", { dir: "auto" }, value)));
  }
  const ways = [
    element("button", { type: "button", "data-go": "words" }, "Show in the article"),
    row.within ? element("button", { type: "button", "data-go": "within" }, "The quote it stands in") : null,
    webLink(cell(row, "link"), "Open the page at the words"),
  ];
  return element("td", { role: "gridcell", class: "details", "aria-colspan": 4, "aria-label": "Details" },
    element("div", { class: "marks", role: "group", "aria-label": "Mark" }, ...buttons), note,
    element("div", { class: "ways" }, ...ways), facts);
}

function factsOf(row) {
  const of = (name) => cell(row, name);
  const number = (value) => (value === null ? "" : value.toLocaleString("en", { maximumFractionDigits: 10 }));
  const unit = of("unit") ? ` ${of("unit")}` : "";
  const bounds = [
    of("low") === null ? "" : `from ${number(of("low"))}`,
    of("high") === null ? "" : `up to ${number(of("high"))}`,
  ].filter(Boolean).join(" ");
  const mention = of("speaker_mention");
  const how = [of("speaker_method"), mention && mention !== of("speaker") ? `“${mention}”` : ""].filter(Boolean).join(", ");
  const was = of("baseline") === null ? "" : `, was ${number(of("baseline"))}`;
  const sentence = of("sentence");
  return [
    ["Role", of("speaker_role")],
    ["Found by", of("speaker_method") === "named" || of("speaker_method") === "none" ? "" : how],
    ["Cue", [of("negated") ? "denied:" : "", of("cue")].filter(Boolean).join(" ")],
    ["Quotation", of("quotation")],
    ["Figure", [of("comparator") === "exactly" ? "" : of("comparator"), of("figure")].filter(Boolean).join(" ")],
    ["Value", of("value") === null ? "" : number(of("value")) + unit],
    ["Bounds", bounds && bounds + unit],
    ["Change", of("change") + was],
    ["Of", of("of")],
    ["Period", of("period")],
    ["Place", of("place")],
    ["Evidence", of("evidence")],
    ["Sentence", sentence.trim() === of("text").trim() ? "" : sentence],
    ["Characters", `${of("start")}–${of("end")}`],
  ];
}

// Make `row` the selected one; `from` says where that was asked for ("table", "article", "keys", ""): there nothing jumps.
function select(row, from) {
  const before = selected;
  selected = row;
  if (before && before !== row) {
    if (before.line) fillLine(before);
    paintRow(before);
  }
  if (!row) return;
  if (list.length && list[0].line && list[0] !== row) list[0].line.tabIndex = -1;
  makeLines(row.position + 1 + AT_ONCE / 2);
  if (before !== row) fillLine(row);
  showArticle(row.doc);
  paintRow(row);
  if (from !== "article") scrollArticle(row);
  if (from === "keys") row.line.focus({ preventScroll: true });
  if (from !== "table") scrollTable(row);
  showPlace();
}

// A line that is higher than the list shows its beginning.
function scrollTable(row) {
  const { scrollPaddingTop, scrollPaddingBottom } = getComputedStyle(byId("scroll"));
  const room = byId("scroll").clientHeight - parseFloat(scrollPaddingTop) - parseFloat(scrollPaddingBottom);
  row.line.scrollIntoView({ block: row.line.offsetHeight <= room ? "nearest" : "start" });
}

function move(step) {
  if (!list.length) return;
  const position = selected ? selected.position + step : 0;
  select(list[Math.max(0, Math.min(list.length - 1, position))], "keys");
}

// The holding quote may be filtered out; then the filters go.
function goWithin(row) {
  if (row.within.position < 0) clearFilters();
  select(row.within, "keys");
}

function setMark(row, mark) {
  keep(row, markOf(row) === mark ? "" : mark, noteOf(row));
  say(markOf(row) || "mark taken off");
  rowChanged(row);
}

// After a mark: the row may have left the table; then the one that took its place is selected.
function rowChanged(row) {
  const { position } = row;
  const focused = row.line && row.line.contains(document.activeElement);
  const button = focused && document.activeElement.dataset.mark;
  if (passes(row)) {
    fillLine(row);
    paintRow(row);
    if (button) row.line.querySelector(`[data-mark="${button}"]`).focus();
    else if (focused) row.line.focus({ preventScroll: true });
  } else {
    filter();
    const next = list[Math.min(position, list.length - 1)];
    if (next) select(next, "keys");
  }
  showPlace();
}

function clickTable(event) {
  const line = event.target.closest("tr");
  const { row } = line || {};
  const button = event.target.closest("button");
  if (!row) return;
  if (button && button.dataset.mark) setMark(row, button.dataset.mark);
  else if (button && button.dataset.go === "words") goToWords(row);
  else if (button && button.dataset.go === "within") goWithin(row);
  else if (row !== selected && !event.target.closest("a") && getSelection().isCollapsed) {
    select(row, "table");
    row.line.focus({ preventScroll: true });
    scrollTable(row);
  }
}

function writeNote(event) {
  const line = event.target.closest("tr");
  if (event.target.localName !== "textarea" || !line) return;
  keep(line.row, markOf(line.row), event.target.value);
  line.setAttribute("aria-label", spoken(line.row));
  line.querySelector(".sign").replaceChildren(...signs(markOf(line.row), noteOf(line.row)));
  showPlace();
}
