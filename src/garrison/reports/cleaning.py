"""Characters that are no text become spaces or line ends, one for one, so that offsets stay the file's own."""

from __future__ import annotations

_LINE_ENDS = "\v\f\x1c\x1d\x1e\x85\u2028\u2029\r"
# Embeddings, overrides and isolates reorder what a reader sees; single marks (U+200E, U+200F) do not and stay,
# as do the joiners that Persian and Indic scripts need.
_INVISIBLE = "\u200b\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def _table() -> dict[int, str]:
    table = dict.fromkeys((*range(32), *range(127, 160)), " ")
    table |= {ord(char): " " for char in _INVISIBLE}
    table |= {ord(char): "\n" for char in _LINE_ENDS}
    # Half of a surrogate pair cannot be written to any file; JSON escapes can smuggle one in.
    table |= dict.fromkeys(range(55296, 57344), "�")
    table[ord("\n")] = "\n"
    return table


_TABLE = _table()


def clean(text: str) -> str:
    r"""Replace control, override and byte-order characters; the result has exactly as many characters.

    "\r\n" becomes " \n", a lone "\r" "\n", every other control character a space.

    Parameters
    ----------
    text
        Characters as decoded from the file, line ends untouched.

    Returns
    -------
    str
        `len(clean(text)) == len(text)`.

    Examples
    --------
    >>> clean("Troops\r\nstay\x07 \u202ehome")
    'Troops \nstay   home'
    """
    return text.replace("\r\n", " \n").translate(_TABLE)


def one_line(text: object) -> str:
    r"""Give a text as it may stand in a message of one line.

    Parameters
    ----------
    text
        Anything; its string is taken.

    Returns
    -------
    str
        Without line ends and control characters; runs of blanks are one.

    Examples
    --------
    >>> one_line("a\nb")
    'a b'
    """
    return " ".join(clean(str(text)).split())
