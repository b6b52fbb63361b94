"""Protests listed by the Mass Mobilization Project."""

from __future__ import annotations

import re

import pandas as pd

from garrison.errors import TableError
from garrison.forecasting.history.columns import add_states, dates
from garrison.forecasting.history.rule import constant, words
from garrison.forecasting.history.sources import Path_, read_table

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")


def is_large(category: str, told: str) -> bool:
    """Say whether at least 10,000 took part, by the size class or else by how the number was told.

    Of a range its lower end counts; what is told as fewer than, nearly or up to a number stays below it.

    Parameters
    ----------
    category
        Size class, empty where the project has none.
    told
        The number in the words of the source.

    Examples
    --------
    >>> is_large(">10000", ""), is_large("", "tens of thousands"), is_large("", "12,000"), is_large("", "about 900")
    (True, True, True, False)
    >>> is_large("5000-10000", "10000"), is_large("", "1500-10000"), is_large("", "nearly 10,000")
    (True, False, False)
    """
    if category in words("crisis", "large_categories"):
        return True
    text = told.lower()
    if any(phrase in text for phrase in words("crisis", "large_words")):
        return True
    first = _NUMBER.search(text)
    if first is None:
        return False
    number, least = int(first.group().replace(",", "")), constant("crisis", "large_protest")
    below = any(phrase in text for phrase in words("crisis", "short_words"))
    return number > least if below else number >= least


def read_protests(path: Path_, *, any_version: bool = False) -> pd.DataFrame:
    """Read protests: columns iso, gw, begin, end, removal, political, large, violent, killings, line.

    States go by their names: the project's numbers are those of no list throughout.
    """
    frame = read_table(path, "mass_mobilization", any_version=any_version)
    frame["begin"] = dates(frame, "start_date", path, "mass_mobilization")
    frame["end"] = dates(frame, "end_date", path, "mass_mobilization")
    wrong = frame[[end < begin for begin, end in zip(frame["begin"], frame["end"], strict=True)]]
    if len(wrong):
        raise TableError(
            f"{path}, line {wrong.iloc[0]['line']}: a protest ends before it begins; swap the days"
        )
    frame = add_states(frame, "country", "name", path, ("ccode", "cow"))
    frame["removal"] = ~frame["removal_of_politician"].isin(["0", "0.0", ""])
    frame["political"] = frame["political_behavior_process"].isin(["1", "1.0"])
    pairs = zip(frame["participants_category"], frame["participants"], strict=True)
    frame["large"] = [is_large(str(category), str(told)) for category, told in pairs]
    frame["violent"] = frame["protesterviolence"].isin(["1", "1.0"])
    frame["killings"] = frame["killings"].isin(["1", "1.0"])
    return frame[
        ["iso", "gw", "begin", "end", "removal", "political", "large", "violent", "killings", "line"]
    ]
