import pytest

from tasmat_check.readers.exports import HEAD, Export, Intake

from .conftest import Write


@pytest.mark.parametrize("shift", range(4))
def test_the_head_is_read_as_utf_8_though_it_ends_within_a_letter(write: Write, shift: int) -> None:
    name = write("chat.txt", "a" * shift + "😀" * HEAD)
    head = Export.of_file(name, "personal", Intake(), "").head(name)
    assert set(head) <= {"a", "😀"}
    assert len(head) > HEAD // 5


def test_the_head_of_a_small_file_is_the_whole(write: Write) -> None:
    name = write("chat.txt", "It’s £3 😀")
    assert Export.of_file(name, "personal", Intake(), "").head(name) == "It’s £3 😀"
