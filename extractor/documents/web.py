"""Pages by their address: http and https, public addresses only, in bounds of time and size.

Every address that a name stands for is looked at before the connection is made, and the connection goes to the very
address that was looked at, for each redirect again: a page cannot lead into the network of the machine.
"""

import http.client
import ipaddress
import socket
import ssl
import time
import zlib
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from extractor.documents.limits import MAX_BYTES
from extractor.errors import ExtractorError

TIMEOUT = 30.0
"""Seconds for a page, redirects included."""
_REDIRECTS = 5
_CHUNK = 65536
_AGENT = "extractor (reads one page for a fact-checker)"
_ACCEPT = "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.5"


@dataclass(frozen=True)
class Page:
    """What an address gave: its bytes, the address it came from in the end, and what its header says of it."""

    data: bytes
    url: str
    content_type: str = ""
    charset: str = ""


def is_url(name: str) -> bool:
    """True for what is to be fetched rather than opened."""
    return "://" in name and name.split("://")[0].isalpha()


def fetch(url: str) -> Page:
    """The page at ``url``; raises `ExtractorError` E130 (not public), E131 (no answer), E132 (too long, too large)."""
    deadline = time.monotonic() + TIMEOUT
    for _ in range(_REDIRECTS + 1):
        try:
            connection, target = _connect(url, deadline)
        except (OSError, UnicodeError) as error:
            raise _failed(error) from None
        try:
            connection.request(
                "GET", target, headers={"User-Agent": _AGENT, "Accept": _ACCEPT, "Accept-Encoding": "gzip"}
            )
            response = connection.getresponse()
            if response.status in (301, 302, 303, 307, 308) and response.headers.get("Location"):
                url = urljoin(url, response.headers["Location"])
                continue
            if response.status != 200:
                raise ExtractorError("E131", f"the site answered {response.status} {response.reason}".rstrip())
            data = _body(response, deadline)
            headers = response.headers
            return Page(data, url, headers.get_content_type(), headers.get_content_charset() or "")
        except (OSError, http.client.HTTPException, zlib.error) as error:
            raise _failed(error) from None
        finally:
            connection.close()
    raise ExtractorError("E131", f"more than {_REDIRECTS} redirects")


def _connect(url: str, deadline: float) -> tuple[http.client.HTTPConnection, str]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ExtractorError("E130", "not an address") from None
    if parts.scheme not in ("http", "https") or not host:
        raise ExtractorError("E130", f"not http or https: {parts.scheme or 'no scheme'}")
    secure = parts.scheme == "https"
    port = port or (443 if secure else 80)
    address = _public_address(host, port)
    left = _left(deadline)
    link = socket.create_connection(address, timeout=left)
    connection = http.client.HTTPConnection(host, port, timeout=left)
    connection.sock = ssl.create_default_context().wrap_socket(link, server_hostname=host) if secure else link
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return connection, path + (f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else "")


def _public_address(host: str, port: int) -> tuple[str, int]:
    """An address of ``host``, all of whose addresses have to be public."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        if not _is_public(address):
            raise ExtractorError("E130", f"{host} is not a public address")
    return addresses[0], port


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.split("%")[0])
    inner = None
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
    return ip.is_global and not ip.is_multicast and (inner is None or inner.is_global)


def _body(response: http.client.HTTPResponse, deadline: float) -> bytes:
    packed = response.headers.get("Content-Encoding", "").lower() in ("gzip", "x-gzip")
    unpack = zlib.decompressobj(wbits=31) if packed else None
    data = bytearray()
    while chunk := response.read1(_CHUNK):
        _left(deadline)
        data += unpack.decompress(chunk, MAX_BYTES + 1 - len(data)) if unpack else chunk
        if len(data) > MAX_BYTES:
            raise ExtractorError("E132", f"larger than {MAX_BYTES // 2**20} MB")
    return bytes(data)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise ExtractorError("E132", f"took longer than {TIMEOUT:.0f} seconds")
    return left


def _failed(error: Exception) -> ExtractorError:
    if isinstance(error, TimeoutError):
        return ExtractorError("E132", f"took longer than {TIMEOUT:.0f} seconds")
    return ExtractorError("E131", f"no answer: {error}")
