"""The HTML report in a real browser: the filter works, nothing is fetched, nothing bars anyone's way."""

import shutil
from collections.abc import Iterator
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from tasmat_check.models import Draft, Level, Report

from .pages import many, written
from .samples import SmallPack, all_reports, breach_report, finding

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome is installed"),
    pytest.mark.skipif(find_spec("playwright") is None, reason="playwright is not installed"),
]


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield running
        running.close()


# axe takes the place of what is not drawn yet for where it stands, and so its colours for those of something else.
_OPEN_AND_DRAWN = "all => all.forEach(each => { each.open = true; each.style.contentVisibility = 'visible'; })"


class Opened:
    """A report opened in the browser, and everything it tried to say or fetch on its own."""

    def __init__(self, browser: "Browser", path: Path, **options: Any) -> None:
        self.page: Page = browser.new_page(**options)
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        self.page.goto(path.as_uri())

    def choose(self, field: str, value: str) -> None:
        self.page.select_option(f"[name={field}]", value)

    def count(self, text: str) -> None:
        """Wait until the live count says this."""
        self.page.wait_for_function("text => document.getElementById('count').textContent === text", arg=text)

    def shown(self) -> list[str]:
        visible = "posts => posts.filter(post => post.checkVisibility()).map(post => post.id)"
        return list(map(str, self.page.eval_on_selector_all(".post", visible)))


@pytest.fixture
def saved(tmp_path: Path, pack: SmallPack) -> Path:
    path = tmp_path / "report.html"
    path.write_text(written([*all_reports(), *many(8)], pack), encoding="utf-8")
    return path


@pytest.fixture
def opened(browser: "Browser", saved: Path) -> Iterator[Opened]:
    report = Opened(browser, saved)
    yield report
    assert report.complaints == []
    assert [url for url in report.requests if not url.startswith(("file:", "data:"))] == []
    report.page.close()


def test_every_choice_of_the_filter_narrows_the_posts(opened: Opened) -> None:
    opened.count("12 posts")
    opened.choose("outcome", "breach")
    opened.count("3 of 12 posts")
    assert opened.shown() == ["p1", "p5", "p9"]
    opened.choose("month", "2025-01")
    opened.count("2 of 12 posts")
    opened.choose("clause", "6.14")
    opened.count("0 of 12 posts")
    assert opened.page.is_visible("#none")
    opened.page.click("button[type=reset]")
    opened.count("12 posts")
    assert not opened.page.is_visible("#none")
    opened.choose("channel", "official")
    opened.count("3 of 12 posts")
    opened.choose("channel", "")
    opened.choose("source", "year.zip")
    opened.count("8 of 12 posts")
    opened.page.check("[name=gaps]")
    opened.count("4 of 12 posts")


def test_search_reads_ids_words_and_messages_whatever_their_case(opened: Opened) -> None:
    for words, count in (
        ("MONDAY.txt", 1),
        ("lemon sank", 3),
        ("names someone kelly", 3),
        ("pictures cannot be read", 3),
        ("nowhere", 0),
    ):
        opened.page.fill("[name=search]", words)
        opened.count(f"{count} of 12 posts")


def test_groups_without_a_post_left_go_and_say_how_many_are_left(opened: Opened) -> None:
    opened.page.fill("[name=search]", "monday.txt")
    opened.count("1 of 12 posts")
    assert opened.page.inner_text("#breach [data-tally]") == "1 post"
    assert not opened.page.is_visible("#clear")


def test_the_filter_works_by_keyboard_alone(opened: Opened) -> None:
    opened.page.focus("[name=search]")
    opened.page.keyboard.type("cake.txt")
    opened.count("1 of 12 posts")
    opened.page.keyboard.press("Enter")
    while opened.page.evaluate("document.activeElement.closest('.post') === null"):
        opened.page.keyboard.press("Tab")
    opened.page.keyboard.press("Enter")
    assert opened.page.is_visible("#p3 .words")
    assert opened.page.evaluate("document.activeElement.closest('.post').open")


def test_a_clause_of_the_chart_leads_to_its_posts(opened: Opened) -> None:
    opened.page.click("table a[data-clause='6.14']")
    opened.count("3 of 12 posts")


def test_a_thing_not_checked_leads_to_its_open_post(opened: Opened) -> None:
    opened.page.fill("[name=search]", "monday.txt")
    opened.count("1 of 12 posts")
    opened.page.click(".alarm a >> nth=0")
    # As a function: the page's policy lets no other text be run, and waiting would fail.
    opened.page.wait_for_function(
        "() => document.getElementById('p2').open && document.getElementById('p2').checkVisibility()"
    )


def test_everything_can_be_read_without_scripts(browser: "Browser", saved: Path) -> None:
    report = Opened(browser, saved, java_script_enabled=False)
    assert not report.page.is_visible("#filter")
    assert report.page.is_visible("#no-filter")
    assert report.page.is_visible("#p1 h4")
    report.page.click("#p1 summary")
    assert report.page.is_visible("#p1 .concerns .fix >> nth=0")
    report.page.close()


def test_no_word_of_a_post_runs(browser: "Browser", tmp_path: Path, pack: SmallPack) -> None:
    text = (
        "<script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)></script>"
        "<a href='javascript:alert(4)'>x</a><link rel=stylesheet href=https://example.org/x.css>"
    )
    found = finding(text, text, "5.4", fix=text, rule=text)
    reports = [Report(Draft(text, text, text), (found,), {"5.4": Level.BREACH})] * 3
    path = tmp_path / "hostile.html"
    path.write_text(written(reports, pack), encoding="utf-8")
    report = Opened(browser, path)
    report.page.fill("[name=search]", "<script>")
    report.count("3 posts")
    report.page.wait_for_timeout(100)
    assert report.complaints == []
    assert report.requests == [path.as_uri()]
    assert report.page.locator(".post a[href]:not([href^='#'])").count() == 0
    report.page.close()


@pytest.mark.parametrize("width", [1280, 400])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("count", [1, 12])
def test_axe_finds_no_serious_fault(
    browser: "Browser", tmp_path: Path, pack: SmallPack, scheme: Literal["light", "dark"], width: int, count: int
) -> None:
    path = tmp_path / "report.html"
    path.write_text(written([breach_report()] if count == 1 else [*all_reports(), *many(8)], pack), encoding="utf-8")
    report = Opened(browser, path, viewport={"width": width, "height": 900}, color_scheme=scheme)
    report.page.eval_on_selector_all("details", _OPEN_AND_DRAWN)
    report.page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    result = report.page.evaluate("axe.run()")
    faults = [
        (fault["id"], fault["nodes"][0]["html"])
        for fault in result["violations"]
        if fault["impact"] in ("serious", "critical")
    ]
    assert faults == []
    assert len(result["passes"]) > 20
    assert report.page.evaluate("document.documentElement.scrollWidth") <= width
    report.page.close()


def test_printing_opens_every_post(opened: Opened) -> None:
    assert not opened.page.is_visible("#p4 .words")
    opened.page.emulate_media(media="print")
    assert opened.page.is_visible("#p4 .words")
    assert not opened.page.is_visible("#filter")


def test_ten_thousand_posts_stay_usable(browser: "Browser", tmp_path: Path, pack: SmallPack) -> None:
    path = tmp_path / "large.html"
    with path.open("w", encoding="utf-8") as out:
        out.write(written(many(10_000), pack))
    report = Opened(browser, path)
    loaded = report.page.evaluate("performance.getEntriesByType('navigation')[0].duration")
    begun = report.page.evaluate("performance.now()")
    report.page.fill("[name=search]", "kelly")
    report.count("2,500 of 10,000 posts")
    searched = report.page.evaluate("performance.now()") - begun
    begun = report.page.evaluate("performance.now()")
    report.choose("outcome", "caution")
    report.count("0 of 10,000 posts")
    chosen = report.page.evaluate("performance.now()") - begun
    assert loaded < 20_000  # 2 seconds on the machine it was written on
    assert searched < 5_000  # 0.4 seconds
    assert chosen < 3_000  # 0.1 seconds
    report.page.close()
