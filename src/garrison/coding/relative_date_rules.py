"""The rules of relative time: yesterday, three weeks ago, the next month, for the past five weeks, that year."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from garrison.coding.calendar_stretch import Stretch, shift, stretch_of
from garrison.coding.date_moment import Moment, Rule, rule_book
from garrison.coding.date_parts import part_of
from garrison.coding.date_words import date_words

RELATIVE_RULES: list[Rule] = []
rule = rule_book(RELATIVE_RULES)

_BACK = {
    "yesterday": 1,
    "ayer": 1,
    "anteayer": 2,
    "antier": 2,
    "the day before yesterday": 2,
    "last night": 1,
    "anoche": 1,
}


@rule(
    r"\b(?P<words>[Tt]he day before yesterday|[Yy]esterday|[Ll]ast night|[Aa]yer|[Aa]nteayer|[Aa]ntier|[Aa]noche)"
    r"\b(?: (?:morning|afternoon|evening|night)\b)?",
    near="word",
)
def days_back(match: re.Match[str], moment: Moment) -> Stretch:
    """Yesterday, last night, ayer."""
    back = _BACK[" ".join(match["words"].lower().split())]
    return stretch_of(
        shift(moment.published, -back, "day"),
        "day",
        f"{back} {'day' if back == 1 else 'days'} before {moment.published}",
    )


@rule(
    r"\b(?:[Tt]oday|[Tt]onight|[Tt]his (?:morning|afternoon|evening)|[Ee]arlier today)\b",
    r"\b(?:[Hh]oy|[Ee]sta (?:noche|mañana|tarde))\b",
    near="word",
)
def same_day(match: re.Match[str], moment: Moment) -> Stretch:
    """Today, tonight, this morning, hoy."""
    return stretch_of(moment.published, "day", f"the day of publication, {moment.published}")


@rule(r"\b[Oo]vernight\b", r"\b[Dd]uring the night\b(?! of)", r"\b[Dd]urante la noche\b", near="word")
def overnight(match: re.Match[str], moment: Moment) -> Stretch:
    """Overnight: the night up to the day of publication lies on two calendar days."""
    nights, said = date_words().conventions["overnight_days"], moment.anchor_day
    if said is not None and moment.anchor_is_near and (moment.published - said.end).days > 7:
        end = shift(said.end, nights, "day")
        return Stretch(said.end, end, "day", f"the night after {said.end}, named before")
    start = shift(moment.published, -nights, "day")
    return Stretch(start, moment.published, "day", f"the night up to {moment.published}")


@rule(r"\b[Tt]omorrow\b(?: (?:morning|afternoon|evening|night)\b)?", r"\bmañana\b", near="word")
def tomorrow(match: re.Match[str], moment: Moment) -> Stretch | None:
    """Tomorrow; "la mañana" is the morning."""
    if re.search(r"\b(?:[Ll]a|[Ee]sta)\s+$", moment.before):
        return None
    day = shift(moment.published, 1, "day")
    return replace(stretch_of(day, "day", f"the day after {moment.published}"), future=True)


@rule(
    r"\b(?:(?:[Mm]ore than|[Ll]ess than|[Nn]early|[Aa]lmost|[Ss]ome|[Aa]bout|[Aa]round|[Oo]ver|[Jj]ust) )?"
    r"(?P<count><count>) (?P<unit><unit>) ago\b",
    r"\b[Hh]ace (?:casi |más de |unos )?(?P<count><count>) (?P<unit><unidad>)",
    near="ago",
)
def ago(match: re.Match[str], moment: Moment) -> Stretch:
    """Three days ago, a month ago, hace un mes: rounded as people round."""
    unit = date_words().unit(match["unit"])
    fewest, most = date_words().count(match["count"])
    slack = date_words().conventions[f"{unit}_rounding"]
    start = shift(shift(moment.published, -most, unit), -slack, "day")
    end = min(shift(shift(moment.published, -fewest, unit), slack, "day"), moment.published)
    about = f" (give or take {slack} days)" if slack else ""
    grain = date_words().grain(unit)
    return Stretch(start, end, grain, f"{match['count']} {match['unit']} before {moment.published}{about}")


@rule(
    r"\b(?P<unit><units>) ago\b",
    r"\b(?P<hours>(?:<count> )?(?:[Hh]ours|[Mm]inutes)|[Aa]n hour) (?:ago|earlier)\b",
    near="ago",
)
def long_ago(match: re.Match[str], moment: Moment) -> Stretch | None:
    """Weeks ago, hours ago."""
    if match.groupdict().get("hours"):
        return overnight(match, moment)
    if re.search(r"\d\s+$", moment.before):
        return None
    most = date_words().conventions["bare_plural_units"] * 2
    unit = date_words().unit(match["unit"])
    start, end = shift(moment.published, -most, unit), shift(moment.published, -1, unit)
    return Stretch(start, end, "span", f"2 to {most} {match['unit']} before {moment.published}")


@rule(
    r"\b(?:[Ii]n|[Oo]ver|[Dd]uring|[Ff]or|[Ww]ithin|[Tt]hroughout|[Oo]f)"
    r"(?: (?:at least|about|almost|nearly|more than))?"
    r" (?:the|these|his|its|their) (?P<told>past|last|previous|next|coming|following)"
    r"(?: (?P<count><count>))? (?P<unit><unit>)(?! of (?:<month>|the|this|last|that)\b)",
    r"\b(?:[Tt]he|[Tt]his|[Tt]hese) (?P<told>past)(?: (?P<count><count>))? (?P<unit><unit>)",
    r"\b[Tt]he (?P<told>last)(?: (?P<count><count>))? (?P<unit><units>)(?! of (?:<month>|the|this|last|that)\b)",
    r"\b(?:[Ii]n|[Oo]ver|[Dd]uring|[Dd]esde|[Dd]urante) l[oa]s? (?P<told>últim[oa]s?|pr[óo]xim[oa]s?)"
    r"(?: (?P<count><count>))? (?P<unit><unidad>)",
    r"\b[Ee]n l[oa]s? (?P<told>últim[oa]s?|pr[óo]xim[oa]s?)(?: (?P<count><count>))? (?P<unit><unidad>)",
    near="unit",
)
def counted_back(match: re.Match[str], moment: Moment) -> Stretch:
    """In the past month, for the past five weeks, in the last two years, en las últimas dos semanas."""
    unit, told = date_words().unit(match["unit"]), match["told"].lower()
    is_plural = match["unit"].lower() != "mes" and match["unit"].lower().endswith("s")
    default = date_words().conventions["recent_units"] if is_plural else 1
    _, most = date_words().count(match["count"]) if match["count"] else (default, default)
    day = moment.published
    if told in ("next", "coming", "following") or told.startswith(("próxim", "proxim")):
        end = shift(day, most, unit)
        return Stretch(day, end, "span", f"{_counted(most, unit)} from {day}", future=True)
    return Stretch(shift(day, -most, unit), day, "span", f"the {_counted(most, unit)} up to {day}")


@rule(
    r"\b(?:[Ii]n|[Oo]ver|[Dd]uring|[Ff]or)(?: the)?(?: (?:more|most))? recent (?P<unit><units>)",
    r"\b(?:[Ll]ately|[Rr]ecently|[Rr]ecientemente)\b",
    near="unit",
)
def recently(match: re.Match[str], moment: Moment) -> Stretch | None:
    """In recent weeks, recently, lately; "until recently" says when something ended."""
    if re.search(r"\b(?:[Uu]ntil|[Tt]ill|as)\s+$", moment.before):
        return None
    rules, word = date_words().conventions, match.groupdict().get("unit")
    if word is None:
        start = shift(moment.published, -rules["recent_days"], "day")
    else:
        start = shift(moment.published, -rules["recent_units"], date_words().unit(word))
    return Stretch(start, moment.published, "recent", f"the recent past up to {moment.published}")


@rule(
    r"\b[Ff]or (?:(?:at least|about|almost|nearly|more than|some|over) )?"
    r"(?P<count><count>)(?: (?:straight|consecutive|successive|full|whole))?"
    r" (?P<unit><unit>)(?! (?:old|in prison|in jail|behind))",
    r"\b[Ff]or (?:many )?(?P<unit><units>)(?! (?:old|to come))",
    near="unit",
)
def lasting(match: re.Match[str], moment: Moment) -> Stretch | None:
    """For five weeks, of something that has lasted until now."""
    if not moment.perfect:
        return None
    default = date_words().conventions["bare_plural_units"]
    count = match.groupdict().get("count")
    _, most = date_words().count(count) if count else (default, default)
    start = shift(moment.published, -most, date_words().unit(match["unit"]))
    return Stretch(
        start, moment.published, "span", f"{most} {match['unit']} that last until {moment.published}"
    )


@rule(
    r"\b(?P<count><count>) (?P<unit><unit>) "
    r"(?P<way>later|earlier|afterwards?|(?:before|after)(?=\s*(?:[.,;:)]|$)))\b",
    r"\b(?P<unit><units>) (?P<way>later|earlier)\b",
    near="turn",
)
def counted_from_anchor(match: re.Match[str], moment: Moment) -> Stretch | None:
    """Two days later, a month earlier: from the date that the narrative named last."""
    unit, count = date_words().unit(match["unit"]), match.groupdict().get("count")
    anchor = moment.anchor_day if unit == "day" and moment.anchor_day else moment.anchor
    if anchor is None or re.search(r"\d\s+$", moment.before):
        return None
    default = date_words().conventions["bare_plural_units"]
    fewest, most = date_words().count(count) if count else (2, default)
    sign = 1 if match["way"].startswith(("later", "after")) else -1
    near, far = (fewest, most) if sign > 0 else (most, fewest)
    start, end = shift(anchor.start, sign * near, unit), shift(anchor.end, sign * far, unit)
    return Stretch(start, end, date_words().grain(unit), f"counted from {anchor.start}, named before")


@rule(
    r"\b(?P<told>[Tt]hat|[Tt]hat same|[Tt]he same|[Tt]he (?:following|next|previous|preceding))"
    r" (?P<unit>day|night|morning|afternoon|evening|week|weekend|month|year)\b",
    r"\b[Tt]he (?P<unit>day|night|week|month|year) (?P<told>before|after|earlier)\b"
    r"(?! (?:the|a|an|his|her|its|their|he|she|they|it|yesterday|[A-Z]\w*|\w+ing)\b)",
    r"\b(?:[Ee]l|[Aa]l|[Ll]a) (?P<unit>día|semana|mes|año) (?P<told>siguiente|anterior)\b",
    r"\b(?P<told>[Ee]se|[Aa]quel|[Ee]sa|[Aa]quella) (?P<unit>mismo día|día|noche|semana|mes|año)\b",
    near="unit",
)
def told_from_anchor(match: re.Match[str], moment: Moment) -> Stretch | None:
    """That year, the next month, the day before: from the date that the narrative named last."""
    told, word = match["told"].lower().split()[-1], match["unit"].lower()
    # The parts of a day, and the weekend for its week.
    parts = {"morning": "day", "afternoon": "day", "evening": "day", "mismo día": "day", "weekend": "week"}
    unit = date_words().grain(parts.get(word) or date_words().unit(word))
    step = {"following": 1, "next": 1, "after": 1, "siguiente": 1}.get(told, 0)
    step = {"previous": -1, "preceding": -1, "before": -1, "earlier": -1, "anterior": -1}.get(told, step)
    anchor = moment.anchor_day if unit == "day" else moment.anchor
    if anchor is None and step < 0:
        anchor = stretch_of(moment.published, "day", "publication")
        named = f"publication on {anchor.end}"
    elif anchor is None:
        return None
    else:
        named = f"{anchor.start}, named before"
    base = stretch_of(anchor.end if step > 0 else anchor.start, unit, "")
    day = shift(base.start, step, unit)
    way = {0: "the same", 1: "the one after", -1: "the one before"}[step]
    return replace(stretch_of(day, unit, f"{way} as {named}" if not step else f"{way} {named}"))


@rule(
    r"\b(?:[Ee]ver )?[Ss]ince then\b",
    r"\b[Ee]ver since\b(?=\s*(?:[.,;]|$))",
    r"\b[Dd]esde entonces\b",
    near="word",
)
def since_then(match: re.Match[str], moment: Moment) -> Stretch | None:
    """Since then."""
    if moment.anchor is None:
        return None
    start = min(moment.anchor.start, moment.published)
    return Stretch(start, moment.published, "span", f"from {start}, named before, up to {moment.published}")


@rule(
    r"\b(?:(?P<part>[Ee]arlier|[Ll]ater|[Ll]ate|[Ee]arly|"
    r"[Tt]he (?:end|beginning|start|<ordinal> (?:half|days|months|weeks?)) of) (?:in |on )?)?"
    r"(?P<told>[Tt]his|[Ll]ast|[Nn]ext|[Tt]he) (?P<unit>week|weekend|month|year)\b"
    r"(?! (?:of|ago|before|after|that)\b)",
    r"\b[Ss]o far (?P<told>this) (?P<unit>week|month|year)\b",
    r"\b(?:[Ee]l|[Ll]a) (?P<unit>semana|mes|año) (?P<told>pasad[oa])\b",
    r"\b(?:[Ll]a|[Ee]l) (?P<told>próxim[oa]) (?P<unit>semana|mes|año)\b",
    r"\b(?P<told>[Ee]sta|[Ee]ste) (?P<unit>semana|mes|año)\b",
    near="unit",
)
def this_or_last(match: re.Match[str], moment: Moment) -> Stretch | None:
    """Weeks, months and years told from today: this week, last month, earlier in the week, el mes pasado."""
    told, word = match["told"].lower(), match["unit"].lower()
    part = (match.groupdict().get("part") or "").lower()
    if told == "the" and not (part or (word == "weekend" and _opens_a_time(moment))):
        return None
    unit = "week" if word == "weekend" else date_words().unit(word)
    day = moment.published
    if told == "the" and unit in ("month", "year") and moment.anchor is not None and moment.anchor_is_near:
        named = stretch_of(moment.anchor.end, unit, f"the {unit} of {moment.anchor.end}, named before")
        return part_of(named, part)
    if told.startswith(("next", "próxim")):
        ahead = stretch_of(
            shift(stretch_of(day, unit, "").start, 1, unit), unit, f"the {unit} after that of {day}"
        )
        return replace(_weekend(ahead) if word == "weekend" else ahead, future=True)
    if word == "weekend":
        return _weekend_near(day, told, moment)
    current = stretch_of(day, unit, f"the {unit} of {day}")
    if told.startswith(("last", "pasad")):
        current = stretch_of(shift(current.start, -1, unit), unit, f"the {unit} before that of {day}")
        return part_of(current, part) if part and not part.startswith("later") else current
    if part.startswith("earlier"):
        return _earlier_in(current, unit, day)
    if moment.future or part.startswith("later"):
        return replace(current, start=day, future=True, rule=f"what is left of the {unit} of {day}")
    return part_of(current, part) if part else current


def _counted(count: int, unit: str) -> str:
    return unit if count == 1 else f"{count} {unit}s"


def _opens_a_time(moment: Moment) -> bool:
    opens = re.search(r"(?i:\b(?:over|at|during|on|of|throughout)\s+)$", moment.before)
    return bool(opens or re.match(r"['’]s\b", moment.after))


def _weekend(week: Stretch) -> Stretch:
    return replace(week, start=shift(week.start, 5, "day"), rule=re.sub(r"\bweek\b", "weekend", week.rule))


def _weekend_near(day: date, told: str, moment: Moment) -> Stretch:
    this = _weekend(stretch_of(day, "week", f"the week of {day}"))
    if told == "this" and moment.future:
        return replace(this, future=True)
    if day < this.start or (told == "last" and day <= this.end):
        return _weekend(stretch_of(shift(day, -7, "day"), "week", f"the last week before {day}"))
    return this


def _earlier_in(current: Stretch, unit: str, day: date) -> Stretch:
    """From its beginning to the day before publication; on its first day, the one before it."""
    if current.start == day:
        current = stretch_of(shift(day, -1, unit), unit, "")
        return replace(current, rule=f"the {unit} before {day}, its first day")
    return replace(current, end=shift(day, -1, "day"), rule=f"the {unit} of {day} up to the day before")
