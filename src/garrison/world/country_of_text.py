"""Which country a text is about: the one that it names most."""

from __future__ import annotations

import re
from functools import lru_cache

from garrison.world.country_table import countries, mention_weight, names_of_no_country
from garrison.world.folding import fold_name

_SHORT_FORMS = frozenset({"US", "U.S", "U.S.", "UK", "U.K.", "UAE", "CAR", "DRC", "DPRK"})


@lru_cache(maxsize=1)
def _names() -> tuple[re.Pattern[str], dict[str, tuple[str, float]]]:
    owner: dict[str, tuple[str, float]] = {}
    in_names, in_capitals = mention_weight("name"), mention_weight("capital")
    for item in countries():
        for name in item.names:
            owner.setdefault(name, (item.code, in_names))
        for name in item.demonyms:
            owner.setdefault(name, (item.code, in_names))
            if name[-1] not in "sehi" and name[0].isupper():
                owner.setdefault(name + "s", (item.code, in_names))
        for name in item.seat_names:
            owner.setdefault(name, (item.code, in_capitals))
    for name in names_of_no_country():
        owner[name] = ("", 0.0)
    for name in [name for name in owner if name not in _SHORT_FORMS]:
        owner.setdefault(name.upper(), owner[name])
        bare = "".join(part if part.isascii() else fold_name(part) for part in name)
        owner.setdefault(bare, owner[name])
    choices = "|".join(re.escape(name) for name in sorted(owner, key=lambda name: (-len(name), name)))
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)"), owner


def find_country(text: str) -> str | None:
    """Find the country that a text is about.

    Names of countries, of their people and of their capitals are counted, in English and in Spanish; a capital
    counts half, and what stands in the first line counts three times. The first named wins a tie.

    Parameters
    ----------
    text
        Any text; a title on the first line helps.

    Returns
    -------
    str or None
        ISO 3166-1 alpha-3, None if no country is named.

    Examples
    --------
    >>> find_country("Protests in Khartoum: Sudanese troops fired, the United States said.")
    'SDN'
    >>> find_country("A quiet day.") is None
    True
    """
    pattern, owner = _names()
    lines = text.lstrip().split("\n", 1)
    weight_of: dict[str, float] = {}
    for line, factor in zip(lines, (mention_weight("first_line"), 1.0), strict=False):
        for match in pattern.finditer(line):
            code, weight = owner[match.group()]
            weight_of[code] = weight_of.get(code, 0.0) + factor * weight
    weight_of.pop("", None)
    return max(weight_of, key=lambda code: weight_of[code], default=None)
