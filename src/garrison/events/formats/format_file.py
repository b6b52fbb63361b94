"""A format of event data, as its TOML file describes it: how it is recognised, read and mapped."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from garrison.errors import TableError, nearest


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Ratio(_Part):
    """What a row of such data is worth: P(there is such a row | it happened) / P(there is one | it did not)."""

    value: float
    unit: str
    range: tuple[float, float]
    source: str
    why: str


class Shape(_Part):
    """How the file looks: its delimiter, its columns, what it is recognised by, what it writes for "unknown"."""

    delimiter: str
    columns: tuple[str, ...]
    quoted: bool = False
    header: bool = True
    recognised_by: tuple[str, ...] = ()
    nulls: tuple[str, ...] = ()
    repair: Literal["polecat"] | None = None
    first_cells: tuple[str, ...] = ()
    may_lack_last: bool = False


class Dates(_Part):
    """Which columns give the days of the event and of its report, and how they are written.

    Several columns of one date are joined by "-". `widen` gives, by the value of `precision`, how many days either
    side belong to the event too.
    """

    start: tuple[str, ...]
    forms: tuple[str, ...]
    end: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    published_forms: tuple[str, ...] = ()
    precision: str | None = None
    widen: Mapping[str, int] = {}


class CountryFrom(_Part):
    """A column that tells a country, the scheme of its codes, and which part of the cell is meant."""

    column: str
    scheme: str
    pattern: str | None = None


class Place(_Part):
    """Which columns tell the place: its country, its division, its name, its coordinates.

    The division is looked for under each of the `names`, in turn. `split` cuts `names` at a mark, and `take` says
    which parts are names of places.
    """

    country: tuple[CountryFrom, ...]
    names: tuple[str, ...]
    text: tuple[str, ...]
    latitude: str | None = None
    longitude: str | None = None
    split: str | None = None
    take: tuple[int, ...] = ()


class Party(_Part):
    """Who acted, or who suffered it: the columns of name, sector and country.

    Where the two columns of `bare` say the same, the party is a state as a whole. `always` is the sector of all
    parties of a data set that does not tell it.
    """

    name: str
    sector: tuple[str, ...] = ()
    country: tuple[CountryFrom, ...] = ()
    bare: tuple[str, str] | None = None
    always: str = ""


class Sectors(_Part):
    """Sectors by code, and by words in a name or a list of sectors: the first that is found, "" for none."""

    scheme: Literal["cameo"] | None = None
    codes: Mapping[str, str] = {}
    words: tuple[tuple[str, str], ...] = ()


class Rule(_Part):
    """One line of the mapping: rows with these codes, between such parties, are of this type.

    `codes` may end in "*". `actor` and `target` list sectors or groups of them (`forces`, `state`, `civil`). `where`
    asks for words in a column (regular expression, any case), `deaths` whether somebody died. `swap` says that the
    second party did it to the first, `by` which sector did it where the row does not name who. Without `type`, such
    rows have no type.
    """

    type: str | None = None
    codes: tuple[str, ...] = ("*",)
    actor: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    where: Mapping[str, str] = {}
    deaths: bool | None = None
    swap: bool = False
    by: str = ""
    why: str = ""


class Made(_Part):
    """A column made of others: their cells joined by "; ", or the names of those whose cell is 1."""

    join: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


class Counted(_Part):
    """What is counted, for which types; bounds as two columns, or as ranges by the words of one."""

    of: str
    types: tuple[str, ...]
    low: str
    high: str
    ranges: Mapping[str, tuple[float, float | None]] = {}


class Format(_Part):
    """One format of other people's event data; `formats()` gives them all.

    Examples
    --------
    >>> formats()["acled"].shape.recognised_by[0]
    'event_id_cnty'
    """

    name: str
    title: str
    dataset: str
    about: str
    coded_by: Literal["hand", "machine"]
    home: str
    licence: str
    cite: str
    lost: tuple[str, ...]
    evidence_ratio: Ratio
    source_kinds: tuple[str, ...]
    shape: Shape
    id: tuple[str, ...] = ()
    same_id: Literal["refuse", "first"] = "refuse"
    code: tuple[str, ...]
    code_digits: int = 0
    code_scheme: Literal["cameo"] | None = None
    plover_of_code: Mapping[str, tuple[str, str]] = {}
    plover_columns: tuple[str, str] | None = None
    summary: tuple[str, ...] = ()
    sources: str | None = None
    sources_split: str | None = None
    n_sources: str | None = None
    skip: Mapping[str, str] = {}
    dates: Dates
    place: Place
    actor: Party
    target: Party
    sectors: Sectors
    made: Mapping[str, Made] = {}
    types: tuple[Rule, ...] = ()
    also: tuple[Rule, ...] = ()
    counts: tuple[Counted, ...] = ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The mapping to types, with those of its scheme of codes."""
        return self.types + (scheme(self.code_scheme).types if self.code_scheme else ())

    @property
    def plover(self) -> Mapping[str, tuple[str, str]]:
        """PLOVER root and mode by code, or by the beginning of a code."""
        return scheme(self.code_scheme).plover if self.code_scheme else self.plover_of_code

    @property
    def sector_codes(self) -> Mapping[str, str]:
        """Sectors by code, with those of its scheme."""
        return {**(scheme(self.sectors.scheme).sectors if self.sectors.scheme else {}), **self.sectors.codes}


class Scheme(_Part):
    """A scheme of codes that several data sets share."""

    plover: Mapping[str, tuple[str, str]]
    sectors: Mapping[str, str]
    types: tuple[Rule, ...]


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf8"))


@cache
def scheme(name: str) -> Scheme:
    """Give a scheme of codes.

    Examples
    --------
    >>> scheme("cameo").plover["173"]
    ('COERCE', 'arrest')
    """
    return Scheme(**_toml(name))


@cache
def groups() -> Mapping[str, tuple[str, ...]]:
    """Give the groups of sectors that rules name.

    Examples
    --------
    >>> groups()["forces"]
    ('MIL', 'GRD', 'COP', 'SPY')
    """
    return {name: tuple(sectors) for name, sectors in _toml("groups").items()}


#: In this order a file is tried; the more exact description comes first.
_ORDER = (
    *("acled", "ucdp_ged", "polecat", "icews", "scad", "mass_mobilization", "mass_mobilization_cleaned"),
    *("navco3", "phoenix_historical", "gdelt_2", "gdelt_1", "phoenix"),
)


@cache
def formats() -> Mapping[str, Format]:
    """Give every format by its name, in the order in which a file is compared with them.

    Returns
    -------
    Mapping of str to Format

    Examples
    --------
    >>> "gdelt_2" in formats()
    True
    """
    return {name: Format(name=name, **_toml(name)) for name in _ORDER}


def format_named(name: str) -> Format:
    """Give a format by its name.

    Raises
    ------
    TableError
        If there is none; the message names the nearest one.

    Examples
    --------
    >>> format_named("icews").title
    'ICEWS'
    """
    if name not in formats():
        raise TableError(f"unknown format of event data '{name}'. {nearest(name, formats())}")
    return formats()[name]
