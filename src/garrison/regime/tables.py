"""The parameter tables of the documentation, written from the TOML files."""

from __future__ import annotations

import math

from garrison.regime.conditions import known_conditions
from garrison.regime.levers.known_levers import known_levers, moved_things
from garrison.regime.priors import Prior, interactions, loading_priors, priors, product_priors
from garrison.regime.value_tables import economy_and_force_tables


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "/").replace("\n", " ") for cell in cells) + " |"


def _head(*cells: str) -> list[str]:
    return [_row(*cells), "|" + "---|" * len(cells)]


def _prior_row(prior: Prior, name: str) -> str:
    return _row(name, prior.words(), prior.unit, f"{prior.low:g} to {prior.high:g}", prior.source, prior.why)


def _loading_rows() -> list[str]:
    lines = _head("driver", "cohort", "sign", "prior", "source", "why")
    for (cohort, driver), prior in loading_priors().items():
        sign = "+" if prior.sign > 0 else "-"
        lines.append(_row(driver, cohort, sign, prior.words(), prior.source, prior.why))
    for (cohort, name), prior in product_priors().items():
        sign = "+" if prior.sign > 0 else "-"
        pair = next(" x ".join(item.product) for item in interactions() if item.name == name)
        lines.append(_row(f"{name} ({pair})", cohort, sign, prior.words(), prior.source, prior.why))
    return lines


def parameter_table() -> str:
    """Write every number of the model as Markdown tables: priors, loadings, conditions, levers, economy, forces.

    Returns
    -------
    str
        Eight tables with their headings, the same bytes each time.

    Examples
    --------
    >>> parameter_table().splitlines()[0]
    '### Scalar parameters'
    """
    lines = ["### Scalar parameters", "", *_head("parameter", "prior", "unit", "range", "source", "why")]
    lines += [_prior_row(prior, prior.key) for prior in priors().values()]
    lines += ["", "### Loadings and products (probit units)", "", *_loading_rows()]
    lines += ["", "### Drivers that bend with belief", "", *_head("driver", "becomes", "source", "why")]
    for item in interactions():
        if item.modifies:
            bent = f"{item.modifies} x (1 - {-item.belief_factor:g} B)".replace("1 B)", "B)")
            lines.append(_row(item.modifies, bent, item.source, item.why))
    lines += ["", "### Conditions", ""]
    lines += _head("condition", "symbol", "range", "wide", "reference", "unit", "source", "why")
    for one in known_conditions().values():
        bounds, wide = f"{one.low:g} to {one.high:g}", f"{one.wide[0]:g} to {one.wide[1]:g}"
        words = (one.unit, one.source, one.why)
        lines.append(_row(one.name, one.symbol, bounds, wide, f"{one.reference:g}", *words))
    return "\n".join([*lines, "", *_lever_rows(), "", *_moved_rows(), "", *economy_and_force_tables()]) + "\n"


def _lever_rows() -> list[str]:
    lines = ["### Levers", ""]
    lines += _head(
        "lever", "what it is", "group", "unit", "range", "sign", "pledge", "moves", "source", "why"
    )
    for lever in known_levers().values():
        moves = "; ".join(f"{on} {per_unit:+.3g} ({how})" for on, how, per_unit in lever.effects)
        sign = {-1: "-", 0: "ambiguous", 1: "+"}[lever.sign]
        bounds = f"{lever.low:g} to {lever.high:g} ({lever.range_reason})"
        pledge = "yes" if lever.pledge else "no"
        words = (lever.group, lever.unit, bounds, sign, pledge, moves, lever.source, lever.why)
        lines.append(_row(lever.name, lever.meaning, *words))
    return lines


def _moved_rows() -> list[str]:
    lines = [
        "### What levers move",
        "",
        *_head("moved", "what it is", "unit", "limits of all levers together"),
    ]
    for one in moved_things().values():
        limits = "none" if math.isinf(one.low) else f"{one.low:g} to {one.high:g}"
        lines.append(_row(one.name, one.meaning, one.unit, limits.replace("to inf", "and more")))
    return lines
