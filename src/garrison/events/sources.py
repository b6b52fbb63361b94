"""Who stands behind a claim: the one who first said it, so that a retold tweet stays one source."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files

from garrison.events.credibility import Testimony
from garrison.events.source_records import SourceRecord, SourceRecords
from garrison.records import Claim, Report

#: Kinds that speak with one voice, whoever speaks: all their statements on one happening are one source.
_ONE_VOICE = {"official": "regime", "security_force": "regime", "unnamed": "unnamed", "reader": "reader"}

#: How many sources a phrase such as "two agencies" stands for; of "several" only two are sure.
_NUMBERS = {"two": 2, "both": 2, "several": 2, "three": 3, "four": 4, "five": 5}

_JOINED = re.compile(r",? and |, ")

_WORD = re.compile(r"[^\W\d_]{2,}")
_EMPTY_WORDS = frozenset(
    """
    the and for from with that this his her their its who was were has had said says according new
    tweet tweets twitter post posts video statement report reports reported local media news press
    spokesman spokeswoman spokesperson minister ministry president government
    of on in at by to an is it he we us as or no
    them they some several one two three four others man woman people
    """.split()  # noqa: SIM905 - a word list reads better as words
)


@dataclass(frozen=True, slots=True)
class Origin:
    """The first link of a claim's chain: who said it, through whom, when, and how many.

    Attributes
    ----------
    words
        The words that name it; none where nobody is named.
    chain
        The kinds of all links, from the one who first said it to the one who retold it.
    denies
        Whether it says that the happening did not happen.
    day
        The day on which its word was published.
    low, high
        Bounds of the number that it gives, None where it gives none.
    """

    words: frozenset[str]
    chain: tuple[str, ...]
    denies: bool = False
    day: date | None = None
    low: float | None = None
    high: float | None = None

    @property
    def has_name(self) -> bool:
        """Whether somebody in particular answers for it."""
        return bool(self.words) and self.words.isdisjoint(("unnamed", "reader", "members of the forces"))

    def same_as(self, other: Origin) -> bool:
        """Say whether two origins are one source: the words that name one are all found in the other's."""
        if not self.words or not other.words:
            # A source without a name is not known to be another one if somebody of its kind has spoken.
            return bool(set(self.chain) & set(other.chain))
        return self.words <= other.words or other.words <= self.words


def naming_words(text: str) -> frozenset[str]:
    """Give the words of a phrase that name a source, folded to plain small letters.

    Examples
    --------
    >>> sorted(naming_words("the spokesman of the Northern Wire"))
    ['northern', 'wire']
    """
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return frozenset(word for word in _WORD.findall(folded) if word not in _EMPTY_WORDS)


def publishers_of(reports: Iterable[Report]) -> dict[str, str]:
    """Give who published each document, as far as its publisher is known.

    Examples
    --------
    >>> publishers_of([Report("a", "text", date(2017, 5, 7), publisher="Northern Wire")])
    {'a': 'Northern Wire'}
    """
    return {report.doc: report.publisher for report in reports if naming_words(report.publisher)}


def origins_of(claim: Claim, publishers: Mapping[str, str] | None = None) -> tuple[Origin, ...]:
    """Find who stands behind a claim; more than one where its first source is several.

    The chain of a claim runs from the one who first said it to the one who retold it. A claim with no chain is its
    publisher's own word: all documents of one publisher are one source, and so is who quotes it by its name; where
    the publisher is not known, the document stands for itself. "Two agencies" are two sources, and so are two that
    are named together.

    Parameters
    ----------
    claim
        A claim of any certainty.
    publishers
        Who published which document, as `publishers_of` gives it.

    Returns
    -------
    tuple of Origin
        Naming words, the kinds along the chain, and whether it denies; one for each of several sources.
    """
    number = claim.numbers[0] if claim.numbers else None
    low, high = (number.low, number.high) if number else (None, None)
    return tuple(
        Origin(words, chain, claim.negated, claim.published, low, high)
        for words, chain in _voices(claim, publishers or {})
    )


def _voices(claim: Claim, publishers: Mapping[str, str]) -> list[tuple[frozenset[str], tuple[str, ...]]]:
    """Give the naming words and the chain of each who stands behind a claim."""
    if not claim.sources:
        own = naming_words(publishers.get(claim.doc, ""))
        return [(own or frozenset({f"document {claim.doc}"}), ("media",))]
    chain = tuple(source.kind for source in claim.sources)
    first = claim.sources[0].text
    if chain[0] == "security_force" and _speaks_for_itself(first):
        # Soldiers who speak of what they did are witnesses in their own cause, not the army's command.
        return [(frozenset({"members of the forces"}), ("witness", *chain[1:]))]
    voice = next((_ONE_VOICE[kind] for kind in chain if kind in _ONE_VOICE), None)
    if voice is not None:
        return [(frozenset({f"{voice} of {claim.country}" if voice == "regime" else voice}), chain)]
    return [(words, chain) for words in _named_apart(first, claim)]


def _speaks_for_itself(phrase: str) -> bool:
    """Say whether a phrase names members of the forces rather than their command or spokesmen."""
    words = set(_WORD.findall(phrase.lower()))
    return bool(words & _members()["members"]) and not words & _members()["command"]


@cache
def _members() -> dict[str, frozenset[str]]:
    text = files(__package__).joinpath("source_weights.toml").read_text(encoding="utf8")
    return {name: frozenset(words) for name, words in tomllib.loads(text)["voice"].items()}


def _named_apart(text: str, claim: Claim) -> list[frozenset[str]]:
    """Give the naming words of each of the sources that a phrase stands for."""
    parts = [part.removeprefix("the ") for part in (_JOINED.split(text) if " and " in text else [text])]
    names = [part for part in parts if part[:1].isupper() and naming_words(part)]
    if len(names) > 1:
        return [naming_words(name) for name in names]
    number = next((_NUMBERS[word] for word in text.lower().split() if word in _NUMBERS), 1)
    if number > 1:
        # Nobody names them, so they cannot be told from those of another text: the claim's place names them.
        return [frozenset({f"{claim.doc} {claim.char_start} {index}"}) for index in range(number)]
    return [next((words for source in claim.sources if (words := naming_words(source.text))), frozenset())]


def independent(origins: Iterable[Origin]) -> tuple[Origin, ...]:
    """Keep one origin for each independent source, under its most exact name and with its last word.

    A source that first asserts and on a later day denies has taken its word back, and the other way round: only its
    later word stands. What it says both ways on one day stands both ways, and so does what nobody answers for.

    Parameters
    ----------
    origins
        Those behind all claims of one happening, retellings among them.

    Returns
    -------
    tuple of Origin
        In a fixed order; each with the number that its source gave last.

    Examples
    --------
    >>> tweet = Origin(frozenset({"thor", "example", "institute"}), ("social_media",))
    >>> again = Origin(frozenset({"example"}), ("media", "social_media"))
    >>> len(independent([tweet, again]))
    1
    >>> first = Origin(frozenset({"northern", "wire"}), ("media",), day=date(2017, 5, 6))
    >>> retraction = Origin(frozenset({"northern", "wire"}), ("media",), denies=True, day=date(2017, 5, 8))
    >>> [origin.denies for origin in independent([first, retraction])]
    [True]
    """
    kept: list[Origin] = []
    # The most exact name first: every shorter naming of the same source then falls onto it.
    for origin in sorted(origins, key=_order):
        place = next(
            (
                index
                for index, other in enumerate(kept)
                if origin.denies == other.denies and origin.same_as(other)
            ),
            None,
        )
        if place is None:
            kept.append(origin)
        else:
            kept[place] = _with_last_count(kept[place], origin)
    return tuple(one for one in kept if not any(_takes_back(later, one) for later in kept))


def _order(origin: Origin) -> tuple[object, ...]:
    return (
        *(-len(origin.words), len(origin.chain), origin.chain, sorted(origin.words)),
        *(origin.day or date.min, origin.low or 0.0, origin.high or 0.0),
    )


def _with_last_count(kept: Origin, again: Origin) -> Origin:
    """Give a source the number and the day of its later word."""
    days = (kept.day or date.min, again.day or date.min)
    if again.low is not None and (kept.low is None or days[1] > days[0]):
        return replace(kept, low=again.low, high=again.high, day=max(days))
    return replace(kept, day=max(days)) if days[1] > days[0] else kept


def _takes_back(later: Origin, earlier: Origin) -> bool:
    """Say whether a source's later word is the contrary of its earlier one."""
    if later.denies == earlier.denies or not (later.has_name and earlier.has_name):
        return False
    return (later.day or date.min) > (earlier.day or date.min) and later.same_as(earlier)


def as_testimonies(origins: Sequence[Origin], sources: SourceRecords | None = None) -> list[Testimony]:
    """Turn independent origins into the testimonies that credibility weighs, with the records of those known."""
    return [
        Testimony(
            origin.chain, origin.denies, _ratio(sources.of(origin.words), origin.denies) if sources else None
        )
        for origin in origins
    ]


def _ratio(record: SourceRecord | None, denies: bool) -> float | None:
    if record is None:
        return None
    return record.denial_ratio if denies else record.ratio
