"""What pages print amid an article and is none of it: found, kept out of the article's claims, nothing else lost."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.coding import code
from garrison.records import Reports
from garrison.reports import Document, read_reports
from garrison.reports.cleaning import clean
from garrison.reports.furniture import find_furniture, is_furniture

DAY = date(2022, 10, 1)
STORY = (
    "Soldiers seized the state broadcaster in Ouagadougou on Friday, a government spokesman said.",
    "Two battalions in the north refused to obey their commanders, according to three officers.",
    "The president called on the troops to return to barracks.",
)


def read_text(text):
    return read_reports([Document(text, doc="page")], as_of=DAY).reports[0]


FURNITURE = (
    "ADVERTISEMENT",
    "- Advertisement -",
    "Story continues below advertisement",
    "Read more: Army arrests forty officers over coup plot",
    "READ ALSO: General flees to Niger",
    "Related: Why the garrison at Kaya mutinied",
    "Sponsored: Four generals resigned - our book tells you why",
    "Subscribe to our newsletter for the latest from the Sahel",
    "Sign up for The Dispatch and never miss a coup again",
    "We use cookies to improve your experience. By continuing to use this site you accept them.",
    "Share this: Facebook Twitter WhatsApp",
    "Share on Facebook",
    "Photo: Ministry of Defence / Handout",
    "Colonel's guard in Kossyam. (AP Photo/Someone)",
    "Getty Images",
    "© 2022 The Courier. All rights reserved.",
    "Order now: the general's memoirs, 20% off and free shipping",
    "Suscríbete a nuestro boletín",
    "Lea también: El ejército detiene a cuarenta oficiales",
)
NONE = (
    "The army shut a newspaper over an advertisement.",
    "She told readers to subscribe to nothing but doubt.",
    '"Sign up for the militia," the governor told villagers on Monday.',
    "Read the constitution, the judge said to the colonel.",
    "Related units in the north stayed loyal.",
    "Video shows soldiers firing at the gate.",
    "More soldiers came on Saturday.",
    "Photographs of the dead lay on the steps of the ministry.",
    "OUAGADOUGOU (Reuters) - Soldiers blocked the bridge.",
    "The minister of state (home) resigned.",
    "Rebels took Djibo, Reuters reported.",
    "12:40 Troops leave the palace.",
)


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_amid_a_story_is_found(line):
    text = f"{STORY[0]}\n\n{line}\n\n{STORY[1]}"
    (span,) = find_furniture(text)
    assert text[slice(*span)] in line
    assert len(line) - len(text[slice(*span)]) <= len("Colonel's guard in Kossyam. ")


@pytest.mark.parametrize("line", NONE)
def test_a_sentence_of_a_story_is_no_furniture(line):
    assert not is_furniture(line)
    assert find_furniture(f"{STORY[0]}\n\n{line}\n\n{STORY[1]}") == ()


def test_titles_of_other_stories_go_with_their_heading():
    titles = "Related stories\n\nJunta names a prime minister\n\nGeneral flees to Niger\n\n"
    text = f"{STORY[0]}\n\n{titles}{STORY[1]}"
    (span,) = find_furniture(text)
    assert text[slice(*span)] == titles.strip()


def test_an_advertisement_between_its_marks_is_furniture():
    advert = "ADVERTISEMENT\n\nThe generals rebelled. Your savings need not.\n\nStory continues below"
    text = f"{STORY[0]}\n\n{advert}\n\n{STORY[1]}"
    assert [text[slice(*span)] for span in find_furniture(text)] == [advert]
    unmarked = text.replace("\n\nStory continues below", "")
    assert [unmarked[slice(*span)] for span in find_furniture(unmarked)] == ["ADVERTISEMENT"]


def test_comments_behind_a_list_of_titles_stay_comments():
    thread = "Related stories\n\nGeneral flees to Niger\n\n3 comments\n\nlol they never learn"
    text = "\n\n".join([*STORY, thread])
    report = read_text(text)
    assert report.comments == "3 comments\n\nlol they never learn"
    assert report.article == "\n\n".join(STORY)


def test_a_claim_in_an_advert_is_not_coded():
    amid = "Read more: Army arrests forty officers over coup plot"
    report = read_text("\n\n".join([STORY[0], amid, *STORY[1:]]))
    kept = read_text("\n\n".join(STORY))
    assert [report.text[slice(*span)] for span in report.left_out] == [amid]
    claims = list(code(Reports.of([report]), country="BFA"))
    assert [claim.quote for claim in claims] == [
        claim.quote for claim in code(Reports.of([kept]), country="BFA")
    ]
    assert claims
    assert not any("forty officers" in claim.quote for claim in claims)
    assert all(report.text[claim.char_start : claim.char_end] == claim.quote for claim in claims)


def test_the_same_sentence_outside_the_advert_is_coded():
    report = read_text("\n\n".join([*STORY, "The army arrested forty officers over a coup plot."]))
    assert any("forty officers" in claim.quote for claim in code(Reports.of([report]), country="BFA"))


def test_a_pages_menus_and_cookies_are_neither_title_nor_article():
    head = (
        "Skip to content\n\nWe use cookies to improve your experience.\n\nShots in Ouagadougou\n\nShare\n\n"
    )
    tail = "\n\nSubscribe to our newsletter\n\nMost read\n\nGeneral flees to Niger\nPrice of millet doubles"
    report = read_text(head + "\n\n".join(STORY) + tail)
    assert report.title == "Shots in Ouagadougou"
    assert report.article == "\n\n".join(STORY)
    assert report.comments_start is None


def test_left_out_spans_survive_a_table(tmp_path):
    report = read_text("\n\n".join([STORY[0], "ADVERTISEMENT", STORY[1]]))
    assert report.left_out
    assert Reports.of([report])[0] == report
    assert Reports.of([report]).save(tmp_path / "reports.parquet").exists()


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from([*FURNITURE, *NONE, *STORY, "", "Related", "Advert", " "]), max_size=12))
def test_spans_are_in_order_and_lie_within_the_article(lines):
    text = clean("\n".join(lines))
    spans = find_furniture(text)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(set(edges))
    assert all(text[start:end].strip() == text[start:end] for start, end in spans)
    if text.strip():
        report = read_text(text)
        assert all(
            report.article_start <= start < end <= report.article_end for start, end in report.left_out
        )
