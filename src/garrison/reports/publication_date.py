"""The day on which a text was published, as the text itself or its file's name states it."""

from __future__ import annotations

import re
from datetime import date

from garrison.errors import DateError
from garrison.reports.cleaning import one_line
from garrison.reports.limits import limit

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan enero ene", "february feb febrero", "march mar marzo", "april apr abril abr",
            "may mayo", "june jun junio", "july jul julio", "august aug agosto ago",
            "september sept sep septiembre setiembre", "october oct octubre", "november nov noviembre",
            "december dec diciembre dic",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = (
    r"(?:(?P<iso_year>\d{4})-(?P<iso_month>\d{2})-(?P<iso_day>\d{2})(?:[T ]\d{2}:\d{2}\S*)?"
    rf"|(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:de\s+)?(?P<month>{_MONTH})\.?,?\s+(?:de\s+)?(?P<year>\d{{4}})"
    rf"|(?P<us_month>{_MONTH})\.?\s+(?P<us_day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<us_year>\d{{4}}))"
)
_LABEL = (
    r"(?:(?:first\s+)?published|posted|publication date|date|publicado|fecha|issued|released)"
    r"(?:\s+on)?\s*:?\s+"
)
_WEEKDAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+"
    r"|(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo),?\s+)?"
)
_TIME = r"(?:[\s,|·-]*(?:at\s+)?\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\.?)?(?:\s*\(?[A-Z]{2,5}\)?)?)?"
# A line that is a date and nothing else, or says that it is the publication's.
_DATE_LINE = re.compile(rf"\W*(?:{_LABEL})?{_WEEKDAY}{_DATE}{_TIME}\W*$", re.IGNORECASE)
_LABELLED_LINE = re.compile(rf"\W*(?:by\s.{{2,60}}?[\s|·-]+)?{_LABEL}{_WEEKDAY}{_DATE}", re.IGNORECASE)
_BYLINE_WITH_DATE = re.compile(rf"by\s.{{2,60}}?[\s|·,-]+{_WEEKDAY}{_DATE}{_TIME}\W*$", re.IGNORECASE)
# CITY, 6 May 2017 (Agency) - The story starts on the same line.
_DATELINE = re.compile(
    rf"[A-ZÀ-Þ][\w .,'’À-ÿ-]{{1,60}}[,(]\s*{_WEEKDAY}{_DATE}\s*(?:\([^)]{{2,30}}\))?\s*[-–—:)]"
)
_BYLINE = re.compile(r"by\s+[A-ZÀ-Þ][^.!?]{2,70}$", re.IGNORECASE)
_IN_NAME = re.compile(r"(?<!\d)(\d{4})([-_.]?)(\d{2})\2(\d{2})(?!\d)")
_DATELINE_IGNORING_CASE = re.compile(_DATELINE.pattern, re.IGNORECASE)


def parse_day(words: str) -> date | None:
    """Read one date in words or figures: "6 May 2017", "May 6, 2017", "2017-05-06", "6 de mayo de 2017".

    Parameters
    ----------
    words
        A text that contains a date.

    Returns
    -------
    date or None
        The first date in it, None if there is none that the calendar knows.

    Examples
    --------
    >>> parse_day("Saturday, May 6th, 2017")
    datetime.date(2017, 5, 6)
    >>> parse_day("2017-02-30") is None
    True
    """
    found = re.search(_DATE, words, re.IGNORECASE)
    return _day_of(found) if found else None


def _day_of(found: re.Match[str]) -> date | None:
    parts = found.groupdict()
    year = parts["iso_year"] or parts["year"] or parts["us_year"]
    word = parts["month"] or parts["us_month"]
    month = _MONTHS[word.lower()] if word else int(parts["iso_month"])
    return _calendar_day(int(year), month, int(parts["iso_day"] or parts["day"] or parts["us_day"]))


def _calendar_day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if found.year >= limit("earliest_year") else None


def date_in_head(text: str) -> date | None:
    r"""Find the publication date that stands above a text or in its dateline.

    Only a line that is a date, says that it is the publication's, or opens as a dateline does is believed: a
    date inside a sentence belongs to the story.

    Parameters
    ----------
    text
        Cleaned text.

    Returns
    -------
    date or None
        None if the head states none.

    Examples
    --------
    >>> date_in_head("Troops stay away\n\nPublished: 6 May 2017\n\nThe army ...")
    datetime.date(2017, 5, 6)
    >>> date_in_head("On 11 April 2002 the generals removed him.") is None
    True
    """
    lines = [line.strip() for line in text[:8000].split("\n")]
    for line in [line for line in lines if line][: int(limit("head_lines"))]:
        for form in (_DATE_LINE, _LABELLED_LINE, _BYLINE_WITH_DATE, _DATELINE_IGNORING_CASE):
            found = form.match(line)
            if found and (form is not _DATELINE_IGNORING_CASE or _opens_as_dateline(line)):
                day = _day_of(found)
                if day:
                    return day
    return None


def _opens_as_dateline(line: str) -> bool:
    # A dateline's place is a name: "CARACAS," or "San Cristóbal,", never "Since then, on 6 May 2017 - ...".
    place = re.split(r"[,(]", line, maxsplit=1)[0].split()
    return 0 < len(place) <= 4 and all(word[0].isupper() for word in place)


def is_head_line(line: str) -> bool:
    """Say whether a line above a text is a byline or a date line, and so no part of the story.

    Parameters
    ----------
    line
        One line.

    Returns
    -------
    bool
        False for a dateline, on whose line the story begins.

    Examples
    --------
    >>> is_head_line("By our correspondent in Lima"), is_head_line("By noon the square was full.")
    (True, False)
    """
    line = line.strip()
    return bool(_DATE_LINE.match(line) or _BYLINE_WITH_DATE.match(line) or _BYLINE.match(line)) or bool(
        _LABELLED_LINE.match(line) and len(line) <= 120
    )


def date_in_name(name: str) -> date | None:
    """Find an ISO date in a file's name.

    Parameters
    ----------
    name
        The file's name, with or without its ending.

    Returns
    -------
    date or None
        The first that the calendar knows.

    Examples
    --------
    >>> date_in_name("venezuela-2017-05-07.txt"), date_in_name("notes_20110214.txt")
    (datetime.date(2017, 5, 7), datetime.date(2011, 2, 14))
    >>> date_in_name("report-2017-13-45.txt") is None
    True
    """
    for found in _IN_NAME.finditer(name):
        day = _calendar_day(int(found[1]), int(found[3]), int(found[4]))
        if day:
            return day
    return None


def check_not_future(day: date, what: str, today: date) -> None:
    """Refuse a date after today's.

    Parameters
    ----------
    day
        The date.
    what
        What states it, as the message shall call it.
    today
        Today's date.

    Raises
    ------
    DateError
        If `day` is later than `today`.

    Examples
    --------
    >>> check_not_future(date(2031, 1, 1), "--as-of", date(2030, 1, 1))
    Traceback (most recent call last):
    garrison.errors.DateError: --as-of: 2031-01-01 is in the future; give a date up to 2030-01-01
    """
    if day > today:
        raise DateError(f"{one_line(what)}: {day} is in the future; give a date up to {today}")
