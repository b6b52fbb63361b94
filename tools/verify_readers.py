"""Send 10,000 mutated files through the readers of event data and write down that none broke them.

    python tools/verify_readers.py      # `make verify-readers`; some minutes on two cores

A file that breaks a reader, is miscounted or is refused without its name ends the run; the error gives its seed.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TESTS = ROOT / "tests" / "events" / "formats"
READERS = ROOT / "src" / "garrison" / "events" / "formats"
RESULT = TESTS / "mutated_files.json"
SEEDS = range(1_000, 11_000)
PIECE = 500


def digest() -> str:
    """Give one hash of the readers, the samples and the way in which files are mutated."""
    joined = hashlib.sha256()
    files = [
        *READERS.glob("*.py"),
        *READERS.glob("*.toml"),
        *(TESTS / "samples").iterdir(),
        TESTS / "mutated_files.py",
    ]
    for path in sorted(files):
        joined.update(path.name.encode())
        joined.update(path.read_bytes())
    return joined.hexdigest()


def read_piece(first: int) -> int:
    """Read the files of some seeds; give how many were read at all."""
    sys.path.insert(0, str(TESTS))
    from mutated_files import read_mutated

    with tempfile.TemporaryDirectory() as folder:
        return read_mutated(range(first, first + PIECE), Path(folder))


def main() -> None:
    """Read them all on two cores and write the result."""
    begun = time.perf_counter()
    with ProcessPoolExecutor(2) as pool:
        read = sum(pool.map(read_piece, range(SEEDS.start, SEEDS.stop, PIECE)))
    result = {"digest": digest(), "files": len(SEEDS), "read": read, "refused": len(SEEDS) - read}
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf8")
    print(
        f"{len(SEEDS):,} mutated files in {time.perf_counter() - begun:.0f} s: {read:,} read, none broke a reader"
    )


if __name__ == "__main__":
    main()
