"""Addresses: http and https, public ones only, in bounds of time and size."""

import gzip
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from extractor.documents import web
from extractor.documents.document import Document
from extractor.documents.sources import read_documents
from extractor.errors import ExtractorError


class Site(BaseHTTPRequestHandler):
    """A site with every kind of page."""

    page = b""

    def do_GET(self):
        {
            "/page": lambda: self.answer(200, self.page, {"Content-Type": "text/html"}),
            "/latin": lambda: self.answer(200, "“£5”".encode("cp1252"), {"Content-Type": "text/plain; charset=cp1252"}),
            "/packed": lambda: self.answer(200, gzip.compress(b"Words."), {"Content-Encoding": "gzip"}),
            "/bomb": lambda: self.answer(200, gzip.compress(bytes(40 * 2**20)), {"Content-Encoding": "gzip"}),
            "/moved": lambda: self.answer(302, b"", {"Location": "/page"}),
            "/loop": lambda: self.answer(302, b"", {"Location": "/loop"}),
            "/inside": lambda: self.answer(302, b"", {"Location": "http://10.0.0.1/"}),
            "/file": lambda: self.answer(302, b"", {"Location": "file:///etc/passwd"}),
            "/endless": self.endless,
        }.get(self.path, lambda: self.answer(404, b"no", {}))()

    def answer(self, status, body, headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def endless(self):
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"words ")
                time.sleep(0.02)
        except OSError:
            pass

    def log_message(self, *_):
        pass


@pytest.fixture
def site(root, monkeypatch):
    """Serves the pages on this machine, which counts as public for the test."""
    monkeypatch.setattr(web, "_is_public", lambda address: address == "127.0.0.1")
    monkeypatch.setattr(Site, "page", (root / "samples" / "article.html").read_bytes())
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_page_is_read_with_its_address(site):
    (document,) = read_documents([f"{site}/moved"])
    assert isinstance(document, Document)
    assert document.doc_id == f"{site}/moved" and document.title.startswith("Wenna Trevarrick")
    assert document.url == "https://news.example/tarrow/open-letter"  # what the page says its address is
    assert "Sandbags are not a strategy" in document.text


def test_the_encoding_that_the_header_names(site):
    (document,) = read_documents([f"{site}/latin"])
    assert document.text == "“£5”" and document.url == f"{site}/latin"


def test_a_packed_body(site):
    assert web.fetch(f"{site}/packed").data == b"Words."


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/loop", "E131"),
        ("/no", "E131"),
        ("/inside", "E130"),
        ("/file", "E130"),
        ("/bomb", "E132"),
        ("/endless", "E132"),
    ],
)
def test_pages_as_they_should_not_be(site, monkeypatch, path, code):
    monkeypatch.setattr(web, "TIMEOUT", 1.0)
    start = time.monotonic()
    (failure,) = read_documents([site + path])
    assert failure.code == code and time.monotonic() - start < 5


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "https://[::1]/",
        "http://10.1.2.3/",
        "http://192.168.1.1:8080/",
        "http://169.254.169.254/latest/meta-data",
        "http://[::ffff:127.0.0.1]/",
        "http://[fe80::1]/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://224.0.0.1/",
        "ftp://example.org/a",
        "file:///etc/passwd",
        "http://",
        "http://a:b:c/",
    ],
)
def test_what_is_not_public_is_not_asked(url, monkeypatch):
    monkeypatch.setattr(web.socket, "create_connection", lambda *a, **k: pytest.fail("a connection was made"))
    with pytest.raises(ExtractorError, match="E130"):
        web.fetch(url)


def test_every_address_of_a_name_has_to_be_public(monkeypatch):
    found = [(2, 1, 6, "", (address, 80)) for address in ("93.184.216.34", "127.0.0.1")]
    monkeypatch.setattr(web.socket, "getaddrinfo", lambda *a, **k: found)
    with pytest.raises(ExtractorError, match="E130"):
        web.fetch("http://rebound.example/")


def test_a_name_that_is_not_known(monkeypatch):
    monkeypatch.setattr(web.socket, "getaddrinfo", lambda *a, **k: (_ for _ in ()).throw(OSError("not known")))
    with pytest.raises(ExtractorError, match="E131"):
        web.fetch("http://no-such-name.example/")


def test_no_connection_without_an_address(root, monkeypatch):
    monkeypatch.setattr("socket.socket.connect", lambda *a: pytest.fail("a connection was made"))
    assert all(isinstance(d, Document) for d in read_documents([str(root / "samples")]))
