"""The figures that the page on the model shows, written by the code that they speak of."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from garrison.engines import ATTRACTORS, line_table, order_table
from garrison.errors import UndefinedError
from garrison.regime import COHORTS, draw_parameters, known_conditions, parameter_table
from garrison.stability.admission import prior_predictive, targets
from garrison.stability.attractors import attractors
from garrison.stability.early_warning import early_warning_table
from garrison.stability.ensemble import admit, ensemble
from garrison.stability.fold import fold
from garrison.stability.reproduction import leading_class, reproduction_number, who_infects_whom
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
        Three tables: the prior predictive beside the crisis library; the routes of its breaks, which no library
        codes; and what kind of regimes the ensemble holds.

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
    lines += ["", "| who had first a quarter of a class defying openly, of all breaks | share |", "|---|---|"]
    lines += [f"| {name} | {share:.2f} |" for name, share in found.routes.items()]
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


def fold_table(n_runs: int = 400, *, seed: int = 1) -> str:
    """Write where the quiet state ends along each condition, as Markdown.

    Parameters
    ----------
    n_runs
        Runs of the ensemble.
    seed
        Seed of the draws.

    Returns
    -------
    str
        One row a condition: range, share of regimes with a fold in it, and where it lies.

    Examples
    --------
    >>> fold_table(5).splitlines()[0]
    '| condition | range | regimes that have a fold in it | value at the fold: median (90% band) |'
    """
    parameters = ensemble(n_runs, seed=seed)
    lines = [
        "| condition | range | regimes that have a fold in it | value at the fold: median (90% band) |",
        "|---|---|---|---|",
    ]
    for name, item in known_conditions().items():
        try:
            found = fold(parameters, name).value
        except UndefinedError:
            lines.append(f"| {name} | {item.low:g} to {item.high:g} | - | works through slow stocks alone |")
            continue
        inside = found[np.isfinite(found)]
        cell = "-"
        if len(inside):
            low, middle, high = np.quantile(inside, [0.05, 0.5, 0.95])
            cell = f"{middle:.2f} ({low:.2f} to {high:.2f})"
        lines.append(f"| {name} | {item.low:g} to {item.high:g} | {len(inside) / n_runs:.2f} | {cell} |")
    return "\n".join(lines) + "\n"


def leaders_table(n_runs: int = 4000, *, seed: int = 1) -> str:
    """Write who infects whom and who would lead, over an ensemble, as Markdown.

    Parameters
    ----------
    n_runs
        Runs of the ensemble.
    seed
        Seed of the draws.

    Returns
    -------
    str
        One row a class: new defectors in it for each defector of each class (medians), and how often it would lead.

    Examples
    --------
    >>> leaders_table(5).splitlines()[0]
    '| new defectors among | by civilians | by troops | by officers | by elite | would lead in |'
    """
    parameters = ensemble(n_runs, seed=seed)
    middle = np.median(who_infects_whom(parameters), axis=0)
    leads = leading_class(parameters)
    heads = ("new defectors among", *(f"by {name}" for name in COHORTS), "would lead in")
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    for place, name in enumerate(COHORTS):
        cells = " | ".join(f"{number:.3f}" for number in middle[place])
        lines.append(f"| {name} | {cells} | {(leads == name).mean():.2f} |")
    return "\n".join(lines) + "\n"


BLOCKS: dict[str, Callable[[], str]] = {
    "order-of-a-day": order_table,
    "outcomes": line_table,
    "audit": audit_table,
    "who-infects-whom": leaders_table,
    "folds": fold_table,
    "early-warning": early_warning_table,
    "parameters": parameter_table,
}
"""What writes each generated part of `docs/model.md`, by the name of its marks."""


def model_page_blocks() -> dict[str, str]:
    """Give the generated parts of `docs/model.md` by name; each stands between its `begin` and `end` marks.

    Returns
    -------
    dict
        Name (see `BLOCKS`) to Markdown, the same at each call. It takes a minute.

    Examples
    --------
    >>> sorted(BLOCKS)
    ['audit', 'early-warning', 'folds', 'order-of-a-day', 'outcomes', 'parameters', 'who-infects-whom']
    """
    return {name: write() for name, write in BLOCKS.items()}
