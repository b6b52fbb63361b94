"""The query that makes events of cells: typed casts, checks, and the mapping rules of a format, in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from garrison.events.formats.format_file import Counted, Format, Party, Rule, groups
from garrison.events.formats.limits import limit

#: A state as a whole and its organs; of another country, they are that foreign state.
_STATE = ("MIL", "GRD", "COP", "SPY", "PRM", "GOV", "LEG", "JUD")


def _word(text: str) -> str:
    """Quote a string for SQL."""
    return "'" + text.replace("'", "''") + "'"


def cell_name(column: str) -> str:
    """Give the name that a column of a file has in the query, where it cannot be taken for one of ours.

    Examples
    --------
    >>> cell_name("id")
    'c:id'
    """
    return f"c:{column}"


def _cell(column: str) -> str:
    """Quote a column of the file for SQL."""
    return '"' + cell_name(column).replace('"', '""') + '"'


def _list(words: Sequence[str]) -> str:
    return "(" + ", ".join(map(_word, words)) + ")"


def needed_columns(kind: Format) -> tuple[str, ...]:
    """List the columns of a file that its format reads, each once.

    Examples
    --------
    >>> from garrison.events.formats.format_file import format_named
    >>> "GoldsteinScale" in needed_columns(format_named("gdelt_2"))
    False
    """
    dates, place = kind.dates, kind.place
    found = [*kind.id, *kind.code, *kind.summary, *dates.start, *dates.end, *dates.published, *kind.skip]
    found += [name for name in (kind.sources, kind.n_sources, dates.precision) if name]
    found += [one.column for one in place.country] + [*place.names, *place.text]
    found += [name for name in (place.latitude, place.longitude) if name]
    for party in (kind.actor, kind.target):
        found += [party.name, *party.sector, *(one.column for one in party.country), *(party.bare or ())]
    found += [column for made in kind.made.values() for column in (*made.join, *made.flags)]
    found += [
        column for rule in (*kind.rules, *kind.also) for column in rule.where if column not in kind.made
    ]
    found += [column for count in kind.counts for column in (count.low, count.high)]
    return tuple(dict.fromkeys(found))


def _date(columns: Sequence[str], forms: Sequence[str]) -> str:
    """Read a day from one column, or from year, month and day; null where it is none."""
    if len(columns) == 1:
        cell = f"trim({_cell(columns[0])})"
    else:
        parts = [f"regexp_replace(trim({_cell(column)}), '\\.0$', '')" for column in columns]
        cell = " || '-' || ".join(parts)
    if list(forms) == ["epoch"]:
        return f"CAST(to_timestamp(TRY_CAST({cell} AS DOUBLE)) AT TIME ZONE 'UTC' AS DATE)"
    return f"CAST(try_strptime({cell}, [{', '.join(map(_word, forms))}]) AS DATE)"


def _published(kind: Format) -> str:
    """Read the day of the report; where none is told, the event's own last day."""
    dates = kind.dates
    if not dates.published:
        return "last_day"
    cells = ", ".join(f"nullif(trim({_cell(column)}), '')" for column in dates.published)
    told = _date(dates.published, dates.published_forms)
    return f"CASE WHEN coalesce({cells}) IS NULL THEN last_day ELSE {told} END"


def _widened(kind: Format) -> str:
    dates = kind.dates
    if not dates.precision or not dates.widen:
        return "0"
    cell = f"regexp_replace(trim({_cell(dates.precision)}), '\\.0$', '')"
    cases = " ".join(f"WHEN {_word(value)} THEN {days}" for value, days in dates.widen.items())
    return f"CASE {cell} {cases} ELSE 0 END"


def _first(columns: Sequence[str]) -> str:
    cells = [f"nullif(trim({_cell(column)}), '')" for column in columns]
    return f"coalesce({', '.join(cells)})" if cells else "CAST(NULL AS VARCHAR)"


def _sector(party: Party, which: str) -> str:
    """Give a party's sector: FOR if it is a state, or an organ of a state, of another country."""
    sector, home = f'"@{which}_sector"', f'"@{which}_country"'
    bare = "FALSE"
    if party.bare:
        one, other = (f"upper(trim({_cell(column)}))" for column in party.bare)
        bare = f"coalesce({one} = {other}, FALSE)"
    plain = f"CASE WHEN {sector} IS NULL AND {home} IS NOT NULL AND {bare} THEN 'GOV' ELSE {sector} END"
    foreign = f'{home} <> "@country" AND ({sector} IN {_list(_STATE)} OR ({sector} IS NULL AND {bare}))'
    return f"CASE WHEN {foreign} THEN 'FOR' ELSE {plain} END"


def _members(named: Sequence[str]) -> tuple[str, ...]:
    return tuple(sector for name in named for sector in groups().get(name, (name,)))


def _fits(rule: Rule, kind: Format) -> str:
    """Write the condition under which a rule holds; `@rules` tells by bits which rules the row's code fits."""
    place = [*kind.rules, *kind.also].index(rule)
    tests = [f'("@rules" & {1 << place}) > 0' if "*" not in rule.codes else None]
    tests.append(f"actor_sector IN {_list(_members(rule.actor))}" if rule.actor else None)
    tests.append(f"target_sector IN {_list(_members(rule.target))}" if rule.target else None)
    if rule.deaths is not None:
        tests.append("n_deaths > 0" if rule.deaths else "coalesce(n_deaths, 0) = 0")
    for column, pattern in rule.where.items():
        cell = f"made_{column}" if column in kind.made else _cell(column)
        tests.append(f"regexp_matches({cell}, {_word(pattern)}, 'i')")
    return " AND ".join(test for test in tests if test) or "TRUE"


def _type(rules: Sequence[Rule], kind: Format) -> str:
    """Write the first of some rules that holds, as the place of the rule; null where none does."""
    cases = " ".join(f"WHEN {_fits(rule, kind)} THEN {place}" for place, rule in enumerate(rules))
    return f"CASE {cases} END" if cases else "CAST(NULL AS INTEGER)"


def _made(kind: Format) -> list[str]:
    columns = []
    for name, made in kind.made.items():
        cells = [f"nullif(trim({_cell(column)}), '')" for column in made.join]
        cells += [
            f"CASE WHEN regexp_matches(trim({_cell(column)}), '^1(\\.0)?$') THEN {_word(column)} END"
            for column in made.flags
        ]
        columns.append(f"concat_ws('; ', {', '.join(cells)}) AS made_{name}")
    return columns


def _count(count: Counted, bound: int) -> str:
    column = (count.low, count.high)[bound]
    if count.ranges:
        cases = [
            f"WHEN {_word(words)} THEN {'NULL' if ends[bound] is None else ends[bound]}"
            for words, ends in count.ranges.items()
        ]
        return f"CAST(CASE trim({_cell(column)}) {' '.join(cases)} END AS DOUBLE)"
    return f"TRY_CAST({_cell(column)} AS DOUBLE)"


def _counts(kind: Format) -> list[str]:
    columns = []
    for place, count in enumerate(kind.counts):
        columns += [f"{_count(count, 0)} AS low_{place}", f"{_count(count, 1)} AS high_{place}"]
    deaths = next((place for place, count in enumerate(kind.counts) if count.of == "deaths"), None)
    columns.append(f"high_{deaths} AS n_deaths" if deaths is not None else "CAST(NULL AS DOUBLE) AS n_deaths")
    return columns


def problems_of(kind: Format) -> list[tuple[str, str, str]]:
    """List what sets a row aside: the condition in SQL, the column, the reason.

    Examples
    --------
    >>> from garrison.events.formats.format_file import format_named
    >>> [column for _, column, _ in problems_of(format_named("icews"))]
    ['Event ID', 'Event Date', 'Event Date', 'Latitude', 'Longitude']
    """
    dates, place = kind.dates, kind.place
    start, end = " and ".join(dates.start), " and ".join(dates.end)
    earliest, latest = limit("earliest_year"), limit("latest_year")
    found = []
    if kind.id:
        missing = " OR ".join(f"nullif(trim({_cell(column)}), '') IS NULL" for column in kind.id)
        found.append((missing, " and ".join(kind.id), "is empty; every row needs its id"))
    written = _forms_said(dates.forms)
    found.append(("date_start IS NULL", start, f"is no date; write it as {written}"))
    if dates.end:
        found.append(("date_end IS NULL", end, f"is no date; write it as {written}"))
        found.append(("date_end < date_start", end, "lies before the beginning; mend one of the dates"))
    outside = f"year(date_start) NOT BETWEEN {earliest} AND {latest} OR year(date_end) > {latest}"
    found.append((outside, start, f"is no year between {earliest} and {latest}; mend the date"))
    if dates.published:
        told = " and ".join(dates.published)
        form = _forms_said(dates.published_forms)
        found.append(("published IS NULL", told, f"is no date; write it as {form}"))
        found.append(("published < day", told, "lies before the event; a report cannot tell what is to come"))
    if place.latitude and place.longitude:
        for column, value, most in ((place.latitude, "latitude", 90), (place.longitude, "longitude", 180)):
            given = f"nullif(trim({_cell(column)}), '') IS NOT NULL"
            bad = f"{given} AND ({value} IS NULL OR isnan({value}) OR abs({value}) > {most})"
            found.append((bad, column, f"is no degree between -{most} and {most}; mend it or leave it empty"))
    return found


def _forms_said(forms: Sequence[str]) -> str:
    if list(forms) == ["epoch"]:
        return "seconds since 1970"
    said = forms[0]
    for mark, words in (("%Y", "YYYY"), ("%m", "MM"), ("%d", "DD"), ("%H", "hh"), ("%M", "mm"), ("%S", "ss")):
        said = said.replace(mark, words)
    return said


@cache
def query_of(name: str) -> str:
    """Write the query of a format over the table `cells`, one row out for every row in.

    Parameters
    ----------
    name
        Of the format.

    Returns
    -------
    str
        SQL; its columns are those of `Event` that a row tells, and `line`, `id_hash`, `digest`, `skipped`,
        and as places in the lists of problems and rules `problem`, `rule`, `also_0` ...

    Examples
    --------
    >>> "try_strptime" in query_of("gdelt_2")
    True
    """
    from garrison.events.formats.format_file import format_named

    kind = format_named(name)
    problems = problems_of(kind)
    wrong = " ".join(f"WHEN {test} THEN {place}" for place, (test, _, _) in enumerate(problems))
    also = [f"{_type([rule], kind)} AS also_{place}" for place, rule in enumerate(kind.also)]
    counts = [f"{bound}_{place}" for place in range(len(kind.counts)) for bound in ("low", "high")]
    return f"""
WITH read AS (SELECT *, {", ".join(_read_columns(kind))} FROM cells),
weighed AS (SELECT *, CASE {wrong} END AS problem FROM read)
SELECT {", ".join([*_OUT, *counts, *also])}, {_type(kind.rules, kind)} AS rule FROM weighed"""


#: What the query gives beside counts and rules.
_OUT = (
    *("id", '"@country" AS country', "published", "date_start", "date_end", "summary", '"@adm1" AS adm1'),
    *("place_text", "actor_sector", "target_sector", "n_independent_sources", "sources", "actor_text"),
    *("target_text", "plover", "plover_mode", "latitude", "longitude", '"@code" AS dataset_code'),
    *('"@line" AS line', "hash(id) AS id_hash", 'hash("@raw") AS digest'),
    *("skipped", "problem"),
)


def _sources(kind: Format) -> str:
    """Give the list of sources that a row names; an empty one where it names none."""
    if not kind.sources:
        return "CAST([] AS VARCHAR[])"
    cell = f"left(trim({_cell(kind.sources)}), {limit('longest_text')})"
    if not kind.sources_split:
        return f"CASE WHEN coalesce({cell}, '') = '' THEN [] ELSE [{cell}] END"
    parts = f"[trim(part) FOR part IN string_split(coalesce({cell}, ''), {_word(kind.sources_split)})]"
    return f"list_filter({parts}, lambda part: part <> '')"


def _read_columns(kind: Format) -> list[str]:
    dates, place, longest = kind.dates, kind.place, limit("longest_text")
    own = [f"nullif(trim({_cell(column)}), '')" for column in kind.id]
    own_id = f"concat_ws('/', {', '.join(own)})" if own else 'left(md5("@raw"), 16)'
    summary = [f"nullif(trim({_cell(column)}), '')" for column in kind.summary]
    skipped = [f"trim({_cell(column)}) = {_word(value)}" for column, value in kind.skip.items()]
    number = f"TRY_CAST({_cell(kind.n_sources)} AS BIGINT)" if kind.n_sources else "1"
    day = _date(dates.start, dates.forms)
    end = _date(dates.end, dates.forms) if dates.end else "day"
    return [
        f"{_word(kind.dataset + ':')} || {own_id} AS id",
        f"{day} AS day",
        f"day - {_widened(kind)} AS date_start",
        f"{end} + {_widened(kind)} AS last_day",
        f"{_published(kind)} AS published",
        "greatest(day, least(last_day, published)) AS date_end"
        if dates.published
        else "last_day AS date_end",
        f"left(coalesce(concat_ws('; ', {', '.join(summary)}), ''), {longest}) AS summary"
        if summary
        else "'' AS summary",
        f"left({_first(place.text)}, {longest}) AS place_text",
        f"TRY_CAST({_cell(place.latitude)} AS DOUBLE) AS latitude"
        if place.latitude
        else "CAST(NULL AS DOUBLE) AS latitude",
        f"TRY_CAST({_cell(place.longitude)} AS DOUBLE) AS longitude"
        if place.longitude
        else "CAST(NULL AS DOUBLE) AS longitude",
        f"left(nullif(trim({_cell(kind.actor.name)}), ''), {longest}) AS actor_text",
        f"left(nullif(trim({_cell(kind.target.name)}), ''), {longest}) AS target_text",
        f"{_sector(kind.actor, 'actor')} AS actor_sector",
        f"{_sector(kind.target, 'target')} AS target_sector",
        '"@plover".plover AS plover',
        '"@plover".plover_mode AS plover_mode',
        f"{_sources(kind)} AS sources",
        f"greatest(coalesce({number}, 1), 1) AS n_independent_sources",
        f"coalesce({' OR '.join(skipped) or 'FALSE'}, FALSE) AS skipped",
        *_made(kind),
        *_counts(kind),
    ]
