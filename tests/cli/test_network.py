"""No use of the network, whatever is read and written: only an address makes the program ask for anything."""

import os
import shutil
import subprocess
import sys

import pytest

from extractor.table.formats import FORMATS

# Goes before every program: whatever Python code asks of the network ends it.
GUARD = """
import os, sys

def guard(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.sendmsg") or (
        event == "socket.connect" and not isinstance(arguments[1], (str, bytes))
    ):
        os.write(2, f"NETWORK {event} {arguments[1:]}\\n".encode())
        os._exit(97)

sys.addaudithook(guard)
"""
RUN = """
import sys
from extractor.cli.main import app

if __name__ == "__main__":
    for arguments in sys.argv[1:]:
        app(arguments.split("|"), standalone_mode=False)
"""


@pytest.fixture
def guarded(root, tmp_path):
    """Runs commands of the program (arguments parted by ``|``) in one process under guard; with strace, twice so."""
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    (tmp_path / "run.py").write_text(RUN, encoding="utf-8")
    log = tmp_path / "strace.log"
    trace = ["strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg", "-o", str(log)]
    able = shutil.which("strace") and subprocess.run([*trace, "true"], capture_output=True).returncode == 0

    def run(*commands):
        result = subprocess.run(
            [*(trace if able else ()), sys.executable, "run.py", *commands],
            capture_output=True,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path / "guard"), str(root)])},
            timeout=300,
        )
        calls = log.read_text(encoding="utf-8", errors="replace").splitlines() if able else []
        return result, [call for call in calls if "AF_INET" in call]

    return run


def test_no_network_for_any_format(nlp, guarded, root, tmp_path):
    samples = [str(root / "samples" / name) for name in ("release.html", "release.pdf", "debate.vtt", "articles.csv")]
    commands = ["|".join(["extract", *samples, "-f", format, "-o", f"out.{format}"]) for format in FORMATS]
    commands += [f"rank|{samples[0]}|-o|ranked.csv", f"text|{samples[0]}"]
    result, calls = guarded(*commands)
    assert result.returncode == 0 and b"NETWORK" not in result.stderr, result.stderr
    assert all((tmp_path / f"out.{format}").stat().st_size > 100 for format in FORMATS) and not calls


def test_no_network_in_workers(nlp, guarded, root, tmp_path):
    result, calls = guarded(f"extract|{root / 'samples' / 'ferry'}|-o|out.parquet|--workers|2")
    assert result.returncode == 0 and (tmp_path / "out.parquet").is_file(), result.stderr
    assert b"NETWORK" not in result.stderr and not calls


def test_the_guard_sees_what_an_address_asks_for(guarded):
    result, _ = guarded("text|http://news.example/")
    assert result.returncode == 97 and b"NETWORK socket.getaddrinfo" in result.stderr
