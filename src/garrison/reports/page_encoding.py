"""The characters of an HTML page: in the encoding that it declares, unless its bytes say otherwise."""

from __future__ import annotations

import codecs
import re

from garrison.errors import ReportError
from garrison.reports.cleaning import one_line
from garrison.reports.file_bytes import check_text, decode, refuse_binary
from garrison.reports.limits import limit

_DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_STRAY = re.compile("[\udc80-\udcff]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
# A byte that is no UTF-8 comes out of Python's decoder as half a pair; here is what Windows means by it.
_WINDOWS = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(128, 256)}


def decode_page(content: bytes, name: str, charset: str = "") -> str:
    """Turn a page's bytes into characters.

    Declarations are often wrong: whatever is declared, a page that is UTF-8 beyond doubt is read as UTF-8; one
    that is UTF-8 but for a few bytes is read so, with these as Windows-1252; one that declares UTF-8 or nothing
    and is none is read in the encoding that its bytes look like.

    Parameters
    ----------
    content
        All its bytes.
    name
        What a message calls it.
    charset
        What the server said, where that is known; it is believed before what the page says.

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
    >>> decode_page("<p>“Leal”, dijo Peña".encode("cp1252"), "a.html")
    '<p>“Leal”, dijo Peña'
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return decode(content, name)
    refuse_binary(content, name)
    found = _DECLARED.search(content[:4096])
    declared = (charset or (found.group(1).decode("ascii") if found else "utf-8")).strip().lower()
    if declared.startswith(("utf-16", "utf-32")):
        declared = "utf-8"  # Its declaration could be read byte by byte, so it cannot be in what it declares.
    encoding = _known(declared)
    if encoding == "utf-8":
        return check_text(_nearly_utf_8(content, name), name)
    if encoding == "ascii":
        return check_text(_as_declared(content, encoding, name), name)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if encoding and _BEYOND_ASCII.search(text):
        return check_text(text, name)
    if not encoding:
        raise ReportError(
            f"{name}: declares the unknown encoding '{one_line(declared)[:40]}'; save it as UTF-8"
        )
    return check_text(
        _windows(content) if encoding == "cp1252" else _as_declared(content, encoding, name), name
    )


def _known(declared: str) -> str:
    """Give the codec of a declared encoding; empty if no browser knows it, as for "hex" or "punycode"."""
    from resiliparse.parse.encoding import map_encoding_to_html5

    if declared in ("ascii", "us-ascii"):
        return "ascii"
    known = map_encoding_to_html5(declared, False)
    if known is None:
        try:
            known = map_encoding_to_html5(codecs.lookup(declared).name, False)
        except (LookupError, ValueError):
            return ""
    return str(known or "")


def _as_declared(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        at = f"byte {error.start + 1} is 0x{content[error.start]:02x}"
        raise ReportError(f"{name}: is not {encoding.upper()} ({at}); save it again as UTF-8") from None


def _nearly_utf_8(content: bytes, name: str) -> str:
    text = content.decode("utf-8", "surrogateescape")
    n_stray = len(_STRAY.findall(text))
    if not n_stray:
        return text
    n_other = len(_BEYOND_ASCII.findall(text)) - n_stray
    if n_other >= n_stray and n_stray <= limit("stray_bytes") * len(content):
        return text.translate(_WINDOWS)
    from resiliparse.parse.encoding import detect_encoding

    guessed = detect_encoding(content) or "windows-1252"
    known = _known(guessed.lower())
    if known in ("", "utf-8", "ascii", "cp1252"):
        return _windows(content)
    return _as_declared(content, known, name)


def _windows(content: bytes) -> str:
    return content.decode("cp1252", "surrogateescape").translate(_WINDOWS)
