"""Quotations of a text: where the words of somebody else begin and end, straight or curly, paragraph by paragraph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from garrison.coding import clauses
from garrison.coding.tables import limits, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

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


def verb_of_quotation(quotation: Quotation, doc: Doc) -> Token | None:
    """Find the verb of telling beside a quotation, in the sentences of its marks or in a short one behind it.

    Parameters
    ----------
    quotation
        A quotation of the text.
    doc
        The parsed text.

    Returns
    -------
    Token or None
        The nearest verb outside the quotation that has a subject.
    """
    first, last = doc[quotation.start].sent, doc[min(quotation.end, len(doc) - 1)].sent
    end = last.end
    following = doc[end].sent if end < len(doc) else None
    if following is not None and len(following) < limits()["short_tag"] and "\n" not in doc[end - 1].text:
        end = following.end
    speaking = words("attribution", "report_verbs") | words("attribution", "speaking_verbs")
    best: tuple[int, Token] | None = None
    for token in (*doc[first.start : quotation.start + 1], *doc[quotation.end : end]):
        if token.pos_ != "VERB" or token.lemma_.lower() not in speaking:
            continue
        distance = min(abs(token.i - quotation.start), abs(token.i - quotation.end))
        if (best is None or distance < best[0]) and clauses.subject_of(token) is not None:
            best = (distance, token)
    return best[1] if best is not None else None
