"""The parameter tables of the documentation, written from the TOML files."""

from __future__ import annotations

from garrison.regime.conditions import known_conditions
from garrison.regime.levers import known_levers
from garrison.regime.priors import Prior, interactions, loading_priors, priors, product_priors


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
    """Write every parameter, loading, interaction, condition and lever as Markdown tables.

    Returns
    -------
    str
        Five tables with their headings, the same bytes each time.

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
    lines += ["", "### Levers", "", *_head("lever", "what it is", "unit", "range", "sign", "moves", "why")]
    for lever in known_levers().values():
        moves = "; ".join(f"{on} {per_unit:+g} ({how})" for on, how, per_unit in lever.effects)
        sign = {-1: "-", 0: "ambiguous", 1: "+"}[lever.sign]
        bounds = f"{lever.low:g} to {lever.high:g}"
        lines.append(_row(lever.name, lever.meaning, lever.unit, bounds, sign, moves, lever.why))
    return "\n".join(lines) + "\n"
