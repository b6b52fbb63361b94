"""The documentation's table of mechanisms, written from the registry."""

from __future__ import annotations

from garrison.regime.mechanisms.registry import Mechanism, mechanisms
from garrison.regime.priors import read_table

_HEADINGS = {
    "article": "### What the article tells",
    "comments": "### What its readers add: folk theories, none endorsed",
}
_DIRECTIONS = {1: "up", -1: "down", 0: "either way"}


def mechanism_table() -> str:
    """Write every mechanism as Markdown: what it says, by what it enters the model, what is expected of it.

    Returns
    -------
    str
        A line that counts the kinds, then one table for the article and one for the comments; the same bytes
        each time.

    Examples
    --------
    >>> mechanism_table().splitlines()[0].startswith("Of")
    True
    """
    rows = mechanisms().values()
    counts = {kind: sum(one.kind == kind for one in rows) for kind in ("modelled", "merged", "observation")}
    table = read_table("mechanisms/mechanisms.toml")
    left_out, pulled = table["left_out"], table["levers_on_day"]
    lines = [
        f"Of {len(rows)} mechanisms {counts['modelled']} enter the model and are tested by what they move, "
        f"{counts['merged']} restate another and {counts['observation']} are about what is seen or foretold.",
        f"Levers are pulled {pulled['value']} days into the crisis. {pulled['why']}",
        f"Left out: {', '.join(left_out['ids'])}. {left_out['why']}",
    ]
    for told_by, heading in _HEADINGS.items():
        lines += ["", heading, "", "| id | statement | kind | enters by | expected effect | source |"]
        lines += ["|---|---|---|---|---|---|"]
        lines += [_row(one) for one in rows if one.told_by == told_by]
    return "\n".join(lines) + "\n"


def _row(one: Mechanism) -> str:
    cells = (one.id, f"{one.statement} {one.why}", one.kind, _enters_by(one), _expected(one), one.source)
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def _enters_by(one: Mechanism) -> str:
    if one.into:
        return f"as {one.into}"
    if one.room:
        return f"{one.room}: {one.channel}"
    return ", ".join(one.terms)


def _expected(one: Mechanism) -> str:
    if one.change is None:
        return ""
    given = f", given {'; '.join(item.words() for item in one.given)}" if one.given else ""
    sure = "" if one.clear or not one.sign else " (not clear)"
    after = f"after {one.day} days" if one.pulls_levers else f"by day {one.day}"
    return f"{one.change.words()}{given}: {one.outcome} {_DIRECTIONS[one.sign]} {after}{sure}"
