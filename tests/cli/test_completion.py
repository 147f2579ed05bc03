"""Completion, as a shell really asks for it."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from extractor.table.formats import FORMATS

pytestmark = pytest.mark.skipif(not shutil.which("bash"), reason="no bash here")


@pytest.fixture
def home(root, tmp_path):
    """A user's home, with the program on its PATH."""
    program = tmp_path / "bin" / "extractor"
    program.parent.mkdir()
    program.write_text(f"#!{sys.executable}\nfrom extractor.cli.main import main\nmain()\n", encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / "home" / "letters").mkdir(parents=True)
    return tmp_path / "home"


@pytest.fixture
def bash(root, home):
    """Runs a script in bash, as that user."""

    def run(script):
        environment = {
            "HOME": str(home),
            "PATH": os.pathsep.join([str(home.parent / "bin"), os.environ["PATH"]]),
            "PYTHONPATH": str(root),
            "TERM": "dumb",
            "SHELL": "/bin/bash",
        }
        return subprocess.run(
            ["bash", "--norc", "-c", script], capture_output=True, text=True, cwd=home, env=environment, timeout=120
        )

    return run


def completed(bash, line):
    """What bash offers for a line that ends at the cursor."""
    words = " ".join(f"'{word}'" for word in line.split(" "))
    script = (
        "extractor --install-completion bash >&2 && source ~/.bashrc; "
        'rule=$(complete -p extractor); name=$(sed "s/.*-F \\([^ ]*\\).*/\\1/" <<<"$rule"); '
        f"COMP_WORDS=({words}); COMP_CWORD={line.count(' ')}; $name extractor; "
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    result = bash(script)
    assert result.returncode == 0, result.stderr
    return set(result.stdout.split())


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("extractor ", {"extract", "rank", "text", "docs"}),
        ("extractor ex", {"extract"}),
        ("extractor extract --k", {"--kind"}),
        ("extractor extract --kind ", {"quote", "attribution", "statistic"}),
        ("extractor extract -f p", {name for name in FORMATS if name.startswith("p")}),
        ("extractor docs ", {"columns", "inputs", "formats", "errors"}),
        ("extractor extract let", set()),  # bash then offers files
    ],
)
def test_what_bash_offers(bash, line, offered):
    assert completed(bash, line) == offered


def test_files_are_offered_where_a_file_goes(bash):
    rule = bash('eval "$(extractor --show-completion bash)"; complete -p extractor').stdout
    assert re.search(r"-o default\b", rule)


def test_it_is_installed_in_the_users_own_files(bash, home):
    assert "bash completion installed" in bash("extractor --install-completion bash").stdout
    assert "extractor" in (home / ".bashrc").read_text(encoding="utf-8")
