import json
from datetime import UTC, datetime

from tasmat_check.models import Passage
from tasmat_check.readers.platforms import instagram, threads

from ..conftest import PNG, Write
from .meta.exporting import as_meta_writes, read

POSTS = {
    "text_post_app_text_posts": [
        {
            "media": [
                {
                    "uri": "",
                    "creation_timestamp": 1_700_000_006,
                    "title": "agreed — see you Monday",
                    "text_app_post": {"is_reply": True},
                }
            ]
        },
        {
            "title": "caption 😊 on the post",
            "creation_timestamp": 1_700_000_007,
            "media": [{"uri": "media/posts/202311/x.png", "creation_timestamp": 5, "title": ""}],
        },
        {"media": [{"uri": "", "creation_timestamp": 8, "title": ""}]},
        {
            "creation_timestamp": 9,
            "media": [{"uri": "", "title": "first"}, {"uri": "media/posts/202311/x.png", "title": "second"}],
        },
    ]
}


def test_posts_and_replies_inside_the_export_of_instagram(write: Write) -> None:
    write("e/media/posts/202311/x.png", PNG)
    write("e/your_instagram_activity/threads/threads_and_replies.json", as_meta_writes(POSTS))
    write("e/your_instagram_activity/threads/liked_threads.json", as_meta_writes({"text_post_app_media_likes": [{}]}))
    (reply, post, two), counts = read("e")
    assert (reply.text, reply.published) == ("agreed — see you Monday", datetime(2023, 11, 14, 22, 13, 26, tzinfo=UTC))
    assert (post.text, post.images) == ("caption 😊 on the post", ("e/media/posts/202311/x.png",))
    assert post.published == datetime(2023, 11, 14, 22, 13, 27, tzinfo=UTC)
    assert (two.text, two.parts) == (
        "",
        (Passage("first", "description of a picture"), Passage("second", "description of x.png")),
    )
    assert counts == [
        "Read 3 posts: Threads 3.",
        "Left out: posts without words or pictures: 1.",
        "Left out: other files of the export: 1.",
    ]


def test_only_threads_takes_its_file() -> None:
    head = json.dumps(POSTS)
    assert threads.recognises("any.json", head)
    assert not instagram.recognises("posts_1.json", head)
    assert not threads.recognises("threads_viewed.json", '{"text_post_app_text_post_app_posts_seen": []}')
