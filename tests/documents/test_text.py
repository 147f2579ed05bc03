"""Plain text: furniture found, headline found, nothing altered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.documents.furniture import furniture_spans
from extractor.documents.text import from_text


@pytest.mark.parametrize(
    "line",
    [
        "Home » Politics » Mayor Quits",
        "Home > News > UK",
        "News / Local",
        "You are here: Home › Elections",
        "__IMAGE_PLACEHOLDER_12__",
        "[image: a bridge]",
        "![A bridge](bridge.jpg)",
        "Scroll to Top",
        "Back to top ↑",
        "Skip to content",
        "Share this article",
        "Share on Facebook",
        "Facebook Twitter WhatsApp Email",
        "214 comments",
        "Advertisement",
        "Follow us on Bluesky",
        '"Follow Ada Lindqvist-Moor on Twitter @adalm."',
        "Sign up for our newsletter",
        "We use cookies to improve your visit.",
        "Accept all cookies",
        "Related articles",
        "Read more:",
        "Leave a comment",
        "4 min read",
        "© 2026 The Tarrow Post",
        "Tags: rivers, floods",
        "Read more: Council tax to rise by 4.9 percent, sources say",
        "READ: Mayor says 40 percent of gulls are thieves",
        "You have read 3 of 3 free articles this month.",
        "Already have an account? Sign in.",
        "To continue reading, subscribe from £1 a week.",
        "This article is for subscribers only.",
        "Published 14 April 2026, 18:00 BST",
        "Posted: Tuesday, April 14, 2026. 10:11 pm CST.",
        "Tuesday 14 April 2026",
        "By TAMSIN ORDE and Ned Frith, political editor",
        "By Tamsin Orde in Harbour Marsh",
        "Reporting by Tamsin Orde; editing by Ned Frith",
        "Ned Frith contributed to this report.",
        "Do you have a story? Call us on 0123 456 7890.",
        "Email us at news@marsh.example",
        "Follow Tamsin Orde on Bluesky",
    ],
)
def test_furniture(line):
    text = f"A first paragraph.\n\n  {line} \r\nA last one."
    assert [text[start:end] for start, end in furniture_spans(text)] == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell by 4 percent, she said.",
        "Home ownership fell to 61 percent.",
        "“Home is where we start,” he said.",
        "Copyright law must change, she said.",
        "More homes were built.",
        "Related industries lost 4,000 jobs.",
        "Follow the money, she said: 3 of 4 grants went to one firm.",
        "Advertisement spending doubled.",
        "Print is not dead, the editor said.",
        "Scroll to the end and you will find it, she said.",
        "News of the vote reached her at noon.",
        "Image matters, the mayor said.",
        "He asked: “Why?” » she shrugged",
        "Join the queue, he said.",
        "READ: We will cut the toll in half.",
        "Read the report: it says 40 percent.",
        "Published figures show that 40 percent of sailings are late.",
        "Updated figures put it at 18.10",
        "By Friday morning 40 percent of them had voted.",
        "By Tuesday, 300 people had died.",
        "May 40 percent of them rot, he said.",
        "On Sunday 14 people died.",
        "12,400",
        "2026",
        "Already a member of the board, she resigned.",
        "Keep reading to your children, said the minister.",
        "Contact with us fell by 40 percent.",
        "Call us what you like, she said.",
    ],
)
def test_no_furniture(line):
    assert furniture_spans(line) == ()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Home » News\n\nMayor Quits\n\nThe mayor has quit.", "Mayor Quits"),
        ("Mayor Quits\r\n\r\nThe mayor has quit.", "Mayor Quits"),
        ("The mayor has quit.\n\nShe said so.", ""),
        ("Dear Sir,\n\nI write to you.", ""),
        ("Two lines\nof prose\n\nMore.", ""),
        ("Only a line", ""),
        ("", ""),
        (" \n\t\n", ""),
    ],
)
def test_title(text, title):
    assert from_text(text).title == title


@given(st.text())
def test_any_text_stays_as_it_is(text):
    document = from_text(text)
    assert document.text == text
    assert all(0 <= start < end <= len(text) for start, end in document.furniture)


def test_the_sample(root):
    text = (root / "samples" / "article.txt").read_text(encoding="utf-8")
    document = from_text(text)
    assert document.title.startswith("Wenna Trevarrick Condemns")
    assert len(document.furniture) == 5 and text[slice(*document.furniture[0])].startswith("Home »")
