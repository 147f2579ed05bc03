"""Pages as news sites lay them out: the article kept, the site left, a pull quote not counted twice."""

from email.message import EmailMessage

import pytest

import extractor
from extractor.documents.html import from_html
from extractor.documents.sources import read_documents

LEAD = (
    "The council of Harbour Marsh voted on Tuesday to close two of its five libraries, ending a quarrel of two years."
)
QUOTE = (
    "“A town that closes its libraries has stopped reading its own future,” said Odile Brannock, who leads the "
    "readers’ league."
)
REPLY = (
    "Councillor Stellan Wray replied that the council had lost 12 per cent of its grant and that nobody had offered "
    "another plan."
)
LAST = (
    "The two buildings will be sold before the summer, and a van with 3,000 books will go round the villages from May."
)
BODY = [LEAD, QUOTE, REPLY, LAST]
PULL = "A town that closes its libraries has stopped reading its own future"
FURNITURE = [
    "We use cookies and share data with 814 partners.",
    "Most read",
    "Council tax to rise by 4.9 percent, sources say",
    "Subscribe for £1 a week",
    "© 2026 The Marsh Courier",
    "gull_watcher says: 99 percent of councillors are seagulls",
]


def paragraphs(texts=BODY, tag="p"):
    return "\n".join(f"<{tag}>{text}</{tag}>" for text in texts)


def page(body, head="", title="Two Libraries to Close"):
    return f"<!DOCTYPE html><html lang=en><head><title>{title}</title>{head}</head><body>{body}</body></html>"


COOKIES = f'<div id="cookie-consent" role="dialog"><p>{FURNITURE[0]}</p><button>Accept</button></div>'
NAV = (
    '<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li><li><a href="/s">Sport</a></li></ul></nav>'
)
SIDE = f'<aside class="sidebar"><h3>{FURNITURE[1]}</h3><ul><li><a href="/x">{FURNITURE[2]}</a></li></ul></aside>'
FOOT = f"<footer><p>{FURNITURE[4]}</p></footer>"
COMMENTS = f'<section id="comments" class="comments"><div class="comment"><p>{FURNITURE[5]}</p></div></section>'
H1 = "<h1>Two Libraries to Close</h1>"

LAYOUTS = {
    "article element": page(f"{COOKIES}{NAV}<main><article>{H1}{paragraphs()}</article></main>{SIDE}{FOOT}"),
    "divisions and classes": page(
        f'{NAV}<div id="wrap"><div class="story-body">{H1}<div class="text">{paragraphs()}</div></div>{SIDE}</div>'
        f"{FOOT}"
    ),
    "table of the nineties": page(
        f"<table><tr><td><a href=/>Home</a><br><a href=/n>News</a></td><td>{H1}{paragraphs()}</td></tr></table>{FOOT}"
    ),
    "byline and time": page(
        f'{NAV}<article>{H1}<p class="byline">By <a rel="author" href="/t">Tamsin Orde</a></p>'
        f'<time datetime="2026-04-14T18:00:00Z">14 April 2026</time>{paragraphs()}</article>{FOOT}'
    ),
    "pull quote": page(
        f'<article>{H1}{paragraphs(BODY[:3])}<blockquote class="pullquote"><p>{PULL}</p></blockquote>'
        f"{paragraphs(BODY[3:])}</article>{FOOT}"
    ),
    "pull quote with a name": page(
        f"<article>{H1}{paragraphs(BODY[:2])}<blockquote>“{PULL}” – Odile Brannock</blockquote>"
        f"{paragraphs(BODY[2:])}</article>"
    ),
    "captions": page(
        f'<article>{H1}<figure><img src="a.jpg" alt="A library"><figcaption>Image: The library on Quay Street'
        f"</figcaption></figure>{paragraphs()}</article>{SIDE}"
    ),
    "share bar": page(
        f'<article>{H1}<ul class="share"><li>Share on Facebook</li><li>Copy link</li></ul>{paragraphs()}'
        f'<div class="share-bar">Share this article</div></article>{COMMENTS}{FOOT}'
    ),
    "related links inside": page(
        f'<article>{H1}{paragraphs(BODY[:2])}<div class="related-links"><h4>Related</h4><ul><li><a href="/x">'
        f"{FURNITURE[2]}</a></li></ul></div>{paragraphs(BODY[2:])}</article>{FOOT}"
    ),
    "paywall": page(
        f'<article>{H1}{paragraphs()}<div class="paywall"><p>{FURNITURE[3]}</p><button>Subscribe</button></div>'
        "</article>"
    ),
    "live blog": page(
        f'<main><article>{H1}<div class="live-blog">'
        + "".join(f'<div class="post"><time>1{n}:00</time><p>{text}</p></div>' for n, text in enumerate(BODY))
        + f"</div></article></main>{SIDE}{FOOT}"
    ),
    "comments below": page(f"{NAV}<article>{H1}{paragraphs()}</article>{COMMENTS}{FOOT}"),
    "line breaks": page(f"<article>{H1}<div>{'<br><br>'.join(BODY)}</div></article>{FOOT}"),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_article_is_kept_and_the_site_left(name):
    document = from_html(LAYOUTS[name])
    furniture = [document.text[start:end] for start, end in document.furniture]
    for text in BODY:
        assert document.text.count(text) == 1, text
    for text in FURNITURE:
        assert text not in document.text or any(text in line for line in furniture), text
    assert document.text.startswith("Two Libraries to Close") and document.title == "Two Libraries to Close"


PULL_QUOTES = {
    "as it stands": f'<blockquote class="pullquote"><p>{PULL}</p></blockquote>',
    "with its author": f"<blockquote>“{PULL}” – Odile Brannock</blockquote>",
    "in an aside": f'<aside class="pull-quote"><p>“{PULL}”</p><cite>Odile Brannock</cite></aside>',
    "in a figure": f"<figure><blockquote>{PULL}.</blockquote><figcaption>Odile Brannock, reader</figcaption></figure>",
    "run into its author": f'<div class="pull-quote">{PULL}<span>Odile Brannock</span></div>',
    "as a heading": f"<h2>“{PULL}”</h2>",
    "cut short": "<blockquote>A town that closes its libraries has stopped reading</blockquote>",
    "with a gap": "<blockquote>“A town that closes its libraries … has stopped reading its future”</blockquote>",
}


@pytest.mark.parametrize("name", PULL_QUOTES)
def test_a_pull_quote_is_not_counted_twice(name):
    for place in (1, 3):  # before the words that it repeats, and after
        body = f"{paragraphs(BODY[:place])}{PULL_QUOTES[name]}{paragraphs(BODY[place:])}"
        assert from_html(page(f"<article>{H1}{body}</article>")).text.split("\n\n")[1:] == BODY


def test_a_pull_quote_gives_one_row(nlp):
    tables = [extractor.extract(from_html(LAYOUTS[name])) for name in ("article element", "pull quote")]
    rows, plain = ([(row.kind, row.text, row.speaker) for row in table] for table in tables)
    assert rows == plain and [row[1:] for row in rows if row[0] == "quote"] == [(PULL, "Odile Brannock")]


def test_two_quotes_that_begin_alike_are_both_kept():
    other = (
        "“A town that closes its libraries has stopped reading its neighbours as well, and it shows,” said Ned Frith."
    )
    text = from_html(page(f"<article>{H1}{paragraphs([*BODY, other])}</article>")).text
    assert other in text and QUOTE in text


ROUND_IT = {
    "kicker": (f'<p class="kicker">Politics</p>{H1}<p class="byline">By Tamsin Orde, political editor</p>', ""),
    "byline and days": (
        f"{H1}<p>By Tamsin Orde</p><p>Tuesday 14 April 2026</p><p>Updated 15 April 2026 9.12am</p>",
        "",
    ),
    "links to other articles": (
        H1,
        '<p><a href="/x">READ: Mayor says 99 percent of gulls are thieves</a></p>'
        '<p>Read more: <a href="/y">99 percent of gulls are thieves, sources say</a></p>',
    ),
    "paywall stub": (
        H1,
        "<p>You have read 3 of 3 free articles this month.</p><p>To continue reading, subscribe from £1 a week.</p>"
        "<p>Already a subscriber? Log in</p>",
    ),
    "contact and credit": (
        H1,
        "<p>Sound Wire reporter Ned Frith contributed to this report.</p><p>Follow @marshcourier</p>"
        "<p>Do you have a story? Email us at news@marsh.example or call 0123 456 7890.</p>",
    ),
    "times of a live blog": (H1, "<p>Updated at 18.10</p><p>18.12 BST, 14 April</p>"),
    "a heading that repeats the text": (f"{H1}<h2>Council lost 12 per cent of grant, Wray replies</h2>", ""),
}


@pytest.mark.parametrize("name", ROUND_IT)
def test_no_statement_in_the_lines_round_an_article(nlp, name):
    above, below = ROUND_IT[name]
    document = from_html(page(f"{NAV}<article>{above}{paragraphs()}{below}</article>{FOOT}"))
    furniture = [document.text[start:end] for start, end in document.furniture]
    assert [part for part in document.text.split("\n\n") if part not in furniture] == [document.title, *BODY]
    plain = extractor.extract(from_html(LAYOUTS["article element"]))
    assert [(r.kind, r.text) for r in extractor.extract(document)] == [(r.kind, r.text) for r in plain]


def test_a_heading_that_says_something_of_its_own_is_kept():
    heading = "“We will chain ourselves to the shelves”"
    assert heading in from_html(page(f"<article>{H1}{LEAD}<h2>{heading}</h2>{paragraphs()}</article>")).text


def test_the_day_is_what_the_page_names_not_a_year_in_its_text():
    data = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2026-02-17T08:00"}</script>'
    body = f"<article>{H1}{paragraphs()}<p>There were five libraries in 2019.</p></article>"
    assert str(from_html(page(body, data)).published) == "2026-02-17" and from_html(page(body)).published is None


def saved_as_a_single_file(html):
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = "https://news.example/saved"
    message["Subject"] = "Two Libraries to Close"
    message.set_content(html, subtype="html", cte="quoted-printable")
    message.add_related(b"body { color: red }", "text", "css")
    return message.as_bytes()


@pytest.mark.parametrize("name", ["page.mhtml", "page.html", "page"])
def test_a_page_saved_as_a_single_file(tmp_path, name):
    (tmp_path / name).write_bytes(saved_as_a_single_file(LAYOUTS["byline and time"]))
    (document,) = read_documents([str(tmp_path / name)])
    assert document.text == from_html(LAYOUTS["byline and time"]).text
    assert (document.url, document.byline) == ("https://news.example/saved", "Tamsin Orde")


def test_a_single_file_without_a_page(tmp_path):
    (tmp_path / "a.mht").write_bytes(
        b"From: x\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b--\n"
    )
    (failure,) = read_documents([str(tmp_path / "a.mht")])
    assert failure.code == "E111"


def test_a_title_with_the_name_of_the_site():
    document = from_html(
        page(f"<article>{H1}{paragraphs()}</article>", title="Two Libraries to Close | The Marsh Courier")
    )
    assert document.text.count("Two Libraries") == 1


def test_byline_and_day():
    document = from_html(LAYOUTS["byline and time"])
    assert (document.byline, str(document.published)) == ("Tamsin Orde", "2026-04-14")


def test_nothing_of_a_script_is_text():
    head = '<script>var a = "“Ninety percent,” said the script, “of scripts lie about everything.”"</script>'
    body = f"<article>{H1}{head}{paragraphs()}<style>p::after {{ content: '“So it said.”' }}</style></article>"
    assert "script" not in from_html(page(body, head)).text


PAGES = {
    "breakingbelizenews.com-paho.html": (
        "Omicron BA.2 has already been detected in 8.7 percent",
        "Dr Etienne also warned",
    ),
    "heartlandnewsfeed.com-Christian.html": ("TAYLORVILLE — The following are", "Jamie L. Miller, 46, Decatur"),
    "kxan.com-Voters.html": ("AUSTIN (KXAN) — Texas voters approved", "far more expensive in the education profession"),
    "theguardian.com.academics.html": ("Thousands of academic staff", "later this year."),
    "ticotimes.net-migration.html": ("The United States is seeking", "leave their homes."),
}
SITE = ("cookie", "Sign up", "Newsletter", "Most viewed", "Share on", "Advertisement", "Privacy", "Log in", "Related")


@pytest.mark.parametrize("name", PAGES)
def test_real_pages(shared_data, name):
    path = shared_data / "samples" / "html" / name
    if not path.is_file():
        pytest.skip("the page is not among the data")
    (document,) = read_documents([str(path)])
    assert all(document.text.count(words) == 1 for words in PAGES[name])
    assert not [word for word in SITE if word in document.text]
    assert document.title and document.published and document.url and len(document.text) < 8000
