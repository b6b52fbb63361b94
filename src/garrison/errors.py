"""Everything that Garrison refuses, as one tree.

GarrisonError
├── InputError            something given from outside cannot be used (exit code 2)
│   ├── ReportError       a report: missing, empty, binary, too large, undated
│   ├── TableError        a table or a record: column, row, value
│   ├── CountryError      a country that the world table does not know
│   ├── CaseError         a bundled or user-written case
│   ├── DateError         a date that cannot be read, or lies in the future
│   └── ParameterError    a parameter, prior or lever: key, value, range
├── StoreError            a store of events: locked, damaged, from another version
├── LedgerError           a ledger whose chain is broken, or that another process holds (exit code 1)
├── DownloadError         a download that failed: no answer, too large, another file (exit code 1)
└── UndefinedError        a quantity of the model that is not defined where it was asked for

A message says what is wrong, where (file and line, or key) and what to do about it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class GarrisonError(Exception):
    """Base of every error that Garrison raises on purpose."""


class InputError(GarrisonError):
    """Something given from outside cannot be used."""


class ReportError(InputError):
    """A report cannot be read: missing, empty, binary, too large, undated."""


class TableError(InputError):
    """A table or one of its rows does not have the form that was asked for."""


class CountryError(InputError):
    """A country is not in the world table."""


class CaseError(InputError):
    """A case is unknown or one of its files is wrong."""


class DateError(InputError):
    """A date cannot be read or cannot be used."""


class ParameterError(InputError):
    """A parameter, a prior or a lever has a wrong key or value."""


class StoreError(GarrisonError):
    """A store of events cannot be used as it is: locked by another process, damaged, from another version."""


class LedgerError(GarrisonError):
    """A ledger's chain is broken, or another process holds the ledger."""


class DownloadError(GarrisonError):
    """A file that the user asked for could not be had: no answer, too large, another version."""


class UndefinedError(GarrisonError):
    """A quantity of the model is not defined in the state in which it was asked for."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Say which known word was probably meant, for the end of an error message.

    Parameters
    ----------
    word
        What was given.
    known
        What would have been understood.

    Returns
    -------
    str
        A sentence: the nearest known word, or the list of them.

    Examples
    --------
    >>> nearest("VNE", ["VEN", "EGY"])
    'Did you mean VEN?'
    >>> nearest("pay", ["hardship", "rents"])
    'Known: hardship, rents.'
    """
    choices = sorted(known)
    close = difflib.get_close_matches(word, choices, n=1, cutoff=0.6)
    if close:
        return f"Did you mean {close[0]}?"
    shown = ", ".join(choices[:12]) + (", ..." if len(choices) > 12 else "")
    return f"Known: {shown}."
