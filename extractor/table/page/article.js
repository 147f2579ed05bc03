// The article: each segment of its text knows the rows that it belongs to, as content, figure, cue or mention.

const ROLES = ["content", "figure", "cue", "mention"];
let article = null; // the document that is shown
let painted = []; // the segments that belong to rows

function showArticle(doc) {
  if (article === doc) return;
  if (article) for (const row of article.rows) row.segments = [];
  article = doc;
  painted = [];
  byId("article-title").textContent = doc.name;
  const facts = [doc.byline, doc.published, doc.title && doc.doc_id !== doc.title ? doc.doc_id : ""].filter(Boolean);
  byId("article-facts").replaceChildren(facts.join(" · "), facts.length && doc.url ? " · " : "",
    webLink(doc.url, "original page") || doc.url || "");
  let page = 0;
  const blocks = doc.blocks.map((block) => {
    const made = element("p", { dir: "auto" });
    if (block.page && block.page !== page) {
      page = block.page;
      made.append(element("span", { class: "page" }, `page ${page}`));
    }
    for (const segment of block.segments) made.append(segmentElement(doc, segment));
    return made;
  });
  if (!blocks.length) blocks.push(element("p", { class: "quiet" }, "The text of this document is not in the page."));
  byId("article").replaceChildren(...blocks);
  byId("article-pane").scrollTop = 0;
  painted.forEach(paint);
}

function segmentElement(doc, segment) {
  if (typeof segment === "string") return segment;
  const made = element(segment.content ? "mark" : "span", { class: segment.furniture ? "furniture" : null }, segment.text);
  for (const role of ROLES) {
    made[role] = (segment[role] || []).map((number) => doc.rows[number]);
    for (const row of made[role]) if (!row.segments.includes(made)) row.segments.push(made);
  }
  made.furniture = Boolean(segment.furniture);
  if (ROLES.some((role) => made[role].length)) painted.push(made);
  return made;
}

// How a segment looks: the kinds of the rows in the table now that it is content of, and its part in the selected one.
function paint(segment) {
  const rows = segment.content.filter((row) => row.shown);
  const kinds = new Set(rows.map((row) => cell(row, "kind")));
  const names = [...kinds];
  if (segment.furniture) names.push("furniture");
  if (rows.length && rows.every((row) => markOf(row) === "not a claim")) names.push("dismissed");
  if (segment.figure.some((row) => row.shown)) names.push("figure");
  for (const role of ROLES) if (selected && segment[role].includes(selected)) names.push("selected", `selected-${role}`);
  segment.className = names.join(" ");
}

function paintAll() {
  painted.forEach(paint);
}

function paintRow(row) {
  row.segments.forEach(paint);
}

// The rows in the table now that hold this segment, the shortest first.
function rowsAt(segment) {
  const length = (row) => cell(row, "end") - cell(row, "start");
  return segment.content.filter((row) => row.shown).sort((a, b) => length(a) - length(b));
}

// A click takes the innermost statement; one more on the same words the one round it, and so on.
function clickArticle(event) {
  const segment = event.target.closest("mark");
  if (!segment || !getSelection().isCollapsed) return;
  const rows = rowsAt(segment);
  if (!rows.length) return;
  select(rows[(rows.indexOf(selected) + 1) % rows.length], "article");
  showView("table");
}

function firstSegment(row) {
  return row.segments.find((segment) => segment.content.includes(row)) || null;
}

function scrollArticle(row) {
  const segment = firstSegment(row);
  if (segment && !inView(segment, byId("article-pane"))) segment.scrollIntoView({ block: "center" });
}

function inView(part, pane) {
  const inner = part.getBoundingClientRect();
  const outer = pane.getBoundingClientRect();
  return inner.top >= outer.top + 8 && inner.bottom <= outer.bottom - 8;
}

// To the words of a row, with the focus, so that a screen reader reads on from there.
function goToWords(row) {
  showView("article");
  const segment = firstSegment(row);
  if (!segment) return;
  segment.tabIndex = -1;
  segment.setAttribute("aria-description", `${KIND_NAMES[cell(row, "kind")] || ""} ${cell(row, "speaker")}`);
  segment.focus({ preventScroll: true });
  segment.scrollIntoView({ block: "center" });
}
