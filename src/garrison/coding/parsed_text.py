"""A parsed text with its characters, tokens and paragraphs at hand; long texts are searched, not walked."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token


# Characters around a word within which its line and its sentence are read: more than any sentence of a report has,
# and few enough that a hostile text of one endless line is still read in linear time.
_REACH = 600


class ParsedText:
    r"""A text and its grammar.

    Parameters
    ----------
    doc
        The parsed text.

    Attributes
    ----------
    text
        Its characters.
    has_grammar
        Whether dependencies are known.

    Examples
    --------
    >>> import spacy
    >>> parsed = ParsedText(spacy.blank("en")("They fled.\n\nHe stayed."))
    >>> parsed.tokens(0, 6).text, parsed.paragraph(0), parsed.paragraph(14)
    ('They fled', 0, 1)
    """

    @classmethod
    def of(cls, doc: Doc) -> ParsedText:
        """Give the text of a document, made once and kept with it."""
        known: ParsedText | None = doc.user_data.get("parsed_text")
        if known is None:
            known = doc.user_data["parsed_text"] = cls(doc)
        return known

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        # A document joins its text anew at each asking, which would make every search quadratic.
        self.text: str = doc.text
        self.has_grammar: bool = doc.has_annotation("DEP")
        self._starts: list[int] = doc.to_array("IDX").tolist()
        self._breaks = [match.end() for match in re.finditer(r"\n+", self.text)]

    def tokens(self, start: int, end: int) -> Span:
        """Give the tokens that touch some characters; at least one, the nearest."""
        first = max(bisect_right(self._starts, start) - 1, 0)
        last = max(bisect_right(self._starts, max(end - 1, start)) - 1, first)
        return self.doc[first : last + 1]

    def token_after(self, at: int) -> Token | None:
        """Give the first token that is no blank and begins at a character or behind it."""
        index = bisect_right(self._starts, at - 1)
        while index < len(self.doc):
            if not self.doc[index].is_space:
                return self.doc[index]
            index += 1
        return None

    def paragraph(self, at: int) -> int:
        """Count the line ends before a character, several in a row as one."""
        return bisect_right(self._breaks, at)

    def line_before(self, at: int) -> str:
        """Give the line up to a character."""
        first = max(at - _REACH, 0)
        return self.text[max(self.text.rfind("\n", first, at) + 1, first) : at]

    def line_after(self, at: int) -> str:
        """Give the line from a character on."""
        end = self.text.find("\n", at, at + _REACH)
        return self.text[at : end if end >= 0 else at + _REACH]

    def sentence_bounds(self, start: int, end: int) -> tuple[int, int]:
        """Give where the sentence around some characters begins and ends, by its signs alone."""
        signs = (". ", "! ", "? ", "\n", "; ")
        first, last = max(start - _REACH, 0), min(end + _REACH, len(self.text))
        left = max(self.text.rfind(sign, first, start) for sign in signs) + 1
        ends = [at for at in (self.text.find(sign, end, last) for sign in signs) if at >= 0]
        return max(left, first), min(ends, default=last)
