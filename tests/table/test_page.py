"""The page for review: what is in the file, and what it does in a browser."""

import json
import os
import re
import shutil
import threading
from base64 import b64encode
from functools import partial
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from extractor.documents.document import Document
from extractor.statements.statement import Statement
from extractor.table import page
from extractor.table.page.segments import blocks
from extractor.table.schema import STATEMENTS
from extractor.table.statements import Statements

ARTICLE = (
    "Home » Harbour\n\n"
    "“We built 400 homes, and 90 percent are let,” said Orla Quint, the mayor. 😀 She denied that rents rose by 3 "
    "percent.\n\n"
    "Tomas Reeve wrote that the harbour costs £2m a year.\n\n"
    + "Nothing is claimed here.\n\n" * 40
    + "“Enough,” he said."
)
HOSTILE = "</script><script>document.title='taken'</script><img src=x onerror=document.title='taken'>"


def row(number: int, part: str, **cells) -> Statement:
    start = ARTICLE.index(part)
    figure = cells.get("figure", "")
    at = ARTICLE.index(figure, start)
    return Statement(
        statement_id=f"id{number}",
        doc_id="harbour.txt",
        title="The harbour",
        url="https://example.org/harbour",
        text=part,
        start=start,
        end=start + len(part),
        figure_spans=((at, at + len(figure)),) if figure else (),
        **cells,
    )


@pytest.fixture
def harbour() -> tuple[Document, list[Statement]]:
    quint, reeve = {"speaker": "Orla Quint"}, {"speaker": "Tomas Reeve"}
    rows = [
        row(0, "We built 400 homes, and 90 percent are let,", kind="quote", quotation="direct", cue="said", **quint,
            check_worthiness=0.5, confidence=0.9, link="https://example.org/harbour#:~:text=We"),
        row(1, "We built 400 homes", kind="statistic", **quint, figure="400", value=400, within="id0",
            check_worthiness=0.9, confidence=0.4),
        row(2, "rents rose by 3 percent", kind="attribution", negated=True, cue="denied that", **quint,
            check_worthiness=0.7),
        row(3, "the harbour costs £2m a year", kind="statistic", **reeve, figure="£2m", value=2e6, unit="GBP",
            check_worthiness=0.8),
        row(4, "Enough,", kind="quote", quotation="direct", **reeve, check_worthiness=0.1),
    ]  # fmt: skip
    document = Document(ARTICLE, "harbour.txt", "The harbour", "https://example.org/harbour", furniture=((0, 14),))
    return document, rows


def embedded(html: str) -> list:
    return [json.loads(block) for block in re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', html)]


class TestSegments:
    def test_cuts_where_statements_begin_and_end(self, harbour):
        document, rows = harbour
        found = blocks(document, rows)
        assert found[0] == {"segments": [{"text": "Home » Harbour", "furniture": True}]}
        assert found[1]["segments"][:5] == [
            "“",
            {"text": "We built ", "content": [0, 1]},
            {"text": "400", "content": [0, 1], "figure": [1]},
            {"text": " homes", "content": [0, 1]},
            {"text": ", and 90 percent are let,", "content": [0]},
        ]
        assert len(found) == 44 and found[-1]["segments"][1] == {"text": "Enough,", "content": [4]}

    def test_statements_that_cross_and_touch(self):
        rows = [
            Statement(kind="quote", start=0, end=4, content_spans=((0, 2), (2, 4))),
            Statement(kind="attribution", start=3, end=6, cue_spans=((1, 2), (5, 5))),
        ]
        assert blocks(Document("abcdef"), rows) == [
            {
                "segments": [
                    {"text": "a", "content": [0]},
                    {"text": "b", "content": [0], "cue": [1]},
                    {"text": "c", "content": [0]},
                    {"text": "d", "content": [0, 1]},
                    {"text": "ef", "content": [1]},
                ]
            }
        ]

    def test_over_the_end_of_a_paragraph_and_of_a_page(self):
        rows = [Statement(kind="quote", start=2, end=8)]
        assert blocks(Document("\n\nab\n\n \ncd", pages=(0, 8)), rows) == [
            {"segments": [{"text": "ab", "content": [0]}], "page": 1},
            {"segments": ["cd"], "page": 2},
        ]

    def test_no_text_no_blocks(self, harbour):
        assert blocks(Document(" \n "), []) == [] and blocks(Document(""), harbour[1]) == []


class TestFile:
    def test_policy_lets_only_the_page_s_own_script_and_style_run(self, harbour):
        html = Statements([harbour]).to_html()
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html).group(1)
        assert policy.startswith("default-src 'none';")
        for name in ("script", "style"):
            (source,) = re.findall(f"<{name}>(.*?)</{name}>", html, re.DOTALL)
            assert f"{name}-src 'sha256-{b64encode(sha256(source.encode()).digest()).decode()}'" in policy
        assert "unsafe" not in policy and not re.search(r"(src|href)=[\"']?http", html.partition("<script")[0])

    @pytest.mark.parametrize("text", [HOSTILE, "<!--<script>", "]]>\u2028\u2029\x00", "a \ud800 b"])
    def test_no_markup_can_begin_in_the_data(self, text):
        rows = [Statement(text=text, speaker=text, figure=text, url=text, end=len(text))]
        html = Statements([(Document(text, text, text, text, byline=text), rows)]).to_html()
        assert len(re.findall("<script", html)) == 3 and "<img" not in html and "<!--" not in html
        _, document = embedded(html)
        assert document["title"] == text and document["rows"][0]["speaker"] == text
        assert not re.search("[<>&\u2028\u2029]", html.split('class="document">')[1].split("</script>")[0])

    def test_the_same_rows_give_the_same_bytes_and_no_rows_a_page(self, harbour):
        assert Statements([harbour]).to_bytes("html") == Statements([harbour]).to_bytes("html")
        assert embedded(Statements([]).to_html())[0][0]["name"] == "statement_id"

    def test_documents_are_written_as_they_come(self, harbour, tmp_path):
        def results():
            yield harbour
            assert (tmp_path / "a.html").stat().st_size > 1000
            yield Document("second", "b.txt"), []

        with (tmp_path / "a.html").open("wb", buffering=0) as stream:
            page.write(results(), stream, STATEMENTS)
        assert (tmp_path / "a.html").read_text(encoding="utf-8").count('class="document"') == 2


@pytest.fixture(scope="module")
def browser():
    """Chromium: `EXTRACTOR_CHROMIUM`, or the one that the system has."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = os.environ.get("EXTRACTOR_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not program:
        pytest.skip("there is no chromium here (EXTRACTOR_CHROMIUM)")
    with sync_api.sync_playwright() as playwright:
        rights = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=program, args=rights)
        yield browser
        browser.close()


class Desk:
    """A page opened in the browser, and all that it asked for or complained of."""

    def __init__(self, browser, path, results, width=1280, **options):
        Statements(results).save(path)
        self.context = browser.new_context(viewport={"width": width, "height": 800}, accept_downloads=True, **options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.requests, self.complaints = [], []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.complaints.append("dialog"), dialog.dismiss()))
        self.page.goto(path.as_uri())

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def texts(self, selector="#rows tr .words"):
        return [text.strip("“”") for text in self.page.locator(selector).all_text_contents()]

    def open_text(self):
        return self.texts("#rows tr.open .words")

    def lit(self):
        """The words of the article that are lit as the selected statement."""
        return "".join(self.page.locator("#article .selected-content").all_text_contents())

    def marks(self):
        return self.page.locator("#rows tr .state").all_text_contents()

    def export(self, which, format):
        self.page.click("#export > summary")
        self.page.check(f"[name=which][value={which}]")
        with self.page.expect_download() as download:
            self.page.click(f"#export-{format}")
        return download.value.path()

    def in_view(self, selector, pane):
        return self.page.evaluate(
            "([part, pane]) => { const [a, b] = [part, pane].map((s) => document.querySelector(s)"
            ".getBoundingClientRect()); return a.height > 0 && a.top >= b.top - 1 && a.top < b.bottom; }",
            [selector, pane],
        )


@pytest.fixture
def desk(browser, tmp_path, harbour):
    desks = []

    def opened(*results, **options) -> Desk:
        desks.append(Desk(browser, tmp_path / f"page{len(desks)}.html", results or [harbour], **options))
        return desks[-1]

    yield opened
    for each in desks:
        assert [url for url in each.requests if not url.startswith(("file:", "blob:"))] == []
        assert each.complaints == []
        each.context.close()


class TestInTheBrowser:
    def test_row_and_highlight_select_each_other(self, desk, harbour):
        d = desk()
        assert d.texts() == [r.text for r in harbour[1]]
        d.page.click("#rows tr:nth-child(5)")
        assert d.open_text() == ["Enough,"] == [d.lit()]
        assert d.in_view("#article .selected-content", "#article-pane")
        d.page.locator("#article-pane").evaluate("pane => pane.scrollTop = 0")
        d.page.click("#article mark:text('400')")
        assert d.open_text() == ["We built 400 homes"] == [d.lit()]
        d.page.click("#article mark:text('400')")  # once more: the statement round it
        assert d.open_text() == [harbour[1][0].text] == [d.lit()]
        d.page.click("#article mark:text('£2m')")
        assert d.page.locator("#rows tr[aria-selected=true] b").inner_text() == "£2m"

    def test_keys(self, desk, harbour):
        d = desk()
        d.press("j", "j", "k")
        assert d.open_text() == [harbour[1][0].text]
        assert d.page.evaluate("document.activeElement.row === selected")
        d.press("ArrowDown", "ArrowDown")
        assert d.open_text() == ["rents rose by 3 percent"] == [d.lit()]
        d.press("Enter")
        assert d.page.evaluate("document.activeElement.closest('#article') !== null")
        d.press("Enter")
        assert d.page.evaluate("document.activeElement.row === selected")
        d.press("End", "1", "k", "2", "k", "3", "k", "1", "1")
        assert d.marks() == ["not marked", "not marked", "not a claim", "checked", "to check"]
        assert d.page.inner_text("#progress-words") == "3 of 5 marked"
        d.press("j", "0")
        assert d.marks()[2] == "not marked"
        d.press("?")
        assert d.page.locator("#help").is_visible()
        d.press("Escape", "/")
        d.page.keyboard.type("j1")
        assert d.page.input_value("#words") == "j1" and d.page.inner_text("#none").startswith("No statement passes")

    def test_keys_can_be_switched_off(self, desk):
        d = desk()
        d.page.click("#keys")
        d.page.uncheck("#keys-on")
        d.press("Escape", "j")
        assert d.open_text() == []

    def test_filters(self, desk):
        d = desk()
        d.page.uncheck("[name=kind][value=statistic]")
        assert d.page.inner_text("#count") == "3 of 5 statements"
        d.page.select_option("#speaker", label="Orla Quint (3)")
        assert len(d.texts()) == 2
        d.page.fill("#worthiness", "0.6")
        assert d.texts() == ["rents rose by 3 percent"]
        assert d.page.locator("#article mark.attribution").all_text_contents() == ["rents rose by 3 percent"]
        assert d.page.locator("#article mark.statistic").count() == 0
        d.page.click("#clear")
        d.page.fill("#words", "HARBOUR gbp")
        assert d.texts() == []
        d.page.fill("#words", "reeve £2m")
        assert d.texts() == ["the harbour costs £2m a year"]
        d.press("Enter", "1")
        d.page.click("#clear")
        d.page.select_option("#mark", "none")
        assert len(d.texts()) == 4

    def test_marking_what_is_not_marked_yet_goes_through_the_list(self, desk):
        d = desk()
        d.page.select_option("#mark", "none")
        d.page.locator("#mark").blur()
        d.press("j", "1", "2", "3", "1", "1")
        assert d.texts() == []
        d.page.select_option("#mark", "")
        assert d.marks() == ["to check", "checked", "not a claim", "to check", "to check"]

    def test_sorting(self, desk, harbour):
        texts = [r.text for r in harbour[1]]
        d = desk()
        d.page.click("[data-sort=check_worthiness]")
        assert d.texts() == [texts[i] for i in (1, 3, 2, 0, 4)]
        assert d.page.get_attribute("th:last-child", "aria-sort") == "descending"
        d.page.click("[data-sort=check_worthiness]")
        assert d.texts() == [texts[i] for i in (4, 0, 2, 3, 1)]
        d.page.select_option("#sort", "confidence")  # what has none comes last
        assert d.texts() == [texts[i] for i in (0, 1, 2, 3, 4)]
        d.page.select_option("#sort", "kind")
        assert d.texts() == [texts[i] for i in (2, 0, 4, 1, 3)]

    def test_marks_and_notes_are_kept_and_come_out(self, desk, harbour):
        d = desk()
        d.press("j", "1", "n")
        d.page.keyboard.type('=1+1, "said"\nj2')
        d.press("Escape", "j", "3")
        d.page.reload()
        assert d.marks()[:3] == ["to check", "not a claim", "not marked"]
        d.press("j")
        assert d.page.input_value("#rows textarea") == '=1+1, "said"\nj2'
        records = json.loads(d.export("all", "json").read_text(encoding="utf-8"))
        assert [(r["statement_id"], r["mark"]) for r in records[:3]] == [
            ("id0", "to check"), ("id1", "not a claim"), ("id2", "")
        ]  # fmt: skip
        assert records[0]["note"] == '=1+1, "said"\nj2' and records[1]["figure_spans"] == [[26, 29]]
        assert [*records[0]] == [*(c.name for c in STATEMENTS), "mark", "note"]
        marked = d.export("marked", "csv")
        data = marked.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf") and b',to check,"\'=1+1, ""said""\nj2"\r\n' in data
        assert list(Statements.read_csv(marked)) == harbour[1][:2]
        assert list(Statements.read_csv(d.export("all", "csv"))) == harbour[1]
        d.page.fill("#words", "reeve")
        assert len(json.loads(d.export("shown", "json").read_text(encoding="utf-8"))) == 2

    def test_formulas_come_out_harmless(self, desk):
        rows = [Statement(statement_id=str(n), text=t, speaker=t, kind="quote") for n, t in
                enumerate(["=1", "+1", "-1", "@a", "\ta", "\ra", "'=1", "'a", "＝1"])]  # fmt: skip
        d = desk((Document("x"), rows))
        path = d.export("all", "csv")
        assert list(Statements.read_csv(path)) == rows
        assert not re.search(rb'(?m)(^|,)"?[=+@\t-]', path.read_bytes().removeprefix(b"\xef\xbb\xbf"))

    def test_marks_of_another_tab(self, desk):
        d = desk()
        other = d.context.new_page()
        other.goto(d.page.url)
        other.keyboard.press("j")
        other.keyboard.press("2")
        d.page.wait_for_function("document.getElementById('progress-words').textContent === '1 of 5 marked'")
        assert d.marks()[0] == "checked"

    def test_a_browser_that_keeps_nothing_says_so(self, desk):
        d = desk()
        d.page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full') } }")
        d.press("j", "1")
        assert d.page.locator("#notice").is_visible() and d.marks()[0] == "to check"

    def test_a_hostile_document_does_nothing(self, desk):
        text = f"{HOSTILE}\n\n{HOSTILE}"
        cells = dict.fromkeys(("speaker", "speaker_role", "cue", "unit", "of", "evidence", "sentence"), HOSTILE)
        rows = [
            Statement(**cells, text=text, kind=kind, start=0, end=len(text), figure=HOSTILE, within="javascript:1",
                      value=1, link="javascript:document.title='taken'", figure_spans=((0, len(HOSTILE)),),
                      statement_id="__proto__")
            for kind in ("statistic", "quote", HOSTILE)
        ]  # fmt: skip
        document = Document(text, HOSTILE, HOSTILE, "javascript:document.title='taken'", byline=HOSTILE)
        d = desk((document, rows), (document, rows))
        d.press("j", "1", "j", "2", "]", "j", "]", "j", "Enter", "n")
        d.page.keyboard.type(HOSTILE)
        d.page.reload()
        d.press("j", "j")
        assert d.page.title() == "Statements to check"
        assert d.page.locator("img, main script, a[href^=javascript]").count() == 0
        assert d.page.inner_text("#article-title") == HOSTILE
        # Even script that got in could not run, nor ask for anything.
        add = "const s = document.createElement('script'); s.append('document.title = 1'); document.body.append(s)"
        d.page.evaluate(f"() => {{ {add} }}")
        assert d.page.title() == "Statements to check" and d.complaints
        d.complaints.clear()

    def test_from_a_server_it_asks_for_nothing_but_itself(self, browser, harbour):
        body, asked = Statements([harbour]).to_bytes("html"), []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append(self.path)
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(body)

            log_message = partial(lambda *_: None)

        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            tab = browser.new_page()
            tab.goto(f"http://127.0.0.1:{server.server_port}/")
            tab.keyboard.press("j")
            tab.wait_for_timeout(500)
            tab.close()
            server.shutdown()
        assert set(asked) <= {"/", "/favicon.ico"} and asked.count("/") == 1

    def test_several_documents(self, desk, harbour):
        rents = Document("“Rents fell,” said Ann Vole.", "rents.txt", "Rents")
        rows = [Statement(statement_id="r", kind="quote", text="Rents fell,", start=1, end=12, speaker="Ann Vole")]
        d = desk(harbour, (rents, rows), (Document("Nothing.", "c.txt"), []))
        assert d.page.locator("#document option").all_text_contents() == [
            "All 3 documents (6)", "The harbour (5)", "Rents (1)", "c.txt (0)"
        ]  # fmt: skip
        d.page.click("#rows tr:nth-child(6)")
        assert d.page.inner_text("#article-title") == "Rents" and d.lit() == "Rents fell,"
        d.page.select_option("#document", label="The harbour (5)")
        assert d.page.inner_text("#article-title") == "The harbour" and len(d.texts()) == 5
        d.page.locator("#document").blur()
        d.press("]", "j", "1")
        assert d.lit() == "Rents fell," and d.marks() == ["to check"]
        d.press("]")
        assert d.page.inner_text("#none") == "No statements in this document."
        assert d.page.locator("#speaker option").all_text_contents() == ["anyone"]

    def test_a_statistic_leads_to_its_quote(self, desk, harbour):
        d = desk()
        d.page.select_option("#sort", "check_worthiness")
        d.page.uncheck("[name=kind][value=quote]")
        d.page.click("#rows tr:first-child")
        d.page.click("[data-go=within]")
        assert d.open_text() == [harbour[1][0].text]

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("width", [1280, 400])
    def test_fits_and_can_be_read(self, desk, width, scheme):
        d = desk(width=width, color_scheme=scheme)
        d.page.click("#rows tr:first-child")
        assert d.page.evaluate("document.documentElement.scrollWidth") <= width
        assert d.page.locator("#article-pane").is_visible() == (width == 1280)
        assert d.page.evaluate(_LOW_CONTRAST) == []
        if width == 400:
            d.page.click("[data-go=words]")
            assert d.page.locator("#article-pane").is_visible() and not d.page.locator("#rows").is_visible()
            assert d.in_view("#article .selected-content", "#article-pane")
            assert d.page.evaluate(_LOW_CONTRAST) == []
            d.page.click("#article mark:text('£2m')")
            assert d.open_text() == ["the harbour costs £2m a year"]
            assert d.in_view("#rows tr.open", "#scroll")
            d.page.click("#filters-fold > summary")
            assert d.page.locator("#worthiness").is_visible()

    def test_for_a_screen_reader(self, desk):
        d = desk()
        d.page.click("#rows tr:nth-child(2)")
        d.press("2")
        assert d.page.inner_text("#said") == "checked"
        names = "el => el.getAttribute('aria-label') || el.textContent.trim() || (el.labels?.[0]?.textContent ?? '')"
        for part in d.page.locator("button, select, input, textarea, summary").all():
            assert part.evaluate(names).strip(), part.evaluate("el => el.outerHTML")
        tree = d.page.locator("body").aria_snapshot()
        line = 'row "checked, Orla Quint, statistic, We built 400 homes, check 0.90" [selected]'
        for expected in ("banner:", "main:", "search ", "grid ", line, "columnheader", 'button "checked" [pressed]',
                         'textbox "Note"', "region "):  # fmt: skip
            assert expected in tree, (expected, tree)
        assert d.page.locator("#rows tr[tabindex='0']").count() == 1
        d.page.locator("#document, #words").first.focus()
        order = []
        for _ in range(40):
            d.press("Tab")
            order.append(d.page.evaluate("document.activeElement.id || document.activeElement.tagName"))
        assert "TR" in order and "TEXTAREA" in order

    def test_a_long_document_stays_quick(self, desk):
        paragraph = "“Rents fell by 3 percent last year,” said Ann Vole, who had counted them all herself. " * 4
        text = "\n\n".join([paragraph.strip()] * 3000)
        at = [match.start() + 1 for match in re.finditer("“", text)]
        rows = [
            Statement(statement_id=f"s{n}", kind=("quote", "statistic")[n % 2], text=text[a : a + 34], start=a,
                      end=a + 34, speaker=f"Member {n % 70}", check_worthiness=n % 100 / 100)
            for n, a in enumerate(at)
        ]  # fmt: skip
        d = desk((Document(text, "long.txt"), rows))
        assert d.page.locator("#rows tr").count() < 500
        d.press("j", "End")
        assert d.open_text() == [rows[-1].text]
        assert d.in_view("#rows tr.open", "#scroll") and d.in_view("#article .selected-content", "#article-pane")
        timed = "const t = performance.now(); filter(); document.body.offsetHeight; return performance.now() - t"
        assert d.page.evaluate(f"() => {{ {timed} }}") < 5000


_LOW_CONTRAST = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const paint = (colours) => {
    for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const found = [];
  for (const part of document.querySelectorAll("main *, header *, nav *")) {
    const words = [...part.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!words || part.closest(".unseen, :disabled, option") || !part.checkVisibility()) continue;
    const grounds = [];
    for (let up = part; up; up = up.parentElement) grounds.unshift(getComputedStyle(up).backgroundColor);
    const ground = paint(grounds);
    const ink = paint([...grounds, getComputedStyle(part).color]);
    const [low, high] = [light(ink), light(ground)].sort((a, b) => a - b);
    const ratio = (high + 0.05) / (low + 0.05);
    if (ratio < 4.5) found.push(`${part.tagName}.${part.className} ${ratio.toFixed(2)}: ${part.textContent}`);
  }
  return found;
}"""
