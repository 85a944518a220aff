"""LinkedIn: shares, comments, articles and recommendations of the data request."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import unquote

from tasmat_check.files import load
from tasmat_check.models import Passage, Skipped
from tasmat_check.readers.csv_rows import column_names, read_rows
from tasmat_check.readers.decoding import decode
from tasmat_check.readers.drafts import LARGEST_FILE
from tasmat_check.readers.exports import Attached, Export, Post
from tasmat_check.readers.moments import moment
from tasmat_check.readers.web import Page, read_page

NAME = "LinkedIn"

_SHARES = frozenset({"date", "sharelink", "sharecommentary"})
_COMMENTS = frozenset({"date", "link", "message"})
_RECOMMENDATIONS = frozenset({"first_name", "last_name", "text", "creation_date", "status"})
_OF_OTHERS = {
    "messages": frozenset({"conversation_id", "from", "to", "date", "content"}),
    "invitations": frozenset({"from", "to", "sent_at", "message", "direction"}),
}
"""Columns of files whose words would else be taken for a list of posts."""

_ARTICLE = re.compile(r'<p class="(?:created|published)">\s*(?:Created|Published) on ([^<]*)</p>')
_ESCAPED = re.compile(r'(?<!\\)((?:\\\\)*)\\"')
_ESCAPED_INSIDE = re.compile(r'(?<!\\)(?:\\\\)*\\"(?![",\r\n])')


def recognises(name: str, head: str) -> bool:
    """Tell shares, comments and what people wrote to each other by the columns, articles by how they begin."""
    if name.lower().endswith((".html", ".htm")):
        return "linkedin.com/" in head and bool(_ARTICLE.search(head))
    if not name.lower().endswith(".csv"):
        return False
    columns = column_names(head)
    known = (_SHARES, _RECOMMENDATIONS, *_OF_OTHERS.values())
    return any(sign.issubset(columns) for sign in known) or (_COMMENTS.issubset(columns) and "linkedin.com/" in head)


def read(export: Export, name: str) -> Iterator[Post | Skipped]:
    """Yield the article of a page, or each share, comment or recommendation that has words or a picture."""
    if not name.lower().endswith(".csv"):
        yield from _read_article(export, name)
        return
    head = export.head(name)
    columns = column_names(head)
    if of_others := _of_others(name, columns):
        export.intake.leave_out(of_others, sum(1 for _ in read_rows(export.place(name))))
        return
    recommendations = _RECOMMENDATIONS.issubset(columns)
    comments = "sharecommentary" not in columns
    escaped = comments or bool(_ESCAPED_INSIDE.search(head))
    for row in read_rows(export.place(name), _with_doubled_quotes if escaped else None):
        if isinstance(row, Skipped):
            yield row
        elif recommendations:
            yield from _recommendation(row, export)
        elif comments:
            yield from _comment(row, export)
        else:
            yield from _share(row, export)


def _of_others(name: str, columns: list[str]) -> str:
    """Say what a file holds where that is not for everyone, or by others; only its name tells whose recommendations."""
    if _RECOMMENDATIONS.issubset(columns):
        return "recommendations by others" if "received" in name.lower() else ""
    return next((what for what, sign in _OF_OTHERS.items() if sign.issubset(columns)), "")


def _with_doubled_quotes(line: str) -> str:
    r"""Write quotation marks inside a cell as "", which comments have as \"; other backslashes are typed ones."""
    return _ESCAPED.sub(r'\1""', line)


def _comment(row: dict[str, str], export: Export) -> Iterator[Post]:
    if row["message"].strip():
        yield Post(row["message"], published=_moment(row["date"]))
    else:
        export.intake.leave_out("posts without words or pictures")


def _recommendation(row: dict[str, str], export: Export) -> Iterator[Post]:
    if row["text"].strip():
        person = f"{row['first_name']} {row['last_name']}".strip()
        yield Post(
            row["text"], published=moment(row["creation_date"], month_first=True), parts=(Passage(person, "tags"),)
        )
    else:
        export.intake.leave_out("posts without words or pictures")


def _share(row: dict[str, str], export: Export) -> Iterator[Post]:
    text = _with_plain_breaks(row["sharecommentary"])
    link, media = row.get("sharedurl", "").strip(), row.get("mediaurl", "").strip()
    if not text.strip() and not media:
        export.intake.leave_out("posts of others that were shared without a word")
        return
    yield Post(
        text,
        unquote(row["sharelink"].strip().rstrip("/").rpartition("/")[2]),
        _moment(row["date"]),
        (Passage(link, "link"),) if link else (),
        (Attached(media),) if media else (),
    )


def _with_plain_breaks(text: str) -> str:
    """Undo the quotation marks that some exports put around each line of a commentary."""
    lines = text.replace("\r\n", "\n").split("\n")
    first, middle, last = lines[0], lines[1:-1], lines[-1]
    if len(lines) < 2 or not first.endswith('"') or not last.startswith('"'):
        return text
    if not all(len(line) > 1 and line[0] == line[-1] == '"' for line in middle):
        return text
    wrapped = first.startswith('"') and last.endswith('"')
    if wrapped and '""' not in middle:
        return text  # quoted lines that a person may have typed
    bare = [first[wrapped:-1], *(line[1:-1] for line in middle), last[1 : len(last) - wrapped]]
    return "\n".join(bare).replace('""', '"')


def _read_article(export: Export, name: str) -> Iterator[Post]:
    markup = decode(load(export.place(name), LARGEST_FILE))
    dates = list(_ARTICLE.finditer(markup))
    top, article = read_page(markup[: dates[0].start()]), read_page(markup[dates[-1].end() :])
    if not article.text and not article.pictures:
        export.intake.leave_out("posts without words or pictures")
        return
    yield Post(
        article.text,
        published=_moment(dates[-1][1]),
        parts=(Passage(top.title, "title"),) if top.title else (),
        attached=tuple(_pictures(top, article)),
    )


def _pictures(*pages: Page) -> Iterator[Attached]:
    for page in pages:
        yield from (Attached(picture.source, picture.alt) for picture in page.pictures if picture.source)


def _moment(value: str) -> datetime | None:
    """Read a date as the exports write it, which is in UTC; articles leave out the seconds."""
    value = value.strip().removesuffix(" UTC")
    with_seconds = value if value.count(":") == 2 else f"{value}:00"
    try:
        return datetime.strptime(with_seconds, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None
