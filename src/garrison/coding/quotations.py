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
    """A quotation by the tokens of its marks, its paragraph, and the number of the speech that it is part of.

    The quotations of one paragraph are one speech, and so are those of paragraphs of which each but the last opens a
    quotation without closing it.
    """

    start: int
    end: int
    paragraph: int
    speech: int


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
    paragraph = speech = 0
    goes_on = first = True
    for token in doc:
        text = token.text
        if token.is_space and "\n" in text:
            if opened is not None:
                _close(found, opened, token.i, paragraph, speech)
            goes_on, first = opened is not None or (first and goes_on), True
            opened, paragraph = None, paragraph + 1
        if token.is_space:
            continue
        if text[:1] in _OPENING or (text in ('"', "``") and opened is None):
            opened = token.i
            speech += int(first and not goes_on)
        elif opened is not None and (text[:1] in _CLOSING or text in ('"', "''")):
            _close(found, opened, token.i, paragraph, speech)
            opened = None
        elif first:
            speech += 1
        first = False
    if opened is not None:
        _close(found, opened, len(doc) - 1, paragraph, speech)
    return found


def _close(found: list[Quotation], start: int, end: int, paragraph: int, speech: int) -> None:
    if end - start > limits()["shortest_quotation"]:
        found.append(Quotation(start, end, paragraph, speech))
