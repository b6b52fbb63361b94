"""The risk set: which weeks of which crises a break could have come in, as a rule that a program runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from garrison.forecasting.history.rule import censored, constant
from garrison.forecasting.history.timeline import days_of
from garrison.forecasting.history.windows import HORIZONS, with_windows

__all__ = ["HORIZONS", "CrisisSet", "crisis_set", "qualifying"]

WEEK_COLUMNS = ("crisis", "iso", "gw", "onset", "week", "day", "weeks_since_escalation", "event")


@dataclass(frozen=True)
class CrisisSet:
    """Crises and their weeks at risk.

    Parameters
    ----------
    weeks
        crisis, iso, gw, onset, week, day (the first), weeks_since_escalation, event (a break in this week), and
        within_30, within_90, within_365 (a break of the state in so many days from `day`; NA where the window goes
        beyond the covered time).
    crises
        crisis, iso, gw, onset, weeks, label (day of the break or None), censored.
    """

    weeks: pd.DataFrame
    crises: pd.DataFrame

    def counts(self) -> dict[str, int]:
        """Count crises, weeks at risk, breaks, and states with a break."""
        broken = self.crises[self.crises["label"].notna()]
        return {
            "crises": len(self.crises),
            "weeks": len(self.weeks),
            "events": len(broken),
            "states": int(broken["iso"].nunique()),
        }

    def rows(self) -> pd.DataFrame:
        """Give the weeks as rows of the shared form.

        Returns
        -------
        DataFrame
            iso, as_of (the first day), until (the first day after), onset, crisis, week, weeks_since_escalation, event,
            within_30, within_90, within_365.
        """
        day = days_of(self.weeks["day"])
        days = {
            "iso": self.weeks["iso"],
            "as_of": day.astype("datetime64[s]"),
            "until": (day + _week()).astype("datetime64[s]"),
            "onset": days_of(self.weeks["onset"]).astype("datetime64[s]"),
        }
        return pd.concat([pd.DataFrame(days), self.weeks.drop(columns=["iso", "gw", "day", "onset"])], axis=1)

    def by_age(self, first_weeks: Sequence[int] = (0, 1, 2, 4, 8, 13, 26, 52)) -> pd.DataFrame:
        """Count weeks at risk and breaks by weeks since the onset.

        Parameters
        ----------
        first_weeks
            First week of each class, rising; the last class is open.
        """
        edges = [*first_weeks, max(10**6, first_weeks[-1] + 1)]
        age = pd.cut(self.weeks["week"], edges, right=False, labels=list(first_weeks))
        grouped = self.weeks.groupby(age, observed=False)["event"].agg(["size", "sum"])
        return grouped.rename(columns={"size": "crisis_weeks", "sum": "events"}).rename_axis("age_from_week")


def qualifying(protests: pd.DataFrame, polyarchy: pd.DataFrame, polity: pd.DataFrame) -> pd.DataFrame:
    """Keep protests that make a crisis: demands that somebody goes, large political demands.

    Parameters
    ----------
    protests, polyarchy, polity
        As their readers give them.

    Returns
    -------
    DataFrame
        iso, gw, begin, end, autocratic: whether the state was on the day it began, by the value of the year before, the
        only one known; without any value it was not.
    """
    demands = protests[protests["removal"] | (protests["political"] & protests["large"])]
    index = {
        (iso, year): value < constant("crisis", "polyarchy_below")
        for iso, year, value in zip(polyarchy["iso"], polyarchy["year"], polyarchy["polyarchy"], strict=True)
    }
    fallback = {
        (iso, year): value <= constant("crisis", "polity2_at_most")
        for iso, year, value in zip(polity["iso"], polity["year"], polity["polity2"], strict=True)
    }
    before = [(iso, day.year - 1) for iso, day in zip(demands["iso"], demands["begin"], strict=True)]
    autocratic = [bool(index.get(key, fallback.get(key, False))) for key in before]
    return demands[["iso", "gw", "begin", "end"]].assign(autocratic=autocratic)


def crisis_set(rows: pd.DataFrame, breaks: pd.DataFrame) -> CrisisSet:
    """Run the rule: chain protests into crises, and list the weeks at risk until a break or the end.

    Parameters
    ----------
    rows
        Qualifying protests: iso, gw, begin, end, autocratic; the order does not matter.
    breaks
        Labels: iso, date.

    Returns
    -------
    CrisisSet

    Notes
    -----
    Week k of a crisis begins on onset + 7 k and is at risk while that day lies within 90 days of a protest that has
    begun (of its last day so far). A break in the week is its event and ends the crisis; protests that begin within 90
    days after it belong to its aftermath. A break outside of a crisis moves nothing. A crisis is of the set if its
    state was autocratic at its onset, and stays in it whatever the state becomes. Weeks after the last covered day are
    not at risk. Whether a week is at risk depends on nothing later than its first day.
    """
    dates_of = {str(iso): sorted(set(days)) for iso, days in breaks.groupby("iso")["date"]}
    weeks: list[tuple[object, ...]] = []
    crises: list[tuple[object, ...]] = []
    for iso, part in rows.sort_values(["iso", "begin", "end"]).groupby("iso"):
        gw = int(part["gw"].iloc[0])
        spans = list(zip(part["begin"], part["end"], strict=True))
        autocratic_on = dict(zip(part["begin"], part["autocratic"], strict=True))
        for onset, found, label in _crises_of_state(spans, dates_of.get(str(iso), [])):
            if not autocratic_on[onset]:
                continue
            name = f"{iso}-{onset}"
            # A crisis is censored where the covered time ends while it is at risk.
            open_end = label is None and found[-1][0] + timedelta(days=_week()) > censored()
            crises.append((name, iso, gw, onset, len(found), label, open_end))
            for number, (day, since) in enumerate(found):
                hit = label is not None and number == len(found) - 1
                weeks.append((name, iso, gw, onset, number, day, since, hit))
    frame = pd.DataFrame(weeks, columns=list(WEEK_COLUMNS))
    columns = ["crisis", "iso", "gw", "onset", "weeks", "label", "censored"]
    return CrisisSet(_with_outcomes(frame, breaks), pd.DataFrame(crises, columns=columns))


def _with_outcomes(weeks: pd.DataFrame, breaks: pd.DataFrame) -> pd.DataFrame:
    """Add whether a break of the state came within each horizon; unknown where the window is censored."""
    rows = pd.DataFrame({"iso": weeks["iso"], "as_of": pd.to_datetime(weeks["day"])})
    outcomes = with_windows(rows, breaks, censored())
    return pd.concat([weeks, outcomes[[f"within_{horizon}" for horizon in HORIZONS]]], axis=1)


def _week() -> int:
    return int(constant("crisis", "week"))


Span = tuple[date, date]
Crisis = tuple[date, list[tuple[date, int]], date | None]


def _crises_of_state(spans: list[Span], breaks: list[date]) -> list[Crisis]:
    """Walk through the protests of one state, in order of their beginning."""
    found: list[Crisis] = []
    rest = [(begin, end) for begin, end in spans if begin <= censored()]
    while rest:
        crisis, last = _one_crisis(rest, breaks)
        found.append(crisis)
        rest = [span for span in rest if span[0] > last]
    return found


def _one_crisis(spans: list[Span], breaks: list[date]) -> tuple[Crisis, date]:
    """Follow one crisis from its first protest; give it and the last day that it has used up."""
    onset = spans[0][0]
    days: list[tuple[date, int]] = []
    reach, latest, used = onset, onset, 0
    gap, at_risk = (timedelta(days=int(constant("crisis", key))) for key in ("longest_gap", "at_risk"))
    ended = onset
    day = onset
    while day <= censored():
        while used < len(spans) and spans[used][0] <= day and spans[used][0] <= ended + gap:
            latest = spans[used][0]
            ended = max(ended, spans[used][1])
            used += 1
        reach = min(ended, day) + at_risk
        if day > reach:
            return (onset, days, None), ended + gap
        days.append((day, (day - latest).days // _week()))
        after = day + timedelta(days=_week())
        label = next((each for each in breaks if day <= each < after and each <= censored()), None)
        if label is not None:
            pause = timedelta(days=int(constant("crisis", "re_entry")))
            return (onset, days, label), label + pause - timedelta(days=1)
        day = after
    return (onset, days, None), censored()
