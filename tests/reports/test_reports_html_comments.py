"""Readers' comments in pages: marked in one of many ways, or not at all."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.reports import read_reports
from garrison.reports.html_comments import names_comments
from garrison.reports.html_page import documents_in_page

PAGES = Path(__file__).parent / "pages"
STORY = (
    "A lieutenant colonel and some fifty soldiers left their base in Tacna on Sunday, the defence ministry said.",
    "President Alberto Fujimori said that no other unit had moved. Roads in Moquegua were closed.",
    "By Wednesday most of the soldiers had gone home, according to the governor.",
    "The ministry announced on Thursday that eleven of them would be tried by a military court.",
)
THREAD = (
    "He drew his conclusions earlier than the general staff did.",
    "lol he will be president one day, you'll see!",
    "My brother was there and nobody paid them since August.",
)
P = "".join(f"<p>{line}</p>" for line in STORY)
MARKS = {
    "disqus": '<div id="disqus_thread"><ul id="posts" class="post-list">{items}</ul></div>',
    "wordpress": '<div id="comments" class="comments-area"><h2 class="comments-title">3 thoughts on &ldquo;it&rdquo;'
    '</h2><ol class="comment-list">{items}</ol><div id="respond"><form><label>Name</label><input></form></div></div>',
    "ordered list": '<ol class="commentlist">{items}</ol>',
    "section": '<section id="comments">{items}</section>',
    "aside": '<aside class="article-comments">{items}</aside>',
    "camel case": '<div class="ReaderComments">{items}</div>',
    "component": "<coral-comments>{items}</coral-comments>",
    "spanish": '<div class="lista-comentarios">{items}</div>',
    "microdata": "{typed}",
    "property of a list": '<div itemprop="comment">{items}</div>',
}
LAYOUTS = {
    "beside the story": "<nav><a href='/'>Home</a></nav><article><h1>Revolt</h1>{story}</article>{thread}",
    "inside the story": "<article><h1>Revolt</h1>{story}{thread}</article>",
    "without any": "<div><h1>Revolt</h1></div><div class='x'>{story}</div><div class='y'>{thread}</div>",
}
TAIL = "<footer>Copyright The Daily</footer>"


def page_of(layout, mark):
    items = "".join(f'<li class="c9"><b>user{n}</b><p>{line}</p></li>' for n, line in enumerate(THREAD))
    typed = "".join(
        f'<div itemprop="comment" itemscope itemtype="https://schema.org/Comment">'
        f'<time itemprop="datePublished" datetime="2000-11-{9 + n:02}">later</time><p itemprop="text">{line}</p></div>'
        for n, line in enumerate(THREAD)
    )
    thread = MARKS[mark].format(items=items, typed=typed)
    body = LAYOUTS[layout].format(story=P, thread=thread)
    return f"<html><head><title>Revolt</title></head><body>{body}{TAIL}</body></html>"


def read_page(page):
    document = documents_in_page(page.encode(), "page", "page.html")[0]
    return read_reports([document], as_of=date(2001, 1, 1)).reports[0]


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_marked_comments_are_the_comments(layout, mark):
    report = read_page(page_of(layout, mark))
    assert report.article == "\n\n".join(STORY)
    assert [line in report.comments for line in THREAD] == [True] * 3
    assert report.comments.endswith(THREAD[-1])
    assert not report.text[report.article_end : report.comments_start].strip()
    assert report.published == date(2001, 1, 1)


@pytest.mark.parametrize("mark", MARKS)
def test_words_of_marked_comments_keep_their_place_in_the_page(mark):
    page = page_of("inside the story", mark)
    report = read_page(page)
    for line in (*STORY, *THREAD):
        start = report.text.index(line)
        first, last = report.raw_span(start, start + len(line))
        assert page[first:last] == line


UNMARKED = (
    "Disgusting. They'd sell their own mothers!!!",
    "lol he'll be president one day, you'll see",
    "you people never learn, do you?",
    "My brother was there and nobody paid them since August...",
    "Well said. We should all be ashamed.",
)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_comments_in_plain_elements_are_found(layout):
    thread = "".join(f'<div class="r4"><div>{line}</div></div>' for line in UNMARKED)
    report = read_page(f"<body>{LAYOUTS[layout].format(story=P, thread=thread)}{TAIL}</body>")
    assert report.article == "\n\n".join(STORY)
    assert report.comments.startswith(UNMARKED[0])
    assert report.comments.endswith(UNMARKED[-1])


def test_the_end_of_the_story_element_settles_where_sober_comments_begin():
    sober = "The colonel had been passed over for promotion in the spring, one should add."
    thread = "".join(f"<div>{line}</div>" for line in (sober, *UNMARKED))
    beside = read_page(f"<body><article><h1>Revolt</h1>{P}</article>{thread}</body>")
    assert beside.comments.startswith(sober)


def test_a_page_whose_thread_is_empty_has_no_comments():
    empty = '<div id="comments"><h3>0 Comments</h3><h3>Leave a Reply</h3><form><label>Your name</label></form></div>'
    report = read_page(f"<body><article><h1>Revolt</h1>{P}{empty}</article></body>")
    assert report.comments_start is None
    assert report.article == "\n\n".join(STORY)


def test_comments_in_the_margin_do_not_end_the_article():
    first, second = P[: P.index("<p>By")], P[P.index("<p>By") :]
    note = '<div class="inline-comment">I doubt that very much!</div>'
    report = read_page(f"<body><article><h1>Revolt</h1>{first}{note}{second}</article></body>")
    assert report.article.endswith(STORY[-1])
    assert report.comments_start is None
    assert [report.text[slice(*span)] for span in report.left_out] == ["I doubt that very much!"]


def test_comments_in_linked_data_are_ignored():
    data = (
        '{"@type": "NewsArticle", "comment": [{"@type": "Comment", "datePublished": "2000-12-24", "text": "lol"}],'
        ' "publisher": {"datePublished": "2000-10-30"}}'
    )
    script = f'<script type="application/ld+json">{data}</script>'
    document = documents_in_page(f"<head>{script}</head><body>{P}</body>".encode(), "page", "page.html")[0]
    assert document.published == date(2000, 10, 30)
    assert "lol" not in document.text


def test_in_a_forum_the_first_post_is_the_article():
    posts = "".join(f'<div class="topic-post"><p>{line}</p></div>' for line in (" ".join(STORY), *THREAD))
    report = read_page(f"<body><h1>Revolt</h1><div class='posts'>{posts}</div></body>")
    assert report.article == " ".join(STORY)
    assert report.comments == "\n\n".join(THREAD)


@pytest.mark.parametrize(
    ("name", "is_thread"),
    [
        ("comments", True),
        ("comment-list", True),
        ("dsq-content", True),
        ("commentCount", False),
        ("category-comment", False),
        ("commentary", False),
        ("content", False),
        ("comments-link", False),
    ],
)
def test_names_of_threads(name, is_thread):
    assert names_comments(name) is is_thread


def test_a_counter_above_the_story_is_no_thread():
    counter = '<p class="comments"><a href="#c">12 Comments</a></p>'
    report = read_page(f"<body><article><h1>Revolt</h1>{counter}{P}</article></body>")
    assert report.article == "\n\n".join(STORY)
    assert report.comments_start is None


TAGS = (
    '<div class="comments">', "<ol class=commentlist>", "</div>", "</ol>", "<li>lol</li>", "<article>", "</article>",
    "\ue000", "&#xe001;", '<div itemprop="comment">', "<h1>x</h1>",
)  # fmt: skip
PIECES = st.sampled_from([*(f"<p>{line}</p>" for line in STORY), *TAGS])


@settings(deadline=None, max_examples=60)
@given(st.lists(PIECES, max_size=14))
def test_no_page_loses_its_parts_order(pieces):
    page = "<body><p>Troops left.</p>" + "".join(pieces) + "</body>"
    report = read_page(page)
    start, end = report.comments_start, report.comments_end
    assert report.article_start <= report.article_end <= len(report.text)
    assert start is None or report.article_end <= start < end <= len(report.text)
    edges = [edge for span in report.left_out for edge in span]
    assert edges == sorted(edges)
