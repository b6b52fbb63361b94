"""What counts as a dated, coup-type break: entries of four lists, merged, under three rules side by side."""

from __future__ import annotations

from datetime import date

import pandas as pd

from garrison.errors import ParameterError, nearest
from garrison.forecasting.history.rule import constant, words

#: The four lists, in the order in which they are named.
LISTS = ("powell_thyne", "colpus", "cline", "archigos")
LABEL_SETS = ("strict", "two_of_four", "strict+cases")


def entries(
    powell_thyne: pd.DataFrame,
    colpus: pd.DataFrame,
    cline: pd.DataFrame,
    archigos: pd.DataFrame,
    cases: pd.DataFrame,
) -> pd.DataFrame:
    """Put the entries of all lists that count as a break under one another.

    Parameters
    ----------
    powell_thyne, colpus, cline, archigos, cases
        As their readers give them.

    Returns
    -------
    DataFrame
        iso, gw, date, source: every Powell & Thyne attempt, Colpus's military coups, Cline's coups and attempts by
        military or dissidents, Archigos's removals by the military, hand-dated decisions of the forces.
    """
    by_forces = cline["kind"].isin(words("labels", "cline_kinds")) & (cline["military"] | cline["dissident"])
    parts = {
        "powell_thyne": powell_thyne,
        "colpus": colpus[colpus["military"]],
        "cline": cline[by_forces],
        "archigos": archigos[archigos["by_military"]],
        "cases": cases[cases["outcome"].isin(words("labels", "case_outcomes"))],
    }
    tables = [part[["iso", "gw", "date"]].assign(source=name) for name, part in parts.items()]
    return pd.concat(tables, ignore_index=True)


def merged(listed: pd.DataFrame) -> pd.DataFrame:
    """Merge entries of a state whose dates lie within 14 days of the first.

    Parameters
    ----------
    listed
        iso, gw, date, source.

    Returns
    -------
    DataFrame
        iso, gw, date (the first), sources (names in order, joined by +), n_lists (of the four), by state and day.

    Examples
    --------
    >>> listed = pd.DataFrame({"iso": "MLI", "gw": 432, "date": [date(2012, 3, 22), date(2012, 3, 21)],
    ...                        "source": ["archigos", "colpus"]})
    >>> merged(listed)[["date", "sources", "n_lists"]].values.tolist()
    [[datetime.date(2012, 3, 21), 'colpus+archigos', 2]]
    """
    span = constant("labels", "merge")
    events: list[tuple[str, int, date, set[str]]] = []
    ordered = listed.sort_values(["iso", "date", "source"])
    rows = zip(ordered["iso"], ordered["gw"], ordered["date"], ordered["source"], strict=True)
    for iso, gw, day, source in rows:
        if events and events[-1][0] == iso and (day - events[-1][2]).days <= span:
            events[-1][3].add(source)
        else:
            events.append((iso, int(gw), day, {source}))
    names = (*LISTS, "cases")
    return pd.DataFrame(
        {
            "iso": [event[0] for event in events],
            "gw": [event[1] for event in events],
            "date": [event[2] for event in events],
            "sources": ["+".join(name for name in names if name in event[3]) for event in events],
            "n_lists": [len(event[3] & set(LISTS)) for event in events],
        }
    )


def labels(listed: pd.DataFrame, label_set: str = "strict") -> pd.DataFrame:
    """Give the breaks under one rule of what counts as one.

    Parameters
    ----------
    listed
        As `entries` gives it.
    label_set
        `strict` (any of the four lists), `two_of_four`, `strict+cases` (adds hand-dated decisions).

    Returns
    -------
    DataFrame
        iso, gw, date, sources, n_lists.

    Raises
    ------
    ParameterError
        For an unknown label set.
    """
    if label_set not in LABEL_SETS:
        raise ParameterError(f"label set '{label_set}' is unknown. {nearest(label_set, LABEL_SETS)}")
    if label_set == "strict+cases":
        return merged(listed)
    events = merged(listed[listed["source"] != "cases"])
    least = 2 if label_set == "two_of_four" else 1
    return events[events["n_lists"] >= least].reset_index(drop=True)
