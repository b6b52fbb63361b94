"""The frame table: which verb or noun means which type, who may stand in which role. Its rows are data."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from garrison.coding.actors import Actor
from garrison.coding.tables import frame_rows, table
from garrison.errors import ParameterError, nearest

# Lists of which only membership counts; some hold hundreds of words, and every word of a text is asked for them.
_SETS: Final = ("things", "things_subject", "also", "beside", "never", "compound")


@dataclass(frozen=True, slots=True)
class Frame:
    """One row of the frame table; `docs/coding.md` explains every field."""

    type: str
    example: str
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    actor: tuple[str, ...] = ("subject", "by")
    actor_sectors: tuple[str, ...] = ()
    actor_named: tuple[str, ...] = ()
    actor_optional: bool = False
    no_actor: bool = False
    noun_actor: tuple[str, ...] = ("by", "poss", "among", "from", "within", "in", "compound", "amod")
    target: tuple[str, ...] = ("object",)
    target_sectors: tuple[str, ...] = ()
    noun_target: tuple[str, ...] = ("of", "on", "against")
    phrases: tuple[str, ...] = ()
    aimed: bool = False
    things: frozenset[str] = frozenset()
    things_after: tuple[str, ...] = ()
    things_subject: frozenset[str] = frozenset()
    things_done: bool = False
    also: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    lines: tuple[str, ...] = ()
    wording: tuple[str, ...] = ()
    commands: bool = False
    alone: bool = False
    covers: bool = False
    objectless: bool = False
    untold: bool = False
    last: bool = False
    compound: frozenset[str] = frozenset()
    negation: str = ""
    occurring: bool = False
    counted: bool = False
    finite: bool = False
    verbless: bool = False
    grievance: bool = False
    context: str = ""
    attributed_to: tuple[str, ...] = ()
    own_word: bool = False
    modal: str = ""
    count: str = ""
    kind: str = "act"
    plover: str = ""
    plover_mode: str = ""

    @property
    def transitive(self) -> bool:
        """Whether the row asks for somebody who is acted on."""
        return bool(self.target_sectors)


@dataclass(frozen=True, slots=True)
class Group:
    """A set of agents that frames ask for by name, such as FORCES or CIVIL."""

    sectors: frozenset[str] = frozenset()
    named_sectors: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    stands_for: str = ""
    anybody: bool = False
    own_people: bool = False
    any_name: bool = False
    heads_state: bool = False

    def holds(self, actor: Actor) -> bool:
        """Tell whether an agent belongs to the group."""
        if actor.sector in self.sectors:
            return True
        return actor.sector in self.named_sectors and not self.named.isdisjoint(actor.title.lower().split())


def all_frames() -> tuple[Frame, ...]:
    """Read the rows of the frame table, in the order in which they are tried.

    Raises
    ------
    ParameterError
        If a row has a key that no frame has.

    Examples
    --------
    >>> len(all_frames()) > 100
    True
    """
    known = {field.name for field in dataclasses.fields(Frame)}
    found = []
    for number, row in enumerate(frame_rows(), start=1):
        for key in row:
            if key not in known:
                raise ParameterError(
                    f"frame {number} ({row.get('type')}): no key '{key}'. {nearest(key, known)}"
                )
        found.append(frame_of(row))
    return tuple(found)


@lru_cache(maxsize=1)
def frames() -> dict[tuple[str, str], tuple[Frame, ...]]:
    """Index the frame table by part of speech (verb, noun, adjective) and base form.

    Returns
    -------
    dict
        (part of speech, base form) to the rows that it can mean, in the order in which they are tried.

    Raises
    ------
    ParameterError
        If a row has a key that no frame has.

    Examples
    --------
    >>> frames()["noun", "defection"][0].type
    'DEFECT'
    """
    index: dict[tuple[str, str], list[Frame]] = {}
    for frame in all_frames():
        for speech, triggers in (
            ("verb", frame.verbs),
            ("noun", frame.nouns),
            ("adjective", frame.adjectives),
        ):
            for trigger in triggers:
                index.setdefault((speech, trigger), []).append(frame)
    return {key: tuple(rows) for key, rows in index.items()}


@lru_cache(maxsize=1)
def rows_of_lines() -> tuple[Frame, ...]:
    """Give the rows that tell what lines without a verb mean, in the order in which they are tried.

    Examples
    --------
    >>> "price|cost up" in rows_of_lines()[0].lines
    True
    """
    return tuple(frame_of(row) for row in frame_rows() if row.get("lines"))


def frame_of(row: dict[str, Any]) -> Frame:
    """Make a frame of a row, its word lists written out.

    Parameters
    ----------
    row
        Keys and values as a table gives them.

    Examples
    --------
    >>> frame_of({"type": "STRIKE", "example": "", "verbs": ["strike"]}).verbs
    ('strike',)
    """
    given: dict[str, Any] = {
        key: _written_out(item) if isinstance(item, list) else item for key, item in row.items()
    }
    as_asked: dict[str, Any] = {key: frozenset(item) if key in _SETS else item for key, item in given.items()}
    return Frame(**as_asked)


def _written_out(names: list[str]) -> tuple[str, ...]:
    """Write out the word lists of `groups.toml` that a row names (*CRIME*)."""
    lists = table("groups")["list"]
    return tuple(dict.fromkeys(word for name in names for word in lists.get(name, (name,))))


@cache
def group(name: str) -> Group:
    """Give a group by its name; a sector's code is the group of that sector alone.

    Examples
    --------
    >>> sorted(group("FORCES").sectors)
    ['COP', 'GRD', 'MIL', 'SPY']
    """
    row = table("groups")["group"].get(name)
    if row is None:
        return Group(sectors=frozenset((name,)))
    return Group(
        sectors=frozenset(row.get("sectors", ())),
        named_sectors=frozenset(row.get("named_sectors", ())),
        named=frozenset(row.get("named", ())),
        words=frozenset(row.get("words", ())),
        stands_for=row.get("stands_for", ""),
        anybody=bool(row.get("anybody")),
        own_people=bool(row.get("own_people")),
        any_name=bool(row.get("any_name")),
        heads_state=bool(row.get("heads_state")),
    )


def belongs(actor: Actor, names: tuple[str, ...]) -> bool:
    """Tell whether an agent belongs to one of some groups; to any, where none is asked for."""
    return not names or any(group(name).holds(actor) for name in names)
