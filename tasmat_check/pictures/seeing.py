"""Looks at one picture file for everything that rules ask for, the cheap things first."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tasmat_check.models import Passage, Seen, Sighting, Skipped
from tasmat_check.pack.keeping import kept
from tasmat_check.pictures import Frame, Picture
from tasmat_check.pictures.loading import loaded_once
from tasmat_check.pictures.memory import keep_freed_memory
from tasmat_check.pictures.opening import PictureError, open_picture

if TYPE_CHECKING:
    from tasmat_check.pictures.codes import CodeReader
    from tasmat_check.pictures.faces import FaceFinder
    from tasmat_check.pictures.hidden_data import HiddenData
    from tasmat_check.pictures.logos import LogoFinder, References
    from tasmat_check.pictures.words import WordReader

NEAR_SCHOOL = 1000.0
"""Metres from a school within which a picture's place is the school's."""

NO_LOGOS = "Logos were not looked for: give a folder of the trust's own with --logos, or lay it into the pack."

Found = TypeVar("Found")
Place = tuple[str, float, float]
"""A school's name with its latitude and longitude in degrees."""


class PictureReader:
    """Looks at pictures; each detector is loaded when the first picture needs it.

    `labels` are what rules ask for. A detector whose library this computer lacks is told as skipped, for each picture.
    """

    def __init__(self, labels: frozenset[str], logos: Path | None, schools: Sequence[Place]) -> None:
        """Take what to look for, the folder of reference logos, and where the schools are."""
        self._labels = labels
        self._logo_folder = logos
        self._schools = schools
        self._told_of_logos = False
        _keep_to_one_thread()
        keep_freed_memory()

    def look(self, name: str, content: bytes) -> Seen:
        """Look at a picture file; what cannot be opened or looked for stands in `skipped`."""
        try:
            picture = open_picture(content, name)
        except PictureError as error:
            return Seen(name, skipped=(Skipped(name, error.reason),))
        gathering = _Gathering(name)
        self._hidden(picture, gathering)
        for frame in picture.frames:
            self._frame(frame, gathering)
        first = picture.frames[0]
        found = tuple(gathering.sightings), tuple(gathering.passages), tuple(gathering.skipped)
        sought = "FACE" in self._labels and "faces" not in gathering.failed
        return Seen(name, first.width, first.height, *found, tuple(gathering.notes), sought)

    def _frame(self, frame: Frame, gathering: "_Gathering") -> None:
        if _is_plain(frame):
            return
        codes = gathering.attempt("codes", lambda: self._codes.read(frame))
        gathering.sightings.extend(codes)
        gathering.passages.extend(
            Passage(
                code.text, f"code in {gathering.name}", gathering.name, (code.box,) * len(code.text), found_in="picture"
            )
            for code in codes
            if code.box and code.text
        )
        if "FACE" in self._labels:
            gathering.sightings.extend(gathering.attempt("faces", partial(self._find_faces, frame)))
        if "LOGO" in self._labels:
            gathering.sightings.extend(gathering.attempt("logos", lambda: self._find_logos(frame, gathering)))
        gathering.passages.extend(gathering.attempt("words", lambda: list(self._words_of(frame, gathering.name))))

    def _hidden(self, picture: Picture, gathering: "_Gathering") -> None:
        for hidden in gathering.attempt("hidden data", lambda: [_hidden_data(picture)]):
            gathering.sightings.extend(self._places(hidden))
            gathering.passages.extend(_hidden_passages(hidden, picture.name))
            gathering.skipped.extend(Skipped(f"hidden data of {picture.name}", reason) for reason in hidden.unread)
            if hidden.thumbnail is not None and "FACE" in self._labels:
                faces = gathering.attempt("faces", partial(self._find_faces, hidden.thumbnail))
                gathering.sightings.extend(Sighting("FACE", None, face.score, source="Thumbnail") for face in faces)

    def _find_faces(self, frame: Frame) -> list[Sighting]:
        from tasmat_check.pictures.drawn_faces import photographed

        return photographed(self._faces.find(frame), frame)

    def _find_logos(self, frame: Frame, gathering: "_Gathering") -> list[Sighting]:
        """Find logos; the first picture's report also tells what is the matter with the references."""
        told, self._told_of_logos = self._told_of_logos, True
        if self._logo_folder is None:
            gathering.notes.extend(() if told else (NO_LOGOS,))
            return []
        if not told:
            gathering.skipped.extend(self._references.refused)
            gathering.notes.extend(self._references.notes)
        return self._logos.find(frame)

    def _places(self, hidden: "HiddenData") -> Iterator[Sighting]:
        from tasmat_check.pictures.hidden_data import distance

        position = hidden.position
        if position is None:
            return
        near = [name for name, *where in self._schools if distance(position, *where) <= NEAR_SCHOOL]
        told = f"{position.told()}, beside {near[0]}" if near else position.told()
        yield Sighting("GPS", None, 1.0, told, position.source, "school" if near else "")

    def _words_of(self, frame: Frame, name: str) -> Iterator[Passage]:
        from tasmat_check.pictures.words import Transcript

        transcript = Transcript(tuple(self._words.read(frame)))
        if transcript.text:
            yield Passage(transcript.text, f"words in {name}", name, transcript.boxes, found_in="picture")

    @loaded_once
    def _codes(self) -> "CodeReader":
        from tasmat_check.pictures.codes import CodeReader

        return CodeReader()

    @loaded_once
    def _faces(self) -> "FaceFinder":
        from tasmat_check.pictures.faces import FaceFinder

        return FaceFinder()

    @loaded_once
    def _words(self) -> "WordReader":
        from tasmat_check.pictures.words import WordReader

        return WordReader()

    @loaded_once
    def _references(self) -> "References":
        from tasmat_check.pictures.logos import load_references

        return load_references(self._logo_folder or Path(), kept)

    @loaded_once
    def _logos(self) -> "LogoFinder":
        from tasmat_check.pictures.logos import LogoFinder

        return LogoFinder(self._references)


class _Gathering:
    """What was seen so far of one picture."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.sightings: list[Sighting] = []
        self.passages: list[Passage] = []
        self.skipped: list[Skipped] = []
        self.notes: list[str] = []
        self.failed: set[str] = set()

    def attempt(self, what: str, look: Callable[[], list[Found]]) -> list[Found]:
        """Look for something; where that cannot be done here, say so once and go on with the rest."""
        try:
            return look()
        except ImportError:
            reason = "the library that finds them is not installed on this computer"
        except Exception as problem:  # one picture that a library fails at must not stop the others
            reason = f"could not be looked for: {type(problem).__name__}"
        self.failed.add(what)
        gap = Skipped(f"{what} in {self.name}", reason)
        if gap not in self.skipped:
            self.skipped.append(gap)
        return []


def _keep_to_one_thread() -> None:
    """Have OpenCV share no work out among threads, which cost time as they wait: pictures are looked at by twos."""
    with suppress(ImportError):
        import cv2

        cv2.setNumThreads(1)


def _is_plain(frame: Frame) -> bool:
    """Say whether there is nothing in a picture that any detector could find, where OpenCV is there to tell."""
    try:
        from tasmat_check.pictures.plainness import is_plain

        return is_plain(frame)
    except ImportError:
        return False


def _hidden_data(picture: Picture) -> "HiddenData":
    from tasmat_check.pictures.hidden_data import read

    return read(picture)


def _hidden_passages(hidden: "HiddenData", image: str) -> Iterator[Passage]:
    from tasmat_check.pictures.hidden_passages import passages

    return passages(hidden, image)
