"""Quotations of a text: where the words of somebody else begin and end, straight or curly, paragraph by paragraph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from garrison.coding.tables import limits

if TYPE_CHECKING:
    from spacy.tokens import Doc

_OPENING = frozenset("“„«")
_CLOSING = frozenset("”»")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation by the tokens of its marks, and the number of its paragraph."""

    start: int
    end: int
    paragraph: int


def quotations(doc: Doc) -> list[Quotation]:
    """Find the quotations of at least four words; shorter ones are words held at a distance, not speech.

    Parameters
    ----------
    doc
        A parsed text.

    Returns
    -------
    list of Quotation
        In the order of the text. A mark that is never closed closes with its paragraph.
    """
    found: list[Quotation] = []
    opened: int | None = None
    paragraph = 0
    for token in doc:
        if token.is_space and "\n" in token.text:
            if opened is not None:
                _close(found, opened, token.i, paragraph)
            opened, paragraph = None, paragraph + 1
        elif token.text[:1] in _OPENING or (token.text in ('"', "``") and opened is None):
            opened = token.i
        elif opened is not None and (token.text[:1] in _CLOSING or token.text in ('"', "''")):
            _close(found, opened, token.i, paragraph)
            opened = None
    if opened is not None:
        _close(found, opened, len(doc) - 1, paragraph)
    return found


def _close(found: list[Quotation], start: int, end: int, paragraph: int) -> None:
    if end - start > limits()["shortest_quotation"]:
        found.append(Quotation(start, end, paragraph))
