"""Mutated files through the readers: whatever is in a file, it is read, or refused in one line that names it."""

import importlib.util
import json
from pathlib import Path

from mutated_files import read_mutated

ROOT = Path(__file__).resolve().parents[3]


def test_mutated_files_are_read_or_refused(tmp_path: Path) -> None:
    assert read_mutated(range(300), tmp_path) > 100


def test_ten_thousand_were_read_by_this_very_code() -> None:
    """`make verify-readers` takes minutes; here only what it wrote is held against the code of today."""
    spec = importlib.util.spec_from_file_location("verify_readers", ROOT / "tools" / "verify_readers.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    result = json.loads(tool.RESULT.read_text(encoding="utf8"))
    assert result["digest"] == tool.digest(), "the readers have changed since: run make verify-readers"
    assert result["files"] == 10_000
    assert result["read"] + result["refused"] == result["files"]
    assert result["read"] > 4_000
