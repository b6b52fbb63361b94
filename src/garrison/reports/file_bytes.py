"""The bytes of a file: refused before they are read whole, and turned into characters."""

from __future__ import annotations

import stat
from pathlib import Path

from garrison.errors import ReportError
from garrison.reports.cleaning import one_line
from garrison.reports.limits import limit

_MAGIC = {
    b"%PDF": "a PDF (name it .pdf)",
    b"PK\x03\x04": "a zip archive or an office document (unpack it, or save it as text)",
    b"\x1f\x8b": "a gzip archive (name it .gz behind its ending, or unpack it: gunzip FILE)",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"\x7fELF": "a program",
    b"PAR1": "a Parquet table (claims and events are read by `garrison link` and `garrison infer`)",
    b"\xd0\xcf\x11\xe0": "an old office document (save it as text)",
    b"\xff\xfe\x00\x00": "UTF-32 text (convert it: iconv -f UTF-32 -t UTF-8 FILE > out.txt)",
    b"\x28\xb5\x2f\xfd": "packed by Zstandard (name it .zst behind its ending)",
    b"WARC/": "a web archive (name it .warc)",
    b"SQLite format": "a database",
}
_READ = ".txt, .md, .html, .pdf, .jsonl or .warc"
_UTF_32 = b"\xff\xfe\x00\x00"


def read_bytes(path: Path) -> bytes:
    """Read a file after checking that it is there, a file, and neither empty nor too large.

    Parameters
    ----------
    path
        Where it lies.

    Returns
    -------
    bytes
        All of it.

    Raises
    ------
    ReportError
        One line: which file, what is wrong with it, what to do.

    Examples
    --------
    >>> read_bytes(Path("absent.txt"))
    Traceback (most recent call last):
    garrison.errors.ReportError: absent.txt: no such file; check the path
    """
    name = one_line(path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ReportError(f"{name}: is no ordinary file; to read a stream, pipe it in and give -")
        check_size(status.st_size, name)
        content = path.read_bytes()
    except FileNotFoundError:
        raise ReportError(f"{name}: no such file; check the path") from None
    except PermissionError:
        raise ReportError(f"{name}: may not be read; check its permissions") from None
    except (OSError, ValueError) as error:
        raise ReportError(f"{name}: cannot be read ({one_line(error)}); check the path") from None
    return content


def check_size(n_bytes: int, name: str) -> None:
    """Refuse what is empty or larger than `largest_file`.

    Parameters
    ----------
    n_bytes
        Size.
    name
        What the message calls it.

    Raises
    ------
    ReportError
        If it is either.

    Examples
    --------
    >>> check_size(50_000_000, "dump.txt")
    Traceback (most recent call last):
    garrison.errors.ReportError: dump.txt: is 50 MB, larger than the 20 MB that a report may have; split it
    """
    largest = limit("largest_file")
    if n_bytes == 0:
        raise ReportError(f"{name}: is empty; give a file with text")
    if n_bytes > largest:
        size = f"{n_bytes / 1e6:.0f} MB, larger than the {largest / 1e6:.0f} MB that a report may have"
        raise ReportError(f"{name}: is {size}; split it")


def refuse_binary(content: bytes, name: str) -> None:
    r"""Refuse bytes that begin as files of other kinds do, or hold a NUL.

    Parameters
    ----------
    content
        A file's bytes, or its first ones.
    name
        What the message calls it.

    Raises
    ------
    ReportError
        With what it is, and how to get its text.

    Examples
    --------
    >>> refuse_binary(b"GIF89a", "a.txt")
    Traceback (most recent call last):
    garrison.errors.ReportError: a.txt: is an image; a report is .txt, .md, .html, .pdf, .jsonl or .warc
    """
    for magic, what in _MAGIC.items():
        if content.startswith(magic):
            raise ReportError(f"{name}: is {what}; a report is {_READ}")
    if b"\0" in content:
        raise ReportError(
            f"{name}: is binary (a NUL at byte {content.index(0) + 1}); if it is UTF-16 text: "
            f"iconv -f UTF-16LE -t UTF-8 {name} > out.txt"
        )


def decode(content: bytes, name: str) -> str:
    """Turn bytes into characters: UTF-8, or UTF-16 with a byte-order mark.

    A byte-order mark stays as one character, so that offsets are those of the file.

    Parameters
    ----------
    content
        All bytes of the file.
    name
        What a message calls it.

    Returns
    -------
    str
        As decoded; not yet cleaned.

    Raises
    ------
    ReportError
        If this is no text, or not in an encoding that can be known.

    Examples
    --------
    >>> decode("París en calma".encode(), "a.txt")
    'París en calma'
    """
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if content.startswith(mark) and not content.startswith(_UTF_32):
            return check_text(_decoded(content, encoding, name), name)
    refuse_binary(content, name)
    return check_text(_decoded(content, "utf-8", name), name)


def _decoded(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        stem, dot, ending = name.rpartition(".")
        target = f"{stem}-utf8.{ending}" if dot else f"{name}-utf8"
        at = f"byte {error.start + 1} is 0x{content[error.start]:02x}"
        fix = "save it again as UTF-8" if encoding != "utf-8" else ""
        fix = fix or f"convert it: iconv -f WINDOWS-1252 -t UTF-8 {name} > {target}"
        raise ReportError(f"{name}: is not {encoding.upper()} ({at}); {fix}") from None


def check_text(text: str, name: str) -> str:
    r"""Refuse characters that are no text: nothing but blanks, or full of control characters.

    Parameters
    ----------
    text
        As decoded.
    name
        What the message calls it.

    Returns
    -------
    str
        The same.

    Raises
    ------
    ReportError
        If it is no text.

    Examples
    --------
    >>> check_text(" \n", "a.txt")
    Traceback (most recent call last):
    garrison.errors.ReportError: a.txt: holds nothing but blanks; give a file with text
    """
    if not text.strip("\ufeff \t\r\n\f\v\x00"):
        raise ReportError(f"{name}: holds nothing but blanks; give a file with text")
    sample = text[:4096]
    n_control = sum(1 for char in sample if char < " " and char not in "\t\n\r\f\v")
    if n_control > limit("control_share") * len(sample):
        share = f"{100 * n_control / len(sample):.0f}% of its first characters are control characters"
        raise ReportError(f"{name}: is binary ({share}); a report is {_READ}")
    return text
