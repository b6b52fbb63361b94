"""What CONTRIBUTING promises of the code itself: sizes, docstrings, words that must not appear."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf8")
    assert text.count("\n") <= 400, "split this file: it holds more than one subject"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            length = body[-1].end_lineno - body[0].lineno + 1 if body else 0
            assert length <= 50, f"{node.name} has {length} lines"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_everything_public_has_a_docstring(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf8"))
    assert ast.get_docstring(tree), "the module has no docstring"
    named = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    named += [
        part
        for node in tree.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
        for part in node.body
        if isinstance(part, ast.FunctionDef)
    ]
    for node in named:
        if not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{node.name} has no docstring"


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    return [ROOT / line for line in listed.splitlines() if (ROOT / line).is_file()]


def test_no_file_names_the_host_of_a_registry() -> None:
    hosts = re.compile(
        "|".join(a + r"\." + b for a, b in (("py" + "pi", "org"), ("python" + "hosted", "org")))
    )
    for path in tracked():
        if path.stat().st_size < 2_000_000 and path.suffix not in {".gz", ".png"}:
            assert not hosts.search(path.read_text(encoding="utf8", errors="ignore")), path


def test_locks_are_hashed_and_agree() -> None:
    def pins(name: str) -> dict[str, str]:
        text = (ROOT / name).read_text()
        assert "--hash=sha256:" in text
        return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", text, re.M))

    core, development = pins("requirements.lock"), pins("requirements-dev.lock")
    assert core
    assert {name: development.get(name) for name in core} == core
