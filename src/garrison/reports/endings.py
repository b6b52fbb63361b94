"""What can be read, told by the ending of a file's name; `.gz` and `.zst` may stand behind any of them."""

from __future__ import annotations

PAGES = (".htm", ".html")
TEXTS = (".md", ".txt")
LINES = (".jsonl", ".ndjson")
ARCHIVES = (".warc", ".wet")
PACKINGS = (".gz", ".zst")
ENDINGS = tuple(sorted((*PAGES, *TEXTS, *LINES, *ARCHIVES, ".json", ".pdf")))


def split_name(name: str) -> tuple[str, str, str]:
    """Take a file's name apart.

    Parameters
    ----------
    name
        Without its folder.

    Returns
    -------
    tuple of str
        What the document is called, the ending in small letters (empty if there is none), and how it is packed:
        ".gz", ".zst" or "".

    Examples
    --------
    >>> split_name("wire.2019.JSONL.gz"), split_name("note.txt")
    (('wire.2019', '.jsonl', '.gz'), ('note', '.txt', ''))
    """
    stem, dot, last = name.rpartition(".")
    packing = f".{last.lower()}" if stem and f".{last.lower()}" in PACKINGS else ""
    if not packing:
        stem = name
    inner, dot, last = stem.rpartition(".")
    return (inner, f".{last.lower()}", packing) if inner and dot else (stem, "", packing)


def can_be_read(name: str) -> bool:
    """Say whether a file's name has an ending that is read.

    Parameters
    ----------
    name
        Without its folder.

    Returns
    -------
    bool
        Whether it has.

    Examples
    --------
    >>> can_be_read("crawl.warc.gz"), can_be_read("table.csv")
    (True, False)
    """
    return split_name(name)[1] in ENDINGS
