"""The paragraphs of a text, each with its place."""

from __future__ import annotations

from dataclasses import dataclass

_WRAPPED = range(40, 101)
_SENTENCE_ENDS = '.!?:;"”’)'


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: where it starts and ends, and how many empty lines stand above it."""

    start: int
    end: int
    text: str
    n_empty_lines_above: int


def split_paragraphs(text: str, start: int = 0) -> list[Paragraph]:
    r"""Split a text into paragraphs.

    Empty lines separate paragraphs; so does every line end, unless the lines between two empty ones were plainly
    broken at a fixed width. The rule looks at one block at a time, so that what follows never changes how what
    stands before it is split.

    Parameters
    ----------
    text
        Cleaned text.
    start
        Where to begin, in characters.

    Returns
    -------
    list of Paragraph
        In order; nothing but blanks lies between them.

    Examples
    --------
    >>> [item.text for item in split_paragraphs("One.\n\nTwo.\nThree.")]
    ['One.', 'Two.', 'Three.']
    """
    paragraphs: list[Paragraph] = []
    previous_end = start
    for block_start, block_end in _blocks(text, start):
        for line_start, line_end in _lines_of_block(text, block_start, block_end):
            gap = text.count("\n", previous_end, line_start)
            piece = text[line_start:line_end]
            paragraphs.append(Paragraph(line_start, line_end, piece, max(0, gap - 1)))
            previous_end = line_end
    return paragraphs


def _blocks(text: str, start: int) -> list[tuple[int, int]]:
    blocks: list[tuple[int, int]] = []
    at = start
    open_start: int | None = None
    last_end = start
    for line in text[start:].split("\n"):
        stripped = line.strip()
        if stripped:
            first = at + line.index(stripped)
            open_start = first if open_start is None else open_start
            last_end = first + len(stripped)
        elif open_start is not None:
            blocks.append((open_start, last_end))
            open_start = None
        at += len(line) + 1
    if open_start is not None:
        blocks.append((open_start, last_end))
    return blocks


def _lines_of_block(text: str, start: int, end: int) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    at = start
    for line in text[start:end].split("\n"):
        stripped = line.strip()
        if stripped:
            first = at + line.index(stripped)
            lines.append((first, first + len(stripped)))
        at += len(line) + 1
    lengths = [last - first for first, last in lines[:-1]]
    if not lengths or any(n not in _WRAPPED for n in lengths) or max(lengths) - min(lengths) > 30:
        return lines
    # A fixed width breaks sentences; whoever presses the key breaks between them.
    breaks_a_sentence = any(text[last - 1] not in _SENTENCE_ENDS for _, last in lines[:-1])
    return [(start, end)] if breaks_a_sentence and lines[-1][1] - lines[-1][0] <= 110 else lines
