"""Reads the lines of one PDF from standard input, in a process of its own that may be ended at any time.

Run as a file, not as a module: it imports nothing of Garrison, so that it starts in a tenth of a second. What it
finds, or why it found nothing, goes to standard output as one JSON object.
"""

from __future__ import annotations

import io
import json
import sys
from typing import Any

Line = tuple[float | None, str]


def read_pdf(content: bytes, most_pages: int, most_characters: int) -> dict[str, Any]:
    """Read the lines of a PDF.

    Parameters
    ----------
    content
        The file's bytes.
    most_pages
        More are refused.
    most_characters
        More text is refused.

    Returns
    -------
    dict
        `pages` (of each, its lines as height in points and text; None for a page that cannot be read), `title`
        and `created` (ISO day, or empty); or `problem` (encrypted, damaged, pages, text) and `detail`.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return {"problem": "encrypted", "detail": ""}
        n_pages = len(reader.pages)
        if n_pages > most_pages:
            return {"problem": "pages", "detail": f"{n_pages:,}"}
        pages: list[list[Line] | None] = []
        n_characters = 0
        for number in range(n_pages):
            lines = _lines_or_none(reader, number)
            pages.append(lines)
            n_characters += sum(len(text) for _, text in lines or ())
            if n_characters > most_characters:
                return {"problem": "text", "detail": ""}
        title, created = _metadata(reader)
    except DependencyError:
        return {"problem": "encrypted", "detail": ""}
    except (PyPdfError, OSError, EOFError, RecursionError, MemoryError) as error:
        return {"problem": "damaged", "detail": _short(error)}
    except Exception as error:  # The parser meets any structure here; whatever it stumbles on is damage.
        return {"problem": "damaged", "detail": _short(error)}
    return {"pages": pages, "title": title, "created": created}


def _short(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]


def _lines_or_none(reader: Any, number: int) -> list[Line] | None:
    try:
        return _lines_of(reader.pages[number])
    except MemoryError:
        raise
    except Exception:  # One page that cannot be read is named; the others go on.
        return None


def _lines_of(page: Any) -> list[Line]:
    pieces: list[tuple[float, str]] = []

    def keep(text: str, page_matrix: list[float], text_matrix: list[float], *_: Any) -> None:
        height = text_matrix[4] * page_matrix[1] + text_matrix[5] * page_matrix[3] + page_matrix[5]
        pieces.append((float(height), text))

    page.extract_text(visitor_text=keep)
    lines: list[Line] = []
    height: float | None = None
    words: list[str] = []
    for at, text in pieces:
        for index, part in enumerate(text.split("\n")):
            if index:
                lines.append((height, "".join(words)))
                height, words = None, []
            if part.strip() and height is None:
                height = at if -1e6 < at < 1e6 else None
            words.append(part)
    lines.append((height, "".join(words)))
    return [(at, text) for at, text in lines if text.strip()]


def _metadata(reader: Any) -> tuple[str, str]:
    title = created = ""
    try:
        stated = reader.metadata
        if stated is not None:
            title = str(stated.title or "")[:500]
            day = stated.creation_date
            created = day.date().isoformat() if day is not None else ""
    except Exception:  # A broken date or title is none.
        return title, ""
    return title, created


def _bound(seconds: int, n_bytes: int) -> None:
    """Ask the system to end this process when it has used so much time, and to refuse it more memory."""
    try:
        import resource
    except ImportError:  # Windows; there whoever started this process ends it.
        return
    for kind, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, n_bytes)):
        try:
            resource.setrlimit(kind, (most, most))
        except (ValueError, OSError):  # A smaller bound is set already.
            continue


def _main() -> None:
    limits = json.loads(sys.argv[1])
    _bound(int(limits["seconds"]), int(limits["memory"]))
    from pypdf import apply_configuration

    unpacked = int(limits["unpacked"])
    with apply_configuration(
        zlib_maximum_output_length=unpacked,
        lzw_maximum_output_length=unpacked,
        run_length_maximum_output_length=unpacked,
        brotli_maximum_output_length=unpacked,
        array_based_stream_maximum_output_length=unpacked,
        page_tree_maximum_entries=10 * int(limits["pages"]),
    ):
        found = read_pdf(sys.stdin.buffer.read(), int(limits["pages"]), int(limits["characters"]))
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    _main()
