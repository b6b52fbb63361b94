"""Who stands behind a claim: the one who first said it, so that a retold tweet stays one source."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from garrison.events.credibility import Testimony
from garrison.records import Claim

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
    """The first link of a claim's chain: the words that name it, and the kinds of all links."""

    words: frozenset[str]
    chain: tuple[str, ...]
    denies: bool = False

    def same_as(self, other: Origin) -> bool:
        """Say whether two origins are one source: the words that name one are all found in the other's."""
        if not self.words or not other.words:
            # A source without a name is not known to be another one if somebody of its kind has spoken.
            return bool(set(self.chain) & set(other.chain))
        return self.words <= other.words or other.words <= self.words


def _plain_words(text: str) -> frozenset[str]:
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return frozenset(word for word in _WORD.findall(folded) if word not in _EMPTY_WORDS)


def origins_of(claim: Claim) -> tuple[Origin, ...]:
    """Find who stands behind a claim; more than one where its first source is several.

    The chain of a claim runs from the one who first said it to the one who retold it. A claim with no chain
    stands on the document that makes it. "Two agencies" are two sources, and so are two that are named together.

    Parameters
    ----------
    claim
        A claim of any certainty.

    Returns
    -------
    tuple of Origin
        Naming words, the kinds along the chain, and whether it denies; one for each of several sources.
    """
    if not claim.sources:
        return (Origin(frozenset({f"document {claim.doc}"}), ("media",), claim.negated),)
    chain = tuple(source.kind for source in claim.sources)
    first = claim.sources[0].text
    if chain[0] == "security_force" and _speaks_for_itself(first):
        # Soldiers who speak of what they did are witnesses in their own cause, not the army's command.
        return (Origin(frozenset({"members of the forces"}), ("witness", *chain[1:]), claim.negated),)
    voice = next((_ONE_VOICE[kind] for kind in chain if kind in _ONE_VOICE), None)
    if voice is not None:
        return (Origin(frozenset({voice}), chain, claim.negated),)
    return tuple(Origin(words, chain, claim.negated) for words in _named_apart(first, claim))


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
    names = [part for part in parts if part[:1].isupper() and _plain_words(part)]
    if len(names) > 1:
        return [_plain_words(name) for name in names]
    number = next((_NUMBERS[word] for word in text.lower().split() if word in _NUMBERS), 1)
    if number > 1:
        # Nobody names them, so they cannot be told from those of another text: the claim's place names them.
        return [frozenset({f"{claim.doc} {claim.char_start} {index}"}) for index in range(number)]
    return [next((words for source in claim.sources if (words := _plain_words(source.text))), frozenset())]


def independent(origins: Iterable[Origin]) -> tuple[Origin, ...]:
    """Keep one origin for each independent source, the one with the shortest chain, in a fixed order.

    Parameters
    ----------
    origins
        Those behind all claims of one happening, retellings among them.

    Returns
    -------
    tuple of Origin
        Denials and assertions of one source are kept apart.

    Examples
    --------
    >>> tweet = Origin(frozenset({"thor", "example", "institute"}), ("social_media",))
    >>> again = Origin(frozenset({"example"}), ("media", "social_media"))
    >>> len(independent([tweet, again]))
    1
    """
    kept: list[Origin] = []
    # The most exact name first: every shorter naming of the same source then falls onto it.
    for origin in sorted(
        origins, key=lambda one: (-len(one.words), len(one.chain), one.chain, sorted(one.words))
    ):
        if not any(origin.denies == other.denies and origin.same_as(other) for other in kept):
            kept.append(origin)
    return tuple(kept)


def testimonies_of(origins: Sequence[Origin]) -> list[Testimony]:
    """Turn independent origins into the testimonies that credibility weighs."""
    return [Testimony(origin.chain, origin.denies) for origin in origins]
