"""Pages as news sites lay them out: the article kept, the site left, a pull quote not counted twice."""

import pytest

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


def test_a_pull_quote_is_not_counted_twice():
    for name in ("pull quote", "pull quote with a name"):
        assert from_html(LAYOUTS[name]).text.count(PULL) == 1


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
