// What the reader does: clicks, keys, the two parts of a narrow page.

function showView(name) {
  document.body.dataset.view = name;
  for (const button of document.querySelectorAll(".views button")) {
    button.setAttribute("aria-pressed", button.dataset.view === name);
  }
  if (!selected) return;
  if (name === "table") scrollTable(selected);
  else scrollArticle(selected);
}

// Marks came from elsewhere.
function marksChanged() {
  filter();
}

function goToRow() {
  showView("table");
  select(selected, "keys");
}

function writeNoteOf(row) {
  showView("table");
  row.line.querySelector("textarea").focus();
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  1: () => selected && setMark(selected, MARKS[0]),
  2: () => selected && setMark(selected, MARKS[1]),
  3: () => selected && setMark(selected, MARKS[2]),
  0: () => selected && markOf(selected) && setMark(selected, markOf(selected)),
  n: () => selected && writeNoteOf(selected),
  "/": () => {
    showView("table");
    byId("filters-fold").open = true;
    byId("words").focus();
  },
  "?": () => byId("help").showModal(),
  "[": () => stepDocument(-1),
  "]": () => stepDocument(1),
};
const IN_GRID = {
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  Home: () => move(-list.length),
  End: () => move(list.length),
};

function isWriting(part) {
  return part.closest("textarea, select") || (part.localName === "input" && /^(search|text)$/.test(part.type));
}

function pressed(event) {
  const { target, key } = event;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (byId("help").open) return;
  if (key === "Escape") {
    byId("export").open = false;
    if (isWriting(target) && target.localName !== "select" && selected) {
      event.preventDefault();
      select(selected, "keys");
    }
    return;
  }
  if (isWriting(target)) {
    if (key === "Enter" && target.type === "search" && list.length) {
      event.preventDefault();
      select(selected || list[0], "keys");
    }
    return;
  }
  let action = null;
  if (key === "Enter") {
    if (selected && !target.closest("button, a, summary, input")) {
      action = target.closest("#article") ? goToRow : () => goToWords(selected);
      if (target.row && target.row !== selected) action = () => select(target.row, "keys");
    }
  } else if (target.row && Object.hasOwn(IN_GRID, key)) action = IN_GRID[key];
  else if (byId("keys-on").checked && Object.hasOwn(KEYS, key)) action = KEYS[key];
  if (!action) return;
  event.preventDefault();
  action();
}

function start() {
  document.addEventListener("keydown", pressed);
  byId("article").addEventListener("click", clickArticle);
  byId("rows").addEventListener("click", clickTable);
  byId("rows").addEventListener("input", writeNote);
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("filters").addEventListener("input", filter);
  byId("sort").addEventListener("change", () => sortBy(byId("sort").value, false));
  byId("clear").addEventListener("click", clearFilters);
  for (const button of document.querySelectorAll("[data-sort]")) {
    button.addEventListener("click", () => sortBy(button.dataset.sort, true));
  }
  byId("document").addEventListener("change", (event) => {
    setScope(event.target.value === "all" ? "all" : Number(event.target.value));
  });
  byId("previous-document").addEventListener("click", () => stepDocument(-1));
  byId("next-document").addEventListener("click", () => stepDocument(1));
  for (const button of document.querySelectorAll(".views button")) {
    button.addEventListener("click", () => showView(button.dataset.view));
  }
  byId("export-csv").addEventListener("click", () => download("csv"));
  byId("export-json").addEventListener("click", () => download("json"));
  document.addEventListener("click", (event) => {
    if (!byId("export").contains(event.target)) byId("export").open = false;
  });
  byId("keys").addEventListener("click", () => byId("help").showModal());
  new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) makeLines(made + AT_ONCE);
  }, { root: byId("scroll"), rootMargin: "800px" }).observe(byId("more"));
  byId("filters-fold").open = matchMedia("(min-width: 60rem)").matches;
  if (DOCUMENTS.length === 1) document.title = `${DOCUMENTS[0].name} · ${document.title}`;
  listDocuments();
  showStorage();
  if (!DOCUMENTS.length) {
    byId("none").hidden = false;
    byId("none").textContent = "No documents.";
    return;
  }
  if (scope === "all") showArticle(DOCUMENTS[0]);
  setScope(scope);
  sortBy("start", false);
}

start();
