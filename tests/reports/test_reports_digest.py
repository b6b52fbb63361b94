"""A report that is a list of posts: its authors' posts are its content, others' replies are comments."""

from datetime import date
from pathlib import Path

import pytest

from garrison.coding import code
from garrison.records import Reports
from garrison.reports import Document, read_reports
from garrison.reports.digest import author_of_post, find_digest

DOCUMENTS = Path(__file__).parent / "documents"


def read_one(source):
    return read_reports([source], as_of=date(2023, 1, 1)).reports[0]


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Harbour Watch @harbour_watch · May 3", "harbour_watch"),
        ("@harbour_watch 14:05", "harbour_watch"),
        ("Harbour Watch (@harbour_watch) 3 May 2017, 2:05 PM", "harbour_watch"),
        ("@harbour_watch: Two trucks have left the base", "harbour_watch"),
        ("RT @harbour_watch: Two trucks have left the base", "harbour_watch"),
        ("14:05 @harbour_watch: Two trucks have left the base", "harbour_watch"),
        ("[09/08/2020, 21:40:12] Desk: They turned", "desk"),
        ("09/08/2020, 21:40 - Desk: They turned", "desk"),
        ("Harbour Watch, [03.05.19 14:22]", "harbour watch"),
        ("Forwarded from Harbour Watch", "harbour watch"),
        ("Replying to @harbour_watch", None),
        ("@harbour_watch exactly what I said", None),
        ("Troops left at 14:05 on 3 May.", None),
        ("The minister's account, @minister_x, was silent.", None),
    ],
)
def test_the_author_of_a_post(line, author):
    assert author_of_post(line) == author


def test_replies_beneath_are_comments_and_replies_between_are_left_out():
    report = read_one(DOCUMENTS / "digest-with-replies-sudan-2019-04-07.txt")
    assert report.article.startswith("Collected from @nile_desk")
    assert report.comments.startswith("tariq_h @tariq_h")
    assert report.comments.endswith("inshallah")
    left_out = [report.text[slice(*span)] for span in report.left_out]
    assert any("there is no sea in Khartoum" in text for text in left_out)
    assert "14 Replies 203 Retweets 511 Likes" in left_out
    claims = list(code(Reports.of([report]), country="SDN"))
    assert any(claim.certainty != "reader_comment" for claim in claims)
    assert not any("no sea" in claim.quote for claim in claims)
    assert not any("\n" in claim.quote for claim in claims)


@pytest.mark.parametrize(
    "name", ["forwards-without-comments-belarus-2020-08-10", "channel-without-comments-myanmar-2021-03-10"]
)
def test_forwarded_messages_are_the_content(name):
    report = read_one(DOCUMENTS / f"{name}.txt")
    assert find_digest(report.text, report.article_start) is not None
    assert report.comments_start is None


def test_who_posts_once_behind_a_reply_is_a_reader():
    report = read_one(DOCUMENTS / "channel-with-replies-myanmar-2021-02-01.txt")
    assert report.article.endswith("No soldiers in Insein.")
    assert report.comments.startswith("Ko Ko,")
    assert report.comments.endswith("save everything!!")


THREAD = [
    ("desk", "Armoured cars at the bridge since 8:40, three of them."),
    ("desk", "The interior ministry says the road is closed until Monday."),
    ("desk", "Police at the bridge have taken off their helmets, our reporter says."),
]
CROWD = [
    ("zed99", "lol they always take them off when its hot"),
    ("mira", "you people have no idea!!!"),
    ("old_tom", "My brother is one of them, he says they won't shoot"),
    ("zed99", "sure he does"),
]


def posts_of(posts):
    return "\n\n".join(f"{author} @{author} · May 3\n{text}" for author, text in posts)


def test_readers_posts_that_say_not_whom_they_answer_are_told_by_how_they_are_written():
    text = posts_of([*THREAD, *CROWD])
    report = read_one(Document(text, doc="thread"))
    assert report.comments == posts_of(CROWD)
    assert report.article == posts_of(THREAD)


def test_a_heading_of_replies_settles_it():
    sober = [("mira", "The bridge was closed on Friday already, the ministry said.")]
    report = read_one(Document(f"{posts_of(THREAD)}\n\nReplies\n\n{posts_of(sober)}", doc="thread"))
    assert report.comments == f"Replies\n\n{posts_of(sober)}"


def test_a_counter_of_replies_is_no_heading():
    counted = posts_of(THREAD[:1]) + "\n3 replies\n12 likes\n\n" + posts_of(THREAD[1:])
    assert read_one(Document(counted, doc="thread")).comments_start is None


def test_an_article_that_embeds_posts_is_no_digest():
    text = (DOCUMENTS / "check-without-comments-venezuela-2019-04-30.txt").read_text(encoding="utf8")
    assert find_digest(text) is None
    text = (DOCUMENTS / "wire-with-comments-algeria-2019-03-27.txt").read_text(encoding="utf8")
    assert find_digest(text) is None
