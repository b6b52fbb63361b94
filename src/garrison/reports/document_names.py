"""The names of documents: unique within a reading, the same in every run, and never a path."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from garrison.reports.cleaning import one_line
from garrison.reports.limits import limit
from garrison.reports.seen_keys import SeenKeys, key_of

_STEP_UP = re.compile(r"(?:^|(?<=[/\\]))\.\.?(?=[/\\]|$)")


def plain_name(words: str) -> str:
    """Make a name of what a document calls itself: one line, no steps through folders, not too long.

    Parameters
    ----------
    words
        A file's name, an `id`, an address.

    Returns
    -------
    str
        What is longer than `longest_name` is cut and ends on a digest of the whole. "#" becomes "%23", since a
        claim is called document#number.

    Examples
    --------
    >>> plain_name("../../etc/passwd"), plain_name("https://example.org/a#part")
    ('etc/passwd', 'https://example.org/a%23part')
    """
    name = _STEP_UP.sub("", one_line(words)).replace("#", "%23").lstrip("/\\ ")
    longest = int(limit("longest_name"))
    if len(name) > longest:
        digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        name = f"{name[: longest - 13]}-{digest}"
    return name or "document"


@dataclass
class DocumentNames:
    """Gives each document of a reading a name that no earlier one has.

    The first keeps its own, the next of that name gets "-2", and so on: the same sources in the same order give
    the same names, whatever becomes of each document afterwards.
    """

    _used: SeenKeys = field(default_factory=SeenKeys)
    _next_number: dict[str, int] = field(default_factory=dict)

    def unused(self, wanted: str) -> str:
        """Give a name that is not in use yet.

        Parameters
        ----------
        wanted
            What the document calls itself.

        Returns
        -------
        str
            As `plain_name` makes it, with a number if an earlier document has it.

        Examples
        --------
        >>> names = DocumentNames()
        >>> [names.unused(name) for name in ("a", "b", "a", "a-2")]
        ['a', 'b', 'a-2', 'a-2-2']
        """
        plain = plain_name(wanted)
        if self._used.add(key_of(plain)):
            return plain
        number = self._next_number.get(plain, 2)
        while not self._used.add(key_of(f"{plain}-{number}")):
            number += 1
        self._next_number[plain] = number + 1
        return f"{plain}-{number}"
