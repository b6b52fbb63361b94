"""Words of time in own sentences, continued: parts, nights, figures, events, seasons; published 10 April 2019."""

from datetime import date

import pytest

from garrison.coding.dates import resolve_dates
from garrison.coding.parsing import parse

PUBLISHED = date(2019, 4, 10)

# sentence, first day, last day; "F" marks what is still to come
ONE_EXPRESSION = [
    ("Officers were arrested by Tuesday.", "2019-04-09", "2019-04-09", ""),
    ("He fled late on Sunday.", "2019-04-07", "2019-04-07", ""),
    ("Last Friday's march was banned.", "2019-04-05", "2019-04-05", ""),
    ("Shots were heard in the early hours of Sunday.", "2019-04-07", "2019-04-07", ""),
    ("Shots were heard in the early hours of Monday morning.", "2019-04-08", "2019-04-08", ""),
    ("They fired in the early hours.", "2019-04-10", "2019-04-10", ""),
    ("Between 3 and 5 May 2018 they marched.", "2018-05-03", "2018-05-05", ""),
    ("Between 3 and 5 March they marched.", "2019-03-03", "2019-03-05", ""),
    ("Between March 3 and March 5 they marched.", "2019-03-03", "2019-03-05", ""),
    ("From March to May they marched.", "2018-03-01", "2018-05-31", ""),
    ("From January to March they marched.", "2019-01-01", "2019-03-31", ""),
    ("From 3 March to 5 April they marched.", "2019-03-03", "2019-04-05", ""),
    ("From March 3 until April 2 they marched.", "2019-03-03", "2019-04-02", ""),
    ("They marched at the weekend.", "2019-04-06", "2019-04-07", ""),
    ("They marched on the weekend.", "2019-04-06", "2019-04-07", ""),
    ("The weekend's protests left ten dead.", "2019-04-06", "2019-04-07", ""),
    ("Police arrested 50 people this week.", "2019-04-08", "2019-04-10", ""),
    ("On the eve of Sunday's march police raided homes.", "2019-04-06", "2019-04-06", ""),
    ("A day after Sunday's march, the general fled.", "2019-04-08", "2019-04-08", ""),
    ("Two days before the 3 April vote, he fled.", "2019-04-01", "2019-04-01", ""),
    ("On the first anniversary of the 2018 uprising, crowds gathered.", "2019-01-01", "2019-04-10", ""),
    ("Soldiers fled on the 3rd.", "2019-04-03", "2019-04-03", ""),
    ("Soldiers fled on the 27th.", "2019-03-27", "2019-03-27", ""),
    ("Soldiers fled on May 3rd.", "2018-05-03", "2018-05-03", ""),
    ("Soldiers fled on 03/05/2019.", "2019-03-05", "2019-03-05", ""),
    ("Soldiers fled on 03.04.2019.", "2019-04-03", "2019-04-03", ""),
    ("Soldiers fled on 3-4-2019.", "2019-04-03", "2019-04-03", ""),
    ("Soldiers fled on 03/04/19.", "2019-04-03", "2019-04-03", ""),
    ("Soldiers fled on 2019/04/03.", "2019-04-03", "2019-04-03", ""),
    ("Soldiers fled at 2019-04-03T12:30:00Z.", "2019-04-03", "2019-04-03", ""),
    ("A colonel fled in the past month.", "2019-03-10", "2019-04-10", ""),
    ("In the last 24 hours ten people died.", "2019-04-09", "2019-04-10", ""),
    ("Over the past 48 hours ten people died.", "2019-04-08", "2019-04-10", ""),
    ("For 10 days they have marched.", "2019-03-31", "2019-04-10", ""),
    ("For ten straight days they have marched.", "2019-03-31", "2019-04-10", ""),
    ("The army fired for the second day in a row on Monday.", "2019-04-08", "2019-04-08", ""),
    ("It happened at dawn on Monday.", "2019-04-08", "2019-04-08", ""),
    ("It happened on Monday at 3 p.m.", "2019-04-08", "2019-04-08", ""),
    ("It happened at midnight on Sunday.", "2019-04-07", "2019-04-07", ""),
    ("It happened a fortnight ago.", "2019-03-24", "2019-03-30", ""),
    ("It happened in the past fortnight.", "2019-03-27", "2019-04-10", ""),
    ("It happened a decade ago.", "2008-04-10", "2010-04-10", ""),
    ("It happened two decades ago.", "1998-04-10", "2000-04-09", ""),
    ("It happened over the past decade.", "2009-04-10", "2019-04-10", ""),
    ("It happened half a year ago.", "2018-10-03", "2018-10-17", ""),
    ("It happened a year and a half ago.", "2017-10-03", "2017-10-17", ""),
    ("It happened about six months ago.", "2018-10-03", "2018-10-17", ""),
    ("It happened in the first week of March.", "2019-03-01", "2019-03-07", ""),
    ("It happened in the second week of March.", "2019-03-08", "2019-03-14", ""),
    ("It happened in the last week of March.", "2019-03-25", "2019-03-31", ""),
    ("It happened in the first half of 2018.", "2018-01-01", "2018-06-30", ""),
    ("It happened in the second half of March.", "2019-03-16", "2019-03-31", ""),
    ("It happened in the first quarter of 2018.", "2018-01-01", "2018-03-31", ""),
    ("It happened in the spring of 2018.", "2018-03-01", "2018-05-31", ""),
    ("It happened last summer.", "2018-06-01", "2018-08-31", ""),
    ("It happened this spring.", "2019-03-01", "2019-04-10", ""),
    ("It happened in winter 2017.", "2017-12-01", "2018-02-28", ""),
    ("It happened at the start of the year.", "2019-01-01", "2019-04-10", ""),
    ("It happened at the end of last year.", "2018-09-01", "2018-12-31", ""),
    ("It happened at the end of last week.", "2019-04-04", "2019-04-07", ""),
    ("It happened early this year.", "2019-01-01", "2019-04-10", ""),
    ("It happened early last month.", "2019-03-01", "2019-03-10", ""),
    ("It happened late last year.", "2018-09-01", "2018-12-31", ""),
    ("It happened late last week.", "2019-04-04", "2019-04-07", ""),
    ("It happened late last month.", "2019-03-21", "2019-03-31", ""),
    ("It happened early this week.", "2019-04-08", "2019-04-10", ""),
    ("It happened earlier this week.", "2019-04-08", "2019-04-09", ""),
    ("It happened earlier on Tuesday.", "2019-04-09", "2019-04-09", ""),
    ("It happened earlier Tuesday.", "2019-04-09", "2019-04-09", ""),
    ("It happened Tuesday.", "2019-04-09", "2019-04-09", ""),
    ("It happened the previous night.", "2019-04-09", "2019-04-09", ""),
    ("It happened on Monday and Tuesday.", "2019-04-08", "2019-04-09", ""),
    ("It happened on Monday, Tuesday and Wednesday.", "2019-04-08", "2019-04-10", ""),
    ("It happened Monday through Wednesday.", "2019-04-08", "2019-04-10", ""),
    ("It happened on 3, 4 and 5 March.", "2019-03-03", "2019-03-05", ""),
    ("It happened on March 3, 4 and 5.", "2019-03-03", "2019-03-05", ""),
    ("It happened in March and April.", "2019-03-01", "2019-04-10", ""),
    ("It happened in January, February and March.", "2019-01-01", "2019-03-31", ""),
    ("It happened in the 2000s.", "2000-01-01", "2009-12-31", ""),
    ("It happened a week ago Tuesday.", "2019-04-02", "2019-04-02", ""),
    ("It happened on Tuesday last week.", "2019-04-02", "2019-04-02", ""),
    ("It happened on Tuesday of last week.", "2019-04-02", "2019-04-02", ""),
    ("It happened last week, on Tuesday.", "2019-04-02", "2019-04-02", ""),
    ("It happened last Tuesday night.", "2019-04-09", "2019-04-09", ""),
    ("It happened yesterday evening.", "2019-04-09", "2019-04-09", ""),
    ("It happened three nights ago.", "2019-04-07", "2019-04-07", ""),
    ("It happened weeks ago.", "2019-02-13", "2019-04-03", ""),
    ("It happened days ago.", "2019-04-02", "2019-04-09", ""),
    ("It happened some days ago.", "2019-04-02", "2019-04-09", ""),
    ("It happened a few days ago.", "2019-04-05", "2019-04-08", ""),
    ("It happened a couple of weeks ago.", "2019-03-24", "2019-03-30", ""),
    ("It happened the other day.", "2019-04-03", "2019-04-10", ""),
    ("It has happened since last week.", "2019-04-01", "2019-04-10", ""),
    ("It has happened since yesterday.", "2019-04-09", "2019-04-10", ""),
    ("It has happened since his election in 2013.", "2013-01-01", "2019-04-10", ""),
    ("It happened as recently as March.", "2019-03-01", "2019-03-31", ""),
    ("It will happen within days.", "2019-04-10", "2019-04-13", "F"),
    ("It will happen within a week.", "2019-04-10", "2019-04-17", "F"),
    ("It will happen in two weeks.", "2019-04-10", "2019-04-24", "F"),
    ("It will happen in the coming days.", "2019-04-10", "2019-04-13", "F"),
    ("It will happen in the next few days.", "2019-04-10", "2019-04-15", "F"),
    ("It will happen by the end of the month.", "2019-04-10", "2019-04-30", "F"),
    ("It will happen by the end of the year.", "2019-04-10", "2019-12-31", "F"),
    ("It will happen later this week.", "2019-04-10", "2019-04-14", "F"),
    ("It will happen later today.", "2019-04-10", "2019-04-10", ""),
    ("It will happen on 20 April.", "2019-04-20", "2019-04-20", "F"),
    ("It will happen on April 20.", "2019-04-20", "2019-04-20", "F"),
    ("It will happen in April.", "2019-04-01", "2019-04-30", "F"),
    ("It will happen in September.", "2019-09-01", "2019-09-30", "F"),
    ("It was to happen on Friday.", "2019-04-12", "2019-04-12", "F"),
    ("It is due on Friday.", "2019-04-12", "2019-04-12", "F"),
    ("It is expected on Friday.", "2019-04-12", "2019-04-12", "F"),
    ("The march is on Friday.", "2019-04-12", "2019-04-12", "F"),
    ("The march was set for Friday.", "2019-04-12", "2019-04-12", "F"),
    ("Elections due in December were cancelled.", "2019-12-01", "2019-12-31", "F"),
    ("The curfew starts on Friday.", "2019-04-12", "2019-04-12", "F"),
    ("It was to happen on Friday.", "2019-04-12", "2019-04-12", "F"),
    ("It happened as recently as March.", "2019-03-01", "2019-03-31", ""),
    ("It happened last summer.", "2018-06-01", "2018-08-31", ""),
    ("It happened in winter 2017.", "2017-12-01", "2018-02-28", ""),
    ("It happened in the spring of 2018.", "2018-03-01", "2018-05-31", ""),
    ("They fled overnight Saturday.", "2019-04-06", "2019-04-07", ""),
    ("They fled overnight on Sunday.", "2019-04-07", "2019-04-08", ""),
    ("They fled overnight into Tuesday.", "2019-04-08", "2019-04-09", ""),
    ("They fled on Sunday night into Monday.", "2019-04-07", "2019-04-08", ""),
    ("They fled on the night of Sunday to Monday.", "2019-04-07", "2019-04-08", ""),
    ("They fled in the night from Monday to Tuesday.", "2019-04-08", "2019-04-09", ""),
    ("They fled in the early hours of Sunday, 7 April.", "2019-04-07", "2019-04-07", ""),
    ("On the third anniversary of the 3 March 2016 killings, crowds wept.", "2019-03-03", "2019-03-03", ""),
    ("Two years after the 2014 protests, the law fell.", "2016-01-01", "2016-12-31", ""),
    ("Crowds came on Saturday (6 April).", "2019-04-06", "2019-04-06", ""),
    ("Crowds came on Saturday, 6 April.", "2019-04-06", "2019-04-06", ""),
    ("Crowds came on Saturday 6 April 2019.", "2019-04-06", "2019-04-06", ""),
    ("Soldiers will vote on May 5.", "2019-05-05", "2019-05-05", "F"),
    ("He has been held since his arrest on 2 February.", "2019-02-02", "2019-04-10", ""),
    ("He has been held since Sunday's march.", "2019-04-07", "2019-04-10", ""),
    ("The deadliest day since the uprising was Monday.", "2019-04-08", "2019-04-08", ""),
    ("The 40-day siege ended on Thursday.", "2019-04-04", "2019-04-04", ""),
    ("The 1 April decree was void.", "2019-04-01", "2019-04-01", ""),
    ("In the 24 hours to Tuesday, ten died.", "2019-04-09", "2019-04-09", ""),
    ("The army said at 6 a.m. on Tuesday that it had fired.", "2019-04-09", "2019-04-09", ""),
    ("In the run-up to the 5 May vote, police fired.", "2019-05-05", "2019-05-05", "F"),
    ("By late March, 40 had fled.", "2019-03-21", "2019-03-31", ""),
    ("At the end of 2018, 40 had fled.", "2018-09-01", "2018-12-31", ""),
    ("As of 3 April, 40 had fled.", "2019-04-03", "2019-04-03", ""),
    ("Between January and March, 40 fled.", "2019-01-01", "2019-03-31", ""),
    ("From 2014 until 2017 many fled.", "2014-01-01", "2017-12-31", ""),
    ("Until last month he was loyal.", "2019-03-01", "2019-03-31", ""),
    ("Next March they will vote.", "2020-03-01", "2020-03-31", "F"),
    ("On New Year's Eve they drank.", "2018-12-31", "2018-12-31", ""),
    ("On Christmas Day they prayed.", "2018-12-25", "2018-12-25", ""),
    ("On May Day workers marched.", "2018-05-01", "2018-05-01", ""),
]

# sentence, then every expression in it
SEVERAL_EXPRESSIONS = [
    (
        "It happened in 2014 and 2017.",
        [("2014-01-01", "2014-12-31", ""), ("2017-01-01", "2017-12-31", "")],
    ),
    (
        "He has ruled since he seized power in 1999.",
        [("1999-01-01", "2019-04-10", ""), ("1999-01-01", "1999-12-31", "")],
    ),
    (
        "Students marched on 3 April. A day after the march, the rector resigned.",
        [("2019-04-03", "2019-04-03", ""), ("2019-04-04", "2019-04-04", "")],
    ),
    (
        "Students marched on 3 April. On the eve of the march, police raided homes.",
        [("2019-04-03", "2019-04-03", ""), ("2019-04-02", "2019-04-02", "")],
    ),
    (
        "Students marched on Saturday. That evening police fired.",
        [("2019-04-06", "2019-04-06", ""), ("2019-04-06", "2019-04-06", "")],
    ),
    (
        "On 3 March 2019 soldiers fled. That Friday the minister resigned.",
        [("2019-03-03", "2019-03-03", ""), ("2019-03-08", "2019-03-08", "")],
    ),
    (
        "The coup began on 30 March. Overnight, loyal troops retook the palace.",
        [("2019-03-30", "2019-03-30", ""), ("2019-03-30", "2019-03-31", "")],
    ),
    (
        "Three soldiers fled in February. In March they asked for asylum. The month after, a court heard them.",
        [
            ("2019-02-01", "2019-02-28", ""),
            ("2019-03-01", "2019-03-31", ""),
            ("2019-04-01", "2019-04-10", ""),
        ],
    ),
    (
        "Police fired two days after protesters marched on 3 April.",
        [("2019-04-05", "2019-04-05", ""), ("2019-04-03", "2019-04-03", "")],
    ),
    (
        "He said on Monday that they would march on Tuesday.",
        [("2019-04-08", "2019-04-08", ""), ("2019-04-09", "2019-04-09", "")],
    ),
    (
        "He said on Sunday they would march on Friday.",
        [("2019-04-07", "2019-04-07", ""), ("2019-04-12", "2019-04-12", "F")],
    ),
    (
        "In 2011 the army split. In March that year, officers fled. The next year they returned.",
        [
            ("2011-01-01", "2011-12-31", ""),
            ("2011-03-01", "2011-03-31", ""),
            ("2012-01-01", "2012-12-31", ""),
        ],
    ),
    (
        "In 1989 dozens died. On 27 February crowds rose.",
        [("1989-01-01", "1989-12-31", ""), ("1989-02-27", "1989-02-27", "")],
    ),
    (
        "Crowds came on 6 April, a Saturday.",
        [("2019-04-06", "2019-04-06", ""), ("2019-04-06", "2019-04-06", "")],
    ),
    (
        "CAIRO, April 9 (Wire) - Police fired on Monday.",
        [("2019-04-09", "2019-04-09", ""), ("2019-04-08", "2019-04-08", "")],
    ),
    (
        "The assembly will vote on Thursday, its speaker said on Monday.",
        [("2019-04-11", "2019-04-11", "F"), ("2019-04-08", "2019-04-08", "")],
    ),
    (
        "The curfew, imposed on Monday, will end on Friday.",
        [("2019-04-08", "2019-04-08", ""), ("2019-04-12", "2019-04-12", "F")],
    ),
    (
        '"We will march on Saturday," he said on Tuesday.',
        [("2019-04-13", "2019-04-13", "F"), ("2019-04-09", "2019-04-09", "")],
    ),
    (
        "Five people have been killed since protests started on 1 April.",
        [("2019-04-01", "2019-04-10", ""), ("2019-04-01", "2019-04-01", "")],
    ),
]

NO_DATE = [
    "On the eve of the march police raided homes.",
    "A day after the march, the general fled.",
    "Soldiers fled on 1 Ramadan.",
    "Soldiers fled on 3 Ramadan 1440.",
    "On the third day of Ramadan soldiers fled.",
    "On 12 Rajab 1440 they fled.",
    "On 13 Khordad 1398 they fled.",
    "It was the first mutiny since 2014.",
    "It was the worst violence since the war began in 2011.",
    "On the anniversary of the 1989 riots, crowds wept.",
    "For the first time in 12 years officers fled.",
    "For the first time since 2002 officers fled.",
    "It fell to its lowest level in two decades.",
    "He spent three years in prison.",
    "In the weeks since the vote many fled.",
    "In the days after the vote many fled.",
    "On Good Friday they prayed.",
    "At Easter they marched.",
    "On Independence Day they marched.",
]


@pytest.mark.parametrize(("sentence", "first", "last", "mark"), ONE_EXPRESSION)
def test_an_expression_becomes_its_days(sentence: str, first: str, last: str, mark: str) -> None:
    (found,) = resolve_dates(parse(sentence), PUBLISHED)
    assert (str(found.date_start), str(found.date_end), found.future) == (first, last, mark == "F")


@pytest.mark.parametrize(("text", "expected"), SEVERAL_EXPRESSIONS)
def test_several_expressions_each_have_their_days(text: str, expected: list[tuple[str, str, str]]) -> None:
    found = resolve_dates(parse(text), PUBLISHED)
    assert [
        (str(item.date_start), str(item.date_end), "F" if item.future else "") for item in found
    ] == expected


@pytest.mark.parametrize("sentence", NO_DATE)
def test_what_gives_no_date(sentence: str) -> None:
    assert resolve_dates(parse(sentence), PUBLISHED) == []


# figures, country, published, the day
FIGURES = [
    ("5/6/2019", "USA", date(2019, 8, 1), date(2019, 5, 6)),
    ("5/6/2019", "PHL", date(2019, 8, 1), date(2019, 5, 6)),
    ("5/6/2019", "VEN", date(2019, 8, 1), date(2019, 6, 5)),
    ("5/6/2019", None, date(2019, 8, 1), date(2019, 6, 5)),
    ("5/6/2019", "VEN", date(2019, 5, 20), date(2019, 5, 6)),
    ("5.6.2019", "USA", date(2019, 8, 1), date(2019, 6, 5)),
    ("13/6/2019", "USA", date(2019, 8, 1), date(2019, 6, 13)),
    ("6/13/2019", "VEN", date(2019, 8, 1), date(2019, 6, 13)),
    ("5-6-2019", "VEN", date(2019, 8, 1), date(2019, 6, 5)),
    ("5/6/19", "VEN", date(2019, 8, 1), date(2019, 6, 5)),
    ("5/6/98", "VEN", date(2019, 8, 1), date(1998, 6, 5)),
    ("2019/6/5", "USA", date(2019, 8, 1), date(2019, 6, 5)),
]


@pytest.mark.parametrize(("figures", "country", "published", "day"), FIGURES)
def test_figures_are_read_as_the_country_writes_them(
    figures: str, country: str | None, published: date, day: date
) -> None:
    (found,) = resolve_dates(parse(f"Soldiers fled on {figures}."), published, country)
    assert (found.date_start, found.date_end) == (day, day)


def test_summer_is_half_a_year_later_in_the_south() -> None:
    doc = parse("It happened last summer.")
    (north,), (south,) = resolve_dates(doc, PUBLISHED, "VEN"), resolve_dates(doc, PUBLISHED, "ZWE")
    assert (north.date_start, north.date_end) == (date(2018, 6, 1), date(2018, 8, 31))
    assert (south.date_start, south.date_end) == (date(2018, 12, 1), date(2019, 2, 28))
