"""The wheel holds every package of the tree."""

from configparser import ConfigParser


def test_every_package_is_listed(root):
    settings = ConfigParser()
    settings.read(root / "setup.cfg", encoding="utf-8")
    listed = settings["options"]["packages"].split()
    packages = {".".join(path.parent.relative_to(root).parts) for path in (root / "extractor").rglob("*.py")}
    assert sorted(listed) == sorted({*packages, "en_statements", "en_statements_lg"})


def test_the_readme_holds_two_commands(root):
    blocks = (root / "README.md").read_text(encoding="utf-8").split("```sh\n")[1:]
    commands = [block.partition("\n```")[0] for block in blocks]
    assert len(commands) == 2
    assert "\n" not in "".join(commands)
    assert "samples/article.txt" in commands[0] and "pytest" in commands[1]
