from datetime import datetime

import pytest

from tasmat_check.models import Passage
from tasmat_check.readers.platforms import facebook

from ..conftest import PNG, Write
from .meta.exporting import read

SECTION = (
    '<section class="_3-95 _a6-g"><h2 class="_2ph_ _a6-h _a6-i">{title}</h2><div class="_2ph_ _a6-p"><div>'
    '<div class="_2pin"><div>{text}</div></div><div class="_2pin"><div>Updated {date}</div></div><div>{more}</div>'
    '</div></div><footer class="_3-94 _a6-o"><a href="https://www.facebook.com/dyi/l/?l=1">'
    '<div class="_a72d">{date}</div></a></footer></section>'
)
CARD = (
    '<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><div class="_3-95 _2pim _a6-h _a6-i">{title}</div>'
    '<div class="_3-95 _a6-p"><div><div></div><div>{text}</div>{more}</div></div><div class="_3-94 _a6-o">{date}</div>'
    "</div>"
)
OLD_CARD = (
    '<div class="pam _3-95 _2pi0 _2lej uiBoxWhite noborder"><div class="_3-96 _2pio _2lek _2lel">{title}</div>'
    '<div class="_3-96 _2let"><div>{text}</div>{more}</div><div class="_3-94 _2lem">{date}</div></div>'
)


@pytest.mark.parametrize("markup", [SECTION, CARD, OLD_CARD])
def test_web_pages_are_read_loosely(write: Write, markup: str) -> None:
    rows = '<table><tr><td class="_a6-q">Latitude</td><td>50.87</td></tr></table>'
    more = f'<a href="x/1.png"><img src="your_facebook_activity/posts/media/1%20a.png"></a>{rows}<div>https://example.org/a</div>'
    blocks = [
        markup.format(
            title="Jo Doe updated her status.",
            text="Caf&eacute; &amp; £5 😊<br/><br />two",
            date="Nov 14, 2023, 10:13 PM",
            more=more,
        ),
        markup.format(title="Jo Doe was here.", text="second", date="14. nóvember", more=""),
    ]
    page = f"<html><head><style>._a6-g{{}}</style></head><body><h1>Posts</h1>{''.join(blocks)}</body></html>"
    write("e/your_facebook_activity/posts/media/1 a.png", PNG)
    write("e/your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.html", page)
    (post, second), counts = read("e")
    assert post.text == "Café & £5 😊\n\ntwo"
    assert post.published == datetime(2023, 11, 14, 22, 13)
    assert post.images == ("e/your_facebook_activity/posts/media/1 a.png",)
    assert post.parts == (
        Passage("Jo Doe updated her status.", "title"),
        Passage("https://example.org/a", "link"),
        Passage("Latitude\n50.87", "details"),
    )
    assert not post.skipped
    assert (second.text.splitlines()[0], second.published) == ("second", None)
    assert counts == ["Read 2 posts: Facebook 2."]


def test_a_page_whose_posts_cannot_be_parted_recommends_json(write: Write) -> None:
    write("e/posts/your_posts_1.html", "<style>._a6-g{}</style><main><p>words</p></main>")
    (draft,), _ = read("e")
    assert [skipped.reason for skipped in draft.skipped] == [
        "the posts in this page cannot be told apart; ask for the export again and choose JSON as its format"
    ]


def test_pages_of_others_words_and_ordinary_pages_are_no_posts() -> None:
    page = CARD.format(title="Sam", text="hi", date="Nov 14, 2023, 10:13 PM", more="")
    assert facebook.recognises("x/your_posts_12.html", page)
    assert facebook.recognises("x/album/3.html", page)
    for name in ("messages/inbox/sam/message_1.html", "your_friends.html", "likes_and_reactions.html", "3.html"):
        assert not facebook.recognises(name, page)
    assert not facebook.recognises("comments.html", "<html><body>A school’s own page</body></html>")


def test_a_post_within_a_post_ends_with_it(write: Write) -> None:
    inner = '<section class="_a6-g"><div class="_2ph_ _a6-p">within</div></section>'
    page = SECTION.format(title="Jo Doe was here.", text="around", date="Nov 14, 2023, 10:13 PM", more=inner)
    write(
        "e/posts/your_posts_1.html",
        page + SECTION.format(title="Next", text="next", date="Nov 15, 2023 1:00 am", more=""),
    )
    (post, second), _ = read("e")
    assert (post.text, post.published) == ("around\nwithin", datetime(2023, 11, 14, 22, 13))
    assert (second.text, second.published) == ("next", datetime(2023, 11, 15, 1))


def test_a_page_longer_than_what_is_read_at_once(write: Write) -> None:
    block = CARD.format(title="t", text="😊" + "x" * 3000, date="Nov 14, 2023, 10:13 PM", more="")
    write("e/posts/your_posts_1.html", "<style>._a6-g{}</style>" + " " * 2_000_000 + block * 1000)
    drafts, _ = read("e")
    assert [draft.text for draft in drafts] == ["😊" + "x" * 3000] * 1000
