"""Nothing without a word on it: every command, option, column, format and error code is documented."""

import re

import pytest
import typer.main
from typer.testing import CliRunner

from extractor.cli.main import app
from extractor.documents.formats import INPUTS
from extractor.errors import CODES
from extractor.table.formats import FORMATS
from extractor.table.schema import RANKING, STATEMENTS

COMMANDS = typer.main.get_command(app).commands


def printed(*arguments: str) -> str:
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_help(name, root):
    assert f"`extractor {name}" in (root / "README.md").read_text(encoding="utf-8")
    help = printed(name, "--help")
    assert "Examples:" in help
    for parameter in COMMANDS[name].params:
        assert getattr(parameter, "help", None), parameter.name
        assert all(option in help for option in parameter.opts if option.startswith("-"))


def test_every_column_format_and_code_is_printed():
    output = printed("docs")
    lines = {line.split()[0]: line for line in output.splitlines() if line.startswith("  ")}
    for name, doc in [
        *((column.name, column.doc) for column in STATEMENTS),
        *((name, format.doc) for name, format in FORMATS.items()),
        *((name, input.doc) for name, input in INPUTS.items()),
        *CODES.items(),
    ]:
        assert doc and name in lines and doc in output, name
    assert all(column.doc for column in RANKING)


def test_one_topic():
    assert printed("docs", "errors").startswith("ERRORS\n  E101")
    assert "COLUMNS" not in printed("docs", "errors")


def test_codes_that_are_raised_are_those_that_are_documented(root):
    code = re.compile(r"\bE\d{3}\b")
    raised = {
        found
        for path in (root / "extractor").rglob("*.py")
        if path.name != "errors.py"
        for found in re.findall(r"[\"'](E\d{3})[\"']", path.read_text(encoding="utf-8"))
    }
    mentioned = {
        found for path in (root / "extractor").rglob("*.py") for found in code.findall(path.read_text(encoding="utf-8"))
    }
    assert raised == set(CODES) and mentioned == set(CODES)


def test_the_readme_names_every_format(root):
    readme = (root / "README.md").read_text(encoding="utf-8").lower()
    names = {"jsonl": "json lines", "xlsx": "excel", "table": "terminal", "text": "plain text", "html": "web pages",
             "docx": "word", "xml": "hansard", "annotations": "web annotation", "quotations": "quotation",
             "claims": "claimreview", "labelstudio": "label studio"}  # fmt: skip
    for name in [*FORMATS, *INPUTS]:
        assert names.get(name, name) in readme, name
