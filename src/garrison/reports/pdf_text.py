"""The lines of a PDF's pages as running text: furniture out, words and paragraphs joined again."""

from __future__ import annotations

import re
import statistics
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from garrison.reports.limits import limit

Line = tuple[float | None, str]
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl"}
_PAGE_NUMBER = re.compile(
    r"\W*(?:page|pag\.|p\.|pág(?:ina|\.)?)\s*\d{1,4}(?:\s*(?:of|/|de)\s*\d{1,4})?\W*|\W*\d{1,4}\s*(?:of|/|de)\s*\d{1,4}\W*",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"\W*(\d{1,4})\W*")
_ITEM = re.compile(r"\s*(?:[•●▪◦‣·*]|[-–—]\s|\(?\d{1,2}[.)]\s|\(?[a-z][.)]\s)")
_SENTENCE_ENDS = tuple('.!?:;"”’)')
_BROKEN = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@cache
def _prefixes(how_sure: str) -> frozenset[str]:
    table = tomllib.loads(files(__package__).joinpath("hyphen_prefixes.toml").read_text(encoding="utf8"))
    return frozenset(table[how_sure]["words"])


@dataclass(frozen=True)
class _Paragraph:
    """Lines that were broken by the margin alone; whether space stands above it."""

    lines: tuple[str, ...]
    is_apart: bool


def running_text(pages: Sequence[Sequence[Line]]) -> str:
    r"""Put the lines of pages together to one text.

    Parameters
    ----------
    pages
        Of each page its lines, from the top: the height at which a line stands (in points, None if unknown) and
        its words.

    Returns
    -------
    str
        A line a paragraph, empty lines between those that the page sets apart. A paragraph that goes on over the
        end of a page is one.

    Examples
    --------
    >>> first = [(800.0, "Situation report"), (760.0, "The army with-"), (746.0, "drew from the pro-"), (60.0, "1")]
    >>> second = [(800.0, "government districts."), (786.0, "The government agreed."), (60.0, "2")]
    >>> running_text([first, second])
    'Situation report\n\nThe army withdrew from the pro-government districts. The government agreed.'
    """
    plain = [[(at, words.translate(_LIGATURES).strip()) for at, words in page] for page in pages]
    kept = _without_furniture(plain)
    words_of_text = _whole_words(words for page in kept for _, words in page)
    paragraphs: list[_Paragraph] = []
    for page in kept:
        here = _paragraphs_of(page)
        if paragraphs and here and _goes_on(paragraphs[-1].lines[-1], here[0].lines[0]):
            paragraphs[-1] = _Paragraph(paragraphs[-1].lines + here[0].lines, paragraphs[-1].is_apart)
            here = here[1:]
        paragraphs += here
    parts: list[str] = []
    for paragraph in paragraphs:
        if parts:
            parts.append("\n\n" if paragraph.is_apart else "\n")
        parts.append(_joined(paragraph.lines, words_of_text))
    return "".join(parts)


def _whole_words(lines: Iterable[str]) -> frozenset[str]:
    """Give the words of the text, in small letters, but for the halves at broken ends of lines."""
    found: set[str] = set()
    after_break = False
    for line in lines:
        words = _WORD.findall(line.casefold())
        breaks = _BROKEN.search(line) is not None
        found.update(words[after_break : len(words) - breaks])
        after_break = breaks
    return frozenset(found)


def _without_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    n_edge = int(limit("pdf_edge_lines"))
    edges = [_edges(page, n_edge) for page in pages]
    n_pages_with = Counter(edge for page in edges for edge in {edge for line in page for edge in line})
    least = max(3.0, limit("pdf_edge_share") * len(pages))
    kept = [
        [
            line
            for line, at in zip(page, places, strict=True)
            if all(n_pages_with[edge] < least for edge in at)
        ]
        for page, places in zip(pages, edges, strict=True)
    ]
    offsets = Counter(
        number - index for index, page in enumerate(kept) for number in set(_bare_numbers(page).values())
    )
    return [_without_number(page, index, offsets, len(pages)) for index, page in enumerate(kept)]


def _edges(page: Sequence[Line], n_edge: int) -> list[list[tuple[str, str]]]:
    """Give of each line which edges of the page it is near, with its words, figures being one."""
    found: list[list[tuple[str, str]]] = []
    for index, (_, words) in enumerate(page):
        key = re.sub(r"\d+", "0", words.casefold())
        near = (("top", index < n_edge), ("bottom", index >= len(page) - n_edge))
        # A figure alone is no header: whether it counts the pages is asked afterwards.
        is_figure = _BARE_NUMBER.fullmatch(words) is not None
        found.append([(edge, key) for edge, is_near in near if is_near and not is_figure])
    return found


def _bare_numbers(page: Sequence[Line]) -> dict[int, int]:
    found: dict[int, int] = {}
    for index in {0, len(page) - 1} if page else ():
        number = _BARE_NUMBER.fullmatch(page[index][1])
        if number:
            found[index] = int(number[1])
    return found


def _without_number(page: list[Line], place: int, offsets: Counter[int], n_pages: int) -> list[Line]:
    numbers = _bare_numbers(page)
    out = {
        index
        for index, number in numbers.items()
        # A figure alone on the last line may be a table's; a page's goes up from page to page.
        if offsets[number - place] >= 2 or (n_pages == 1 and number == 1)
    }
    for index in {0, len(page) - 1} if page else ():
        if _PAGE_NUMBER.fullmatch(page[index][1]):
            out.add(index)
    return [line for index, line in enumerate(page) if index not in out]


def _paragraphs_of(page: Sequence[Line]) -> list[_Paragraph]:
    heights = [at for at, _ in page]
    gaps = [
        above - below if above is not None and below is not None else None
        for above, below in pairwise(heights)
    ]
    known = [gap for gap in gaps if gap is not None and gap > 0.5]
    usual_gap = statistics.median_low(known) if known else 0.0
    lengths = sorted(len(words) for _, words in page)
    full = limit("pdf_full_line") * lengths[-1 - len(lengths) // 10] if lengths else 0.0
    paragraphs: list[_Paragraph] = []
    lines: list[str] = []
    is_apart = True
    for index, (_, words) in enumerate(page):
        gap = gaps[index - 1] if index else None
        above = page[index - 1][1] if index else ""
        apart = gap is not None and usual_gap > 0 and gap > limit("pdf_paragraph_gap") * usual_gap
        is_ended = len(above) < full and not words[:1].islower() and not _BROKEN.search(above)
        if lines and (apart or is_ended or _ITEM.match(words)):
            paragraphs.append(_Paragraph(tuple(lines), is_apart))
            lines, is_apart = [], apart
        lines.append(words)
    if lines:
        paragraphs.append(_Paragraph(tuple(lines), is_apart))
    return paragraphs


def _goes_on(last: str, first: str) -> bool:
    """Say whether a page's first line goes on with the last of the page before."""
    return not _ITEM.match(first) and (
        _BROKEN.search(last) is not None or (not last.endswith(_SENTENCE_ENDS) and first[:1].islower())
    )


def _joined(lines: Sequence[str], words_of_text: frozenset[str]) -> str:
    text = lines[0]
    for line in lines[1:]:
        broken, first = _BROKEN.search(text), _FIRST_WORD.match(line)
        if broken is None:
            glue = "" if text.endswith(("-", "/")) and not text.endswith((" -", " /")) else " "
            text = f"{text}{glue}{line}"
        elif text.endswith("\u00ad") or _is_one_word(broken[1], first[0] if first else "", words_of_text):
            text = text[:-1] + line
        else:
            text = f"{text[:-1]}-{line}"
    return text


def _is_one_word(left: str, right: str, words_of_text: frozenset[str]) -> bool:
    """Say whether a word was broken at the margin; what may have a hyphen of its own keeps it."""
    if not right or not right[0].islower() or left.isupper():
        return False
    left, right = left.casefold(), right.casefold()
    if left + right in words_of_text or f"{left}-{right}" in words_of_text:
        return left + right in words_of_text
    return left not in _prefixes("always") and not (left in _prefixes("perhaps") and right in words_of_text)
