"use strict";
// What the page shows: the documents and their rows, out of the JSON blocks; and the one way to make elements.

const COLUMNS = JSON.parse(document.getElementById("columns").textContent);
const OF_DOCUMENT = ["doc_id", "title", "url", "published"];
const EMPTY = { string: "", boolean: false, spans: [], float: null, integer: 0, date: null };
const TYPES = new Map(COLUMNS.map((column) => [column.name, column.type]));

const DOCUMENTS = [...document.querySelectorAll("script.document")].map((block, number) => {
  const data = JSON.parse(block.textContent);
  block.remove();
  const doc = { ...data, number, name: data.title || data.doc_id || `Document ${number + 1}` };
  doc.rows = data.rows.map((cells) => ({ cells, doc, shown: true, position: -1, line: null, segments: [] }));
  const named = new Map(doc.rows.map((row) => [cell(row, "statement_id"), row]));
  for (const row of doc.rows) {
    row.within = named.get(row.cells.within) || null;
    row.searched = ["text", "speaker", "speaker_mention", "speaker_role", "figure", "of", "evidence", "sentence"]
      .map((name) => cell(row, name)).join("\n").toLowerCase();
  }
  return doc;
});
const ROWS = DOCUMENTS.flatMap((doc) => doc.rows);

// The value of a column in a row, also where it is empty or is the document's.
function cell(row, name) {
  const value = OF_DOCUMENT.includes(name) ? row.doc[name] : row.cells[name];
  return value === undefined || value === null ? EMPTY[TYPES.get(name)] : value;
}

// An element with attributes (null and, but for ARIA's, false are left out) and children; strings become text, never markup.
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || (value === false && !key.startsWith("aria-"))) continue;
    made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

function byId(id) {
  return document.getElementById(id);
}

// A link that only ever leads to a web page; nothing where the address is of another kind.
function webLink(address, words) {
  if (!/^https?:\/\//i.test(address)) return null;
  return element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, words);
}

// Say something to those who do not see it.
function say(words) {
  byId("said").textContent = words;
}

const KIND_NAMES = { quote: "quote", attribution: "reported", statistic: "statistic" };
