"""Write the generated pages of docs/ anew from the tables that the code reads.

Each generated part stands between two marks in its page; what stands outside them is written by hand. A test runs
this with --check, which changes nothing and fails where a page is out of date.
"""

from __future__ import annotations

import math
import sys
import tomllib
from pathlib import Path

from garrison.cases import all_hypotheses, outcome_table
from garrison.events.formats.mapping_tables import (
    format_table,
    group_list,
    mapping_pages,
    plover_table,
    source_table,
)
from garrison.forecasting.defection_sheets import ladder_pages
from garrison.forecasting.scorecard import shipped_scorecard
from garrison.forecasting.scorecard_tables import bar_table, comparison_table, scorecard_page
from garrison.regime import mechanism_table
from garrison.stability import model_page_blocks
from garrison.vocabulary import certainty_table, event_types, term_lists, type_pages

ROOT = Path(__file__).resolve().parents[1]
ROOM = ROOT / "src" / "garrison"


def source_weights() -> str:
    """Give the table of what each kind of source's word is worth."""
    rows = tomllib.loads((ROOM / "events" / "source_weights.toml").read_text(encoding="utf8"))
    lines = ["| source | says it | range | denies it | why |", "|---|---|---|---|---|"]
    for kind, row in rows.items():
        if "ratio" in row:
            low, high = row["ratio"]["range"]
            lines.append(
                f"| {kind.replace('_', ' ')} | {row['ratio']['value']:g} | {low:g} to {high:g} "
                f"| {row['denial']['value']:g} | {row['ratio']['why']} |"
            )
    return "\n".join(lines)


def type_priors() -> str:
    """Give the table of how often a happening of each type, once told, did happen."""
    rows = tomllib.loads((ROOM / "events" / "type_priors.toml").read_text(encoding="utf8"))
    lines = ["| type | prior | range | days apart | why |", "|---|---|---|---|---|"]
    for kind, row in rows.items():
        if "p_prior" not in row:
            continue
        prior, gap = row["p_prior"], row["gap"]
        name = "every other type" if kind == "default" else event_types()[kind].label
        lines.append(
            f"| {name} | {prior['value']:g} | {prior['range'][0]:g} to {prior['range'][1]:g} | {gap['value']} "
            f"| {prior['why']} |"
        )
    return "\n".join(lines)


def count_habits() -> str:
    """Give the table of how sources count."""
    tables = tomllib.loads((ROOM / "events" / "count_habits.toml").read_text(encoding="utf8"))
    lines = [
        "| what | source | told / true, usually | log bias | its range | log spread | why |",
        "|---|---|---|---|---|---|---|",
    ]
    for what, rows in tables.items():
        for kind, row in rows.items():
            bias, spread = row["bias"], row["spread"]
            low, high = bias["range"]
            lines.append(
                f"| {what} | {kind.replace('_', ' ')} | {math.exp(bias['value']):.2g} | {bias['value']:g} "
                f"| {low:g} to {high:g} | {spread['value']:g} | {bias['why']} |"
            )
    return "\n".join(lines)


def constants(folder: str) -> str:
    """Give the table of a folder's constants: the headline's, the models'."""
    rows = tomllib.loads((ROOM / folder / "constants.toml").read_text(encoding="utf8"))
    lines = ["| constant | value | unit | range | why |", "|---|---|---|---|---|"]
    for group, values in rows.items():
        for name, row in values.items():
            if isinstance(row, dict):
                low, high = row["range"]
                values = row["value"] if isinstance(row["value"], list) else [row["value"]]
                told = ", ".join(f"{value:g}" for value in values)
                lines.append(
                    f"| {group}: {name.replace('_', ' ')} | {told} | {row['unit']} | {low:g} to {high:g} "
                    f"| {row['why']} |"
                )
    return "\n".join(lines)


def parts_of_pages() -> dict[str, dict[str, str]]:
    """Give the generated parts by page and mark."""
    return {
        "docs/codebook.md": {"types": type_pages(), "certainty": certainty_table(), "terms": term_lists()},
        "docs/codebook-defection.md": ladder_pages(),
        "docs/events.md": {
            "source-weights": source_weights(),
            "type-priors": type_priors(),
            "count-habits": count_habits(),
        },
        "docs/event-data.md": {
            "formats": format_table(),
            "sources": source_table(),
            "groups": group_list(),
            "mappings": mapping_pages(),
            "plover": plover_table(),
        },
        "docs/forecast.md": {"constants": constants("forecasting")},
        "docs/forecast-models.md": {"model-constants": constants("forecasting/models")},
        "docs/scorecard.md": {
            "bars": bar_table(shipped_scorecard().bars),
            "scores": scorecard_page(shipped_scorecard()),
            "comparisons": comparison_table(shipped_scorecard().comparisons),
        },
        "docs/mechanisms.md": {"mechanisms": mechanism_table()},
        "docs/model.md": model_page_blocks(),
        "docs/scenarios.md": {"outcomes": outcome_table(), "hypotheses": all_hypotheses()},
    }


def filled(text: str, name: str, part: str, page: str) -> str:
    """Put a generated part between its marks."""
    begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
    if begin not in text or end not in text:
        sys.exit(f"{page}: the marks '{begin}' and '{end}' are missing; put them where the part belongs")
    head, rest = text.split(begin, 1)
    return head + begin + "\n" + part.strip() + "\n" + end + rest.split(end, 1)[1]


def main() -> None:
    """Write the pages, or with --check say which are out of date."""
    stale = []
    for page, parts in parts_of_pages().items():
        path = ROOT / page
        before = after = path.read_text(encoding="utf8")
        for name, part in parts.items():
            after = filled(after, name, part, page)
        if before != after:
            stale.append(page)
            if "--check" not in sys.argv:
                path.write_text(after, encoding="utf8")
    if stale and "--check" in sys.argv:
        sys.exit(f"out of date: {', '.join(stale)}; run `make docs`")
    print("generated pages: " + (", ".join(stale) + " written" if stale else "up to date"))


if __name__ == "__main__":
    main()
