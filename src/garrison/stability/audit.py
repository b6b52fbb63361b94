"""The figures that the page on the model shows, written by the code that they speak of."""

from __future__ import annotations

import numpy as np

from garrison.engines import ATTRACTORS, order_table
from garrison.regime import COHORTS, draw_parameters, parameter_table
from garrison.stability.admission import prior_predictive, targets
from garrison.stability.attractors import attractors
from garrison.stability.ensemble import admit, ensemble
from garrison.stability.reproduction import reproduction_number
from garrison.stability.width import width_doubling

FIGURES = {
    "p_break_30": "break within 30 days",
    "p_break_90": "break within 90 days",
    "first_week": "breaks within 182 days that fall into the first week",
}


def audit_table(n_runs: int = 4000, *, seed: int = 1) -> str:
    """Write what the priors imply before any report is read, as Markdown.

    Parameters
    ----------
    n_runs
        Runs of the ensemble.
    seed
        Seed of draws and pushes.

    Returns
    -------
    str
        Two tables: the prior predictive beside the crisis library, and what kind of regimes the ensemble holds.

    Examples
    --------
    >>> audit_table(50).splitlines()[0]
    '| figure | model (standard error) | crisis library |'
    """
    parameters = ensemble(n_runs, seed=seed)
    found = prior_predictive(parameters, seed=seed)
    lines = ["| figure | model (standard error) | crisis library |", "|---|---|---|"]
    for name, words in FIGURES.items():
        low, high = targets()[name]
        cell = f"{found.figures[name]:.3f} ({found.errors[name]:.3f})"
        lines.append(f"| {words} | {cell} | {low:.3f} to {high:.3f} |")
    audit = width_doubling(n_runs, seed=seed)
    lines += ["", "| figure | value |", "|---|---|"]
    lines.append(f"| runs, seed | {n_runs}, {seed} |")
    lines.append(f"| share of draws admitted | {admit(draw_parameters(n_runs, seed=seed)).mean():.2f} |")
    low, middle, high = np.quantile(reproduction_number(parameters), [0.05, 0.5, 0.95])
    lines.append(f"| R_D at rest: median (90% band) | {middle:.2f} ({low:.2f} to {high:.2f}) |")
    for place, cohort in enumerate(COHORTS):
        low, middle, high = np.quantile(parameters.rest.shares[:, place], [0.05, 0.5, 0.95])
        cell = f"{middle:.2%} ({low:.2%} to {high:.2%})"
        lines.append(f"| {cohort} defying openly at rest: median (90% band) | {cell} |")
    states = attractors(parameters)
    for name in ATTRACTORS:
        lines.append(f"| regimes that have {name} as an attractor | {states.has(name).mean():.2f} |")
    hollow = f"{found.n_hollow / found.n_runs:.3f}"
    lines.append(f"| crises in which the ranks refuse while officers stay, within 182 days | {hollow} |")
    lines.append(f"| P(break in 90 days), priors as written | {audit.p_as_written:.3f} |")
    lines.append(f"| P(break in 90 days), all priors twice as wide | {audit.p_doubled:.3f} |")
    return "\n".join(lines) + "\n"


def model_page_blocks() -> dict[str, str]:
    """Give the generated parts of `docs/model.md` by name; each stands between its `begin` and `end` marks.

    Returns
    -------
    dict
        `order-of-a-day`, `audit`, `parameters`: Markdown, the same at each call.

    Examples
    --------
    >>> sorted(model_page_blocks())
    ['audit', 'order-of-a-day', 'parameters']
    """
    return {"order-of-a-day": order_table(), "audit": audit_table(), "parameters": parameter_table()}
