"""The ledger's forecasts as a flat table, one row each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from garrison.forecasting.ledger.entry import Entry, ForecastEntry, Resolution
from garrison.forecasting.ledger.scores import is_live


def rows_of(found: Iterable[tuple[Entry, Resolution | None]]) -> list[dict[str, Any]]:
    """Give forecasts and what came of them as flat rows.

    Parameters
    ----------
    found
        From `Ledger.forecasts`.
    """
    return [_row(entry, resolution) for entry, resolution in found]


def frame_of(found: Iterable[tuple[Entry, Resolution | None]]) -> Any:
    """Give forecasts and what came of them as a pandas frame; without any it has the columns alone."""
    import pandas as pd

    return pd.DataFrame(rows_of(found), columns=list(COLUMNS))


#: In the order of the table.
COLUMNS = (
    "number", "written", "timing", "country", "target", "target_version", "as_of", "vintage", "horizon_days", "due",
    "p", "low50", "high50", "low90", "high90", "base_rate", "base_rate_rule", "model_p", "model_low90",
    "model_high90", "outcome", "resolved", "resolver", "source", "reason", "seed", "package_version", "n_inputs",
    "settings_sha256", "note", "sha256",
)  # fmt: skip


def _row(entry: Entry, resolution: Resolution | None) -> dict[str, Any]:
    content = entry.content
    assert isinstance(content, ForecastEntry)
    model = content.model_band90 or (None, None)
    values = (
        entry.number, entry.written, "live" if is_live(entry) else "late", content.country, content.target,
        content.target_version, content.as_of, content.vintage, content.horizon_days, content.due, content.p,
        *content.band50, *content.band90, content.base_rate, content.base_rate_rule, content.model_p, *model,
        resolution.outcome if resolution else None, resolution.resolved if resolution else None,
        resolution.resolver if resolution else content.resolver.name, resolution.source if resolution else None,
        resolution.reason if resolution else None, content.seed, content.package_version, len(content.inputs),
        content.settings_sha256, content.note, entry.sha256,
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def line_of(entry: Entry, resolution: Resolution | None) -> str:
    """Say a forecast and what came of it in a line."""
    content = entry.content
    assert isinstance(content, ForecastEntry)
    model = f", model {content.model_p:.1%}" if content.model_p is not None else ""
    came = f"settled {resolution.outcome}" if resolution else "open"
    return (
        f"{entry.number:>4}  {content.country}  {content.target}  {content.as_of} to {content.due}  "
        f"{content.p:.1%} (base rate {content.base_rate:.1%}{model})  {came}"
    )
