"""Spells of regimes, by REIGN, which carries on the classes of Geddes, Wright and Frantz."""

from __future__ import annotations

import re
from datetime import date, datetime

import pandas as pd

from garrison.errors import TableError
from garrison.forecasting.history.reign_rows import LAST_DAY, reign_rows
from garrison.forecasting.history.sources import Path_

#: The words that the names of types are made of ("party-personal-military", "provisional military").
WORDS = frozenset(
    [
        "based",
        "civilian",
        "foreign",
        "indirect",
        "military",
        "monarchy",
        "occupied",
        "oligarchy",
        "parliamentary",
        "party",
        "personal",
        "presidential",
        "provisional",
        "warlordism",
    ]
)

#: The words that are read, each a column.
CLASSES = ("military", "personal", "party", "monarchy")


def read_regimes(path: Path_, *, any_version: bool = False) -> pd.DataFrame:
    """Read spells of regimes: columns iso, gw, begin, end, type, military, personal, party, monarchy, line.

    Parameters
    ----------
    path
        The list of regimes; `cowcode` is the Correlates of War's number.
    any_version
        Read a file of another version too.

    Returns
    -------
    DataFrame
        Spells that began before 2020. `end` is the day of the change, the greatest day there is where that came after
        2019. A mixed type ("military personal") has every class that its name holds.

    Raises
    ------
    TableError
        For an unknown state or type, what is no day, or a spell that ends before it begins.
    """
    frame = reign_rows(path, "reign_regimes", "cowcode", any_version=any_version)
    for column, written in (("begin", "gwf_startdate"), ("end", "gwf_enddate")):
        pairs = zip(frame["line"], frame[written], strict=True)
        days = [_day(str(text), line, path) for line, text in pairs]
        frame[column] = pd.Series(days, index=frame.index, dtype="object")
    frame = frame[[day <= LAST_DAY for day in frame["begin"]]].copy()
    _check(frame, path)
    frame["end"] = [day if day <= LAST_DAY else date.max for day in frame["end"]]
    frame["type"] = frame["gwf_regimetype"]
    for word in CLASSES:
        frame[word] = [word in _words(name) for name in frame["type"]]
    return frame[["iso", "gw", "begin", "end", "type", *CLASSES, "line"]]


def _words(name: str) -> list[str]:
    return re.split(r"[ -]+", name)


def _day(text: str, line: int, path: Path_) -> date:
    try:
        return datetime.strptime(text, "%m/%d/%Y").date()
    except ValueError:
        raise TableError(f"{path}, line {line}: '{text}' is no day; write month/day/year") from None


def _check(frame: pd.DataFrame, path: Path_) -> None:
    for line, name in zip(frame["line"], frame["gwf_regimetype"], strict=True):
        if not WORDS.issuperset(_words(name)):
            raise TableError(
                f"{path}, line {line}: gwf_regimetype '{name}' is no known type; known are the words "
                f"{', '.join(sorted(WORDS))}"
            )
    wrong = frame[[end < begin for begin, end in zip(frame["begin"], frame["end"], strict=True)]]
    if len(wrong):
        raise TableError(
            f"{path}, line {wrong.iloc[0]['line']}: a regime ends before it begins; swap the days"
        )
