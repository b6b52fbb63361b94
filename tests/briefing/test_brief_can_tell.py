"""It can tell: variants of one report move the model's odds in order; a text about no crisis moves nothing."""

from pathlib import Path

import pytest

import garrison

pytestmark = pytest.mark.slow

COUNTRIES = {
    "SDN": ("2019-03-12", "Sudan: bread protests enter a third week", "Khartoum", "soldiers of a garrison"),
    "BLR": ("2020-08-18", "Belarus: a tenth day of rallies", "Minsk", "soldiers"),
    "VEN": ("2017-05-07", "Venezuela: women march in the capital", "Caracas", "soldiers"),
}

TWEET = "An opposition activist wrote on Twitter that {who} had defected. "
VARIANTS = {
    "absent": "",
    "denied": TWEET + "The defence ministry denied that any soldiers had defected. ",
    "tweet": TWEET,
    "confirmed": TWEET
    + "Reuters reported that soldiers had defected. The Associated Press also reported that soldiers had defected. ",
    "admitted": TWEET + "The defence ministry confirmed that soldiers had defected. ",
}


def report(country: str, variant: str) -> str:
    day, title, capital, who = COUNTRIES[country]
    return (
        f"{title}\n\nPublished: {day}\n\n"
        f"Thousands of people marched in {capital} on Saturday. Police fired tear gas at the crowd.\n\n"
        f"{VARIANTS[variant].format(who=who)}\n\n"
        "Shops in the centre stayed closed.\n"
    )


def log_odds(folder: Path, country: str, variant: str) -> float:
    path = folder / f"{country}-{variant}.txt"
    path.write_text(report(country, variant), encoding="utf8")
    reading = garrison.read_reports([path])
    claims = garrison.code(reading.reports, country=country)
    day = reading.reports[0].published
    state = garrison.infer(garrison.link(claims, as_of=day), country=country, as_of=day)
    return state.log_evidence_ratio(90)


@pytest.fixture(scope="module", params=sorted(COUNTRIES))
def shifts(request, tmp_path_factory) -> dict[str, float]:
    folder = tmp_path_factory.mktemp("variants")
    return {variant: log_odds(folder, request.param, variant) for variant in VARIANTS}


def test_variants_of_one_report_move_the_odds_in_order(shifts: dict[str, float]) -> None:
    assert shifts["denied"] < shifts["tweet"] < shifts["confirmed"] < shifts["admitted"]


def test_taking_a_report_of_defection_away_never_raises_the_odds(shifts: dict[str, float]) -> None:
    assert all(shifts["absent"] <= shifts[variant] for variant in ("tweet", "confirmed", "admitted"))


NO_CRISIS = {
    # Military words without a crisis: nothing of this may count.
    "football": "Cairo's oldest club won the league on Friday. The striker was arrested by the defence, as his coach "
    "joked, and the crowd marched home singing. The army of fans will defect to no other team, he said.",
    "economy": "The central bank of Egypt kept its rate on Thursday. Exports rose 4 percent in March, and the finance "
    "minister expects growth to quicken. Analysts welcomed the figures.",
    "ceremony": "The president of Egypt opened a bridge on Monday. A military band played, and soldiers who had built "
    "it received medals. The governor thanked the engineers.",
}


@pytest.mark.parametrize("name", sorted(NO_CRISIS))
def test_a_text_about_no_crisis_moves_nothing(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.txt"
    path.write_text(f"A quiet week in Egypt\n\nPublished: 2019-05-10\n\n{NO_CRISIS[name]}\n", encoding="utf8")
    reading = garrison.read_reports([path])
    events = garrison.link(garrison.code(reading.reports, country="EGY"))
    state = garrison.infer(events, country="EGY", as_of=reading.reports[0].published)
    assert state.log_evidence_ratio(90) == 0.0


def test_a_country_whose_forces_nobody_has_counted_is_briefed_and_the_page_says_so(tmp_path: Path) -> None:
    path = tmp_path / "nauru.txt"
    path.write_text(
        "Officers refuse an order in Nauru\n\nPublished: 2022-05-04\n\nPolice officers refused to fire on marchers in "
        "Yaren on Monday. The president of Nauru called them traitors.\n",
        encoding="utf8",
    )
    said = "no estimate of them is known to Garrison"
    page = garrison.brief(path, country="NRU", n_runs=200)
    page.save(tmp_path / "nauru.html")
    assert said in (tmp_path / "nauru.html").read_text(encoding="utf8")
    garrison.brief(path, country="FJI", n_runs=200).save(tmp_path / "fiji.html")
    assert said not in (tmp_path / "fiji.html").read_text(encoding="utf8")
