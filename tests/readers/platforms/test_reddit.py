from datetime import UTC, datetime

from tasmat_check.models import Passage
from tasmat_check.readers import read_posts
from tasmat_check.readers.exports import Intake

from ..conftest import Write

POSTS = (
    "id,permalink,date,ip,subreddit,gildings,title,url,body\n"
    'a1,/r/x/a1,2024-05-01 18:02:03 UTC,,Hastings,,Chips by the sea,,"Best chips,\n""ever"" 😀"\n'
    "a2,/r/x/a2,2024-05-02 18:02:03 UTC,,Hastings,,Gone,,[removed]\n"
)
COMMENTS = "id,permalink,date,ip,subreddit,gildings,link,parent,body,media\nc1,/r/x/c1,never,,Hastings,,,,It’s £3,\n"
MESSAGES = "id,permalink,date,ip,from,to,subject,body\nm1,,,,someone,me,Hello,Not mine\n"


def test_posts_and_comments_are_read_and_messages_are_not(write: Write) -> None:
    for name, content in (("r/posts.csv", POSTS), ("r/comments.csv", COMMENTS), ("r/messages.csv", MESSAGES)):
        write(name, content)
    intake = Intake()
    comment, post = read_posts(["r"], "personal", intake)
    assert (comment.id, comment.text, comment.published) == ("c1", "It’s £3", None)
    assert (post.id, post.text) == ("a1", 'Best chips,\n"ever" 😀')
    assert post.published == datetime(2024, 5, 1, 18, 2, 3, tzinfo=UTC)
    assert post.parts == (Passage("Chips by the sea", "title"),)
    assert list(intake.lines()) == [
        "Read 2 posts: Reddit 2.",
        "Left out: posts that were taken down: 1.",
        "Left out: other files of the export: 1.",
    ]
