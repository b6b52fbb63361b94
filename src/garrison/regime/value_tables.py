"""Tables of numbers that have one value, not a prior: the economy, the forces, where they stand, who sees whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from garrison.regime.economy.economy_record import economy_table
from garrison.regime.priors import read_table


def value_table(rows: list[tuple[str, dict[str, Any]]]) -> list[str]:
    """Write rows of a TOML table with value, unit, range, source and why as Markdown lines.

    Parameters
    ----------
    rows
        Name and content of each.

    Returns
    -------
    list of str
        Head and rows.

    Examples
    --------
    >>> row = {"value": 3, "unit": "days", "range": [1, 14], "source": "definition", "why": "to show it"}
    >>> value_table([("fall_days", row)])[2]
    '| fall days | 3 | days | 1 to 14 | definition | to show it |'
    """
    lines = ["| what | value | unit | range | source | why |", "|---|---|---|---|---|---|"]
    for name, row in rows:
        low, high = row["range"]
        cells = (
            f"{row['value']:g}",
            row.get("unit", ""),
            f"{low:g} to {high:g}",
            row.get("source", ""),
            row.get("why", ""),
        )
        lines.append(
            "| " + " | ".join(cell.replace("|", "/") for cell in (name.replace("_", " "), *cells)) + " |"
        )
    return lines


def _leaves(table: dict[str, Any], name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Walk down to the rows that have a value; words that a group shares stand beside its rows."""
    shared = {key: text for key, text in table.items() if key in ("unit", "source", "why")}
    for key, part in table.items():
        if isinstance(part, dict):
            full = f"{name}: {key}" if name else key
            if "value" in part:
                yield full, {**shared, **part}
            else:
                yield from _leaves(part, full)


def economy_and_force_tables() -> list[str]:
    """Write the parameters of the economy, and how forces and places differ, as Markdown lines.

    Returns
    -------
    list of str
        Two tables with their headings.

    Examples
    --------
    >>> economy_and_force_tables()[0]
    '### The economy'
    """
    lines = ["### The economy", "", *value_table(list(economy_table().items()))]
    forces = read_table("layout/forces.toml")
    lines += ["", "### Forces, places, who sees whom", ""]
    return lines + value_table(list(_leaves({key: part for key, part in forces.items() if key != "schema"})))
