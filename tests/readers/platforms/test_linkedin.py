import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasmat_check.models import Passage, Skipped
from tasmat_check.readers import read_posts
from tasmat_check.readers.exports import Intake
from tasmat_check.readers.platforms import linkedin

from ..conftest import PNG, Write

LINK = "https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A"
SHARES = (
    "\ufeffDate,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\r\n"
    f'2024-05-01 18:02:03,{LINK}1,"Chips, ""ever"" 😀\r\n\r\nIt’s £3 in C:\\new",https://example.org/a,,PUBLIC\r\n'
    f"2024-05-02 18:02:03,{LINK}2,,https://example.org/b,,PUBLIC\r\n"
    f",{LINK}3/,With a picture,,https://media.example.org/p.jpg,PUBLIC\r\n"
)
COMMENTS = (
    "Date,Link,Message\n"
    f'2024-05-01 18:02:03,{LINK}1,"I led the \\"Earl Grey\\" team,\n\nit was \\"hot\\""\n'
    f'2024-05-02 18:02:03,{LINK}1,"doubled ""quotes"" too ¯\\_(ツ)_/¯"\n'
    f",{LINK}1,Date left blank\n"
    f"2024-05-02 18:02:03,{LINK}1,\n"
)
CONNECTIONS = (
    'Notes:\n"Some addresses are missing, as you may notice."\n\nFirst Name,Last Name,URL\nSam,Friend,https://x\n'
)
ARTICLE = (
    "<html><head><title>Chips &amp; gulls</title><style>p { color: red }</style></head><body>\n"
    '<img src="https://media.example.org/cover.jpg" alt="A gull" title="" />\n'
    '<h1><a href="https://www.linkedin.com/pulse/chips">Chips &amp; gulls</a></h1>\n'
    '<p class="created">Created on 2024-05-01 18:00</p>\n<p class="published">Published on 2024-05-01 18:02</p>\n'
    "<div><p>First <b>line</b> &amp; £3</p><ul><li>Second</li></ul></div></body></html>"
)


def test_an_export_is_read(write: Write) -> None:
    for name, content in (("Shares.csv", SHARES), ("Comments_1.csv", COMMENTS), ("Connections.csv", CONNECTIONS)):
        write(f"e/{name}", content)
    write("e/Articles/Articles/chips.html", ARTICLE)
    intake = Intake()
    article, *comments, share, picture = read_posts(["e"], "personal", intake)
    assert (article.text, article.published) == ("First line & £3\nSecond", datetime(2024, 5, 1, 18, 2, tzinfo=UTC))
    assert [part.text for part in article.parts] == ["Chips & gulls", "A gull"]
    assert article.skipped == (Skipped("https://media.example.org/cover.jpg", "is on the web and not in the export"),)
    assert [comment.text for comment in comments] == [
        'I led the "Earl Grey" team,\n\nit was "hot"',
        'doubled "quotes" too ¯\\_(ツ)_/¯',
        "Date left blank",
    ]
    assert [comment.id for comment in comments] == [f"e/Comments_1.csv#{number}" for number in (1, 2, 3)]
    assert comments[0].published == datetime(2024, 5, 1, 18, 2, 3, tzinfo=UTC)
    assert comments[2].published is None
    assert (share.id, share.text) == ("urn:li:share:1", 'Chips, "ever" 😀\r\n\r\nIt’s £3 in C:\\new')
    assert share.parts == (Passage("https://example.org/a", "link"),)
    assert (picture.id, picture.text, picture.published) == ("urn:li:share:3", "With a picture", None)
    assert picture.skipped == (Skipped("https://media.example.org/p.jpg", "is on the web and not in the export"),)
    assert list(intake.lines()) == [
        "Read 6 posts: LinkedIn 6.",
        "Left out: posts without words or pictures: 1.",
        "Left out: posts of others that were shared without a word: 1.",
        "Left out: other files of the export: 1.",
    ]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('"One""\n""""\n""Two, ""so"""', 'One\n\nTwo, "so"'),
        ('"""One""\n""""\n""Two"""', "One\n\nTwo"),
        ('"""One""\n""Two"""', '"One"\n"Two"'),
        ('"He said ""one""\nTwo"', 'He said "one"\nTwo'),
        ('"One""\nTwo""\n""Three"', 'One"\nTwo"\n"Three'),
        ('"He \\"said\\"\nso"', 'He "said"\nso'),
    ],
)
def test_quotation_marks_around_lines_are_undone_where_the_export_put_them(write: Write, cell: str, text: str) -> None:
    content = f"Date,ShareLink,ShareCommentary,SharedUrl\n2024-05-01 18:02:03,{LINK}1,{cell},\n"
    (share,) = read_posts([write("Shares_12.csv", content)], "personal")
    assert (share.text, share.skipped) == (text, ())


def test_an_older_export_in_a_zip_is_read(tmp_path: Path) -> None:
    path = str(tmp_path / "Basic_LinkedInDataExport.zip")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Shares.csv", f"Date,ShareLink,ShareCommentary\n2024-05-01 18:02:03,{LINK}1,Hello\n")
        archive.writestr("Rich_Media/a.png", PNG)
    intake = Intake()
    (share,) = read_posts([path], "personal", intake)
    assert share.text == "Hello"
    assert intake.left_out == {"pictures that belong to no post": 1}


def test_a_bad_row_is_told_and_the_rest_is_read(write: Write) -> None:
    content = f'Date,Link,Message\n,{LINK}1,one\nx\n,{LINK}1,"two\n'
    one, short, cut = read_posts([write("Comments.csv", content)], "personal")
    assert one.text == "one"
    assert short.skipped == (Skipped("Comments.csv line 3", "has 1 columns where the first line has 3"),)
    assert cut.skipped == (Skipped("Comments.csv line 4", "not valid CSV: unexpected end of data"),)


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("Connections.csv", CONNECTIONS),
        ("plan.csv", "Date,Link,Message\n2024-05-01,https://example.org,Fete on Saturday\n"),
        ("plan.txt", SHARES),
        ("page.html", '<html><p class="published">Published on Monday</p></html>'),
        ("page.html", '<a href="https://www.linkedin.com/in/jo">Me</a>'),
        ("comments.csv", "Comment ID,Channel ID,Comment Text\n"),
        ("empty.csv", ""),
    ],
)
def test_other_files_are_not_taken_for_shares(name: str, head: str) -> None:
    assert not linkedin.recognises(name, head)


MESSAGES = (
    "CONVERSATION ID,FROM,TO,DATE,SUBJECT,CONTENT,FOLDER\n1,Jo,Sam,2024-05-01 18:02:03 UTC,,For you alone,INBOX\n"
)
INVITATIONS = 'From,To,Sent At,Message,Direction\nSam,Jo,"5/1/24, 6:02 PM",May I join?,INCOMING\n'
RECOMMENDATIONS = (
    "First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n"
    'Sam,Friend,Quay School,TA,Sam is kind,"05/01/24, 06:02 PM",VISIBLE\nAnn,Other,,,,,VISIBLE\n'
)


def test_what_people_wrote_to_each_other_is_no_list_of_posts(write: Write) -> None:
    for name, content in (
        ("messages.csv", MESSAGES),
        ("Invitations.csv", INVITATIONS),
        ("Skills.csv", "Name\nMaths\n"),
    ):
        write(f"e/{name}", content)
    intake = Intake()
    (nothing,) = read_posts(["e"], "personal", intake)
    assert nothing.skipped[0].reason.startswith("holds no posts; looked for exports of")
    assert intake.left_out == {"messages": 1, "invitations": 1, "other files of the export": 1}


def test_recommendations_are_read_where_the_owner_wrote_them(write: Write) -> None:
    write("e/Recommendations_Given.csv", RECOMMENDATIONS)
    write("e/Recommendations_Received.csv", RECOMMENDATIONS)
    intake = Intake()
    (given,) = read_posts(["e"], "personal", intake)
    assert (given.text, given.parts) == ("Sam is kind", (Passage("Sam Friend", "tags"),))
    assert given.published == datetime(2024, 5, 1, 18, 2)
    assert intake.left_out == {"recommendations by others": 2, "posts without words or pictures": 1}
