"""What hidden data say, as passages that rules can read."""

from typing import Any

import pytest

from tasmat_check.pictures.hidden_data import HiddenData
from tasmat_check.pictures.hidden_passages import passages


def told(**fields: Any) -> list[tuple[str, str, str]]:
    return [(each.found_in, each.source, each.text) for each in passages(HiddenData(**fields), "photo.jpg")]


def test_each_field_says_where_it_stands() -> None:
    (passage,) = passages(HiddenData(texts=(("EXIF XPTitle", "Sports day"),)), "photo.jpg")
    assert (passage.part, passage.image, passage.boxes) == ("EXIF XPTitle of photo.jpg", "photo.jpg", ())


def test_a_text_in_several_fields_is_told_once_where_it_says_most() -> None:
    found = told(
        texts=(("XMP description", "Amy Pupil"), ("IPTC Caption", "picnic"), ("EXIF XPTitle", "picnic")),
        shown=(("XMP person shown", "Amy Pupil"),),
    )
    assert found == [("tag", "XMP person shown", "Amy Pupil"), ("hidden", "IPTC Caption", "picnic")]


def test_the_device_is_told() -> None:
    assert told(device="Apple iPad, Hill School iPad 4") == [("hidden", "device", "Apple iPad, Hill School iPad 4")]


@pytest.mark.parametrize("notice", ["© 2024 Jo Hart", "Copyright Jo Hart. All rights reserved.", "Hart"])
def test_the_author_s_own_notice_says_nothing_new(notice: str) -> None:
    found = told(copyright=(("EXIF Copyright", notice),), authors=(("EXIF Artist", "Jo Hart"),))
    assert found == [("hidden", "EXIF Artist", "Jo Hart")]


@pytest.mark.parametrize("notice", ["© 2024 Maple Press", "Jo Hart / Maple Press"])
def test_somebody_else_s_notice_is_told(notice: str) -> None:
    found = told(copyright=(("EXIF Copyright", notice),), authors=(("EXIF Artist", "Jo Hart"),))
    assert ("copyright", "EXIF Copyright", notice) in found
