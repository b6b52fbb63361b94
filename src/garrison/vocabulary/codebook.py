"""The codebook's tables: every type and every grade of certainty, as the tables of this room define them."""

from __future__ import annotations

from garrison.vocabulary.event_types import EventType, event_types
from garrison.vocabulary.terms import certainties, ranks, sectors, source_kinds


def type_pages() -> str:
    """Write each type as a paragraph: definition, what it is not, examples, counterparts in other schemes.

    Returns
    -------
    str
        Markdown, the types in the order of the table.

    Examples
    --------
    >>> "### DEFECT" in type_pages()
    True
    """
    return "\n\n".join(_type_page(kind) for kind in event_types().values())


def _type_page(kind: EventType) -> str:
    examples = "\n".join(f"- *{example}*" for example in kind.examples)
    schemes = (("PLOVER", kind.plover), ("CAMEO", kind.cameo), ("ACLED", kind.acled))
    mapping = " · ".join(f"{scheme} {code or 'none'}" for scheme, code in schemes)
    return (
        f"### {kind.name}: {kind.label}\n\n{kind.definition} Not: {_small(kind.is_not)}\n\n"
        f"{examples}\n\n{mapping}"
    )


def _small(sentence: str) -> str:
    """Begin a sentence small, unless its first word is an abbreviation."""
    first = sentence.split()[0]
    return sentence if first.isupper() and len(first) > 1 else sentence[0].lower() + sentence[1:]


def certainty_table() -> str:
    """Write the grades of certainty as a table, with whether each may count as evidence of an event.

    Examples
    --------
    >>> certainty_table().splitlines()[0]
    '| grade | it means | example | counts |'
    """
    lines = ["| grade | it means | example | counts |", "|---|---|---|---|"]
    for grade in certainties().values():
        counts = "yes" if grade.counted else "no"
        lines.append(f"| `{grade.name}` | {grade.definition} | *{grade.example}* | {counts} |")
    return "\n".join(lines)


def term_lists() -> str:
    """Write sectors, ranks and kinds of sources as lists.

    Examples
    --------
    >>> "`GRD` national guard, gendarmerie" in term_lists()
    True
    """
    lists = (("Sectors", sectors()), ("Ranks", ranks()), ("Kinds of sources", source_kinds()))
    return "\n\n".join(
        f"**{title}:** " + ", ".join(f"`{name}` {words}" for name, words in terms.items()) + "."
        for title, terms in lists
    )
