"""The PLOVER lexicon: which verb, noun or adjective means which root, or does what to the root below it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from garrison.coding.tables import table
from garrison.errors import ParameterError, nearest


@dataclass(frozen=True, slots=True)
class Cue:
    """One word or phrase of the lexicon: a root, or an effect on the root below it; and its conditions.

    `pieces` are the base forms of the phrase in the order of the sentence, `place` which of them heads it.
    `near` and `never` are base forms of which one must, or none may, stand in what belongs to the word;
    one of `doer` must stand in its subject. A `bare` cue takes no object, a `clausal` one takes a clause,
    an `infinitive` one *to* with a verb, an `other` one a verb that somebody else is to do, a `named`
    one an object with a name of its own. A `last` cue counts only where nothing below it has a meaning.
    """

    pieces: tuple[str, ...]
    place: int
    kind: str
    root: str = ""
    effect: str = ""
    assumed: str = ""
    near: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    doer: frozenset[str] = frozenset()
    bare: bool = False
    clausal: bool = False
    infinitive: bool = False
    other: bool = False
    named: bool = False
    last: bool = False

    @property
    def conditioned(self) -> bool:
        """Whether something must stand near the word."""
        return bool(self.near or self.doer or self.clausal or self.infinitive or self.other or self.named)


@lru_cache(maxsize=1)
def roots() -> tuple[str, ...]:
    """Give the sixteen roots of today's PLOVER, in the order of its manual.

    Examples
    --------
    >>> len(roots()), roots()[0]
    (16, 'AGREE')
    """
    return tuple(table("plover")["quads"])


def quad_of(root: str) -> str:
    """Give the number of a root's quad: cooperation, verbal 1 and material 2; conflict, verbal 3, material 4.

    Parameters
    ----------
    root
        One of `roots()`.

    Returns
    -------
    str
        "1" to "4".

    Raises
    ------
    ParameterError
        If there is no such root.

    Examples
    --------
    >>> quad_of("AID")
    '2'
    """
    quads: dict[str, str] = table("plover")["quads"]
    if root not in quads:
        raise ParameterError(f"PLOVER has no root {root!r}. {nearest(root, quads)}")
    return quads[root]


def after_effect(effect: str, root: str) -> str:
    """Give the root that an effect makes of another: an ended sanction is a concession.

    Parameters
    ----------
    effect
        A name of the `effects` of `tables/plover.toml`.
    root
        One of `roots()`.

    Returns
    -------
    str
        A root; the given one where the effect leaves its kind alone.

    Examples
    --------
    >>> after_effect("stop", "COERCE"), after_effect("stop", "AID"), after_effect("stop", "ACCUSE")
    ('CONCEDE', 'SANCTION', 'CONCEDE')
    """
    changed: dict[str, str] = table("plover")["effects"][effect]
    return changed.get(root, changed.get(_kind_of()[root], root))


def weight(name: str) -> float:
    """Give one weight of `tables/plover.toml` (a share between 0 and 1).

    Examples
    --------
    >>> weight("deciding") > weight("mentioned")
    True
    """
    return float(table("plover")["weights"][name]["value"])


@lru_cache(maxsize=1)
def cues() -> dict[tuple[str, str], tuple[Cue, ...]]:
    """Index the lexicon by kind (verb, noun, adjective) and base form of the word that heads a phrase.

    Returns
    -------
    dict
        (kind, base form) to the cues, in the order in which they are tried: those that take a clause, then
        those with a condition, then phrases before single words; within these, in the order of the file.

    Examples
    --------
    >>> [cue.root for cue in cues()["noun", "truce"]]
    ['RETREAT']
    """
    index: dict[tuple[str, str], list[Cue]] = {}
    for row in table("plover")["cue"]:
        for key, kind in (("verbs", "verb"), ("nouns", "noun"), ("adjectives", "adjective")):
            spellings = dict.fromkeys(other for phrase in row.get(key, ()) for other in _spellings(phrase))
            for phrase in spellings:
                cue = _cue(row, phrase, kind)
                index.setdefault((kind, cue.pieces[cue.place]), []).append(cue)
    return {
        key: tuple(
            sorted(found, key=lambda cue: (cue.last, not cue.clausal, not cue.conditioned, -len(cue.pieces)))
        )
        for key, found in index.items()
    }


def _spellings(phrase: str) -> tuple[str, ...]:
    """Give a word as written, and with *z* where the table writes *-ise*."""
    return (phrase, phrase[:-3] + "ize") if phrase.endswith("ise") else (phrase,)


def _cue(row: dict[str, Any], phrase: str, kind: str) -> Cue:
    pieces = tuple(phrase.replace("-", " - ").split())
    place = 0
    if kind == "noun":
        place = pieces.index("of") - 1 if "of" in pieces else len(pieces) - 1
    return Cue(
        pieces=pieces,
        place=place,
        kind=kind,
        root=row.get("root", ""),
        effect=row.get("effect", ""),
        assumed=row.get("assumed", ""),
        near=_with_groups(row.get("near", [])),
        never=_with_groups(row.get("never", [])),
        doer=_with_groups(row.get("doer", [])),
        bare=bool(row.get("bare")),
        clausal=bool(row.get("clausal")),
        infinitive=bool(row.get("infinitive")),
        other=bool(row.get("other")),
        named=bool(row.get("named")),
        last=bool(row.get("last")),
    )


def _with_groups(names: list[str]) -> frozenset[str]:
    groups: dict[str, list[str]] = table("plover")["groups"]
    found: set[str] = set()
    for name in names:
        found.update(groups[name[1:]] if name.startswith("@") else (name,))
    return frozenset(found)


@cache
def _kind_of() -> dict[str, str]:
    return {root: kind for kind, members in table("plover")["kinds"].items() for root in members}
