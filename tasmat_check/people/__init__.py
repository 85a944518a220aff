"""The people list: reading a school's export of pupils and staff, and recognizing these people in a wording."""

from tasmat_check.people.listing import Omission, PeopleList, describe
from tasmat_check.people.matching import PeopleMatcher
from tasmat_check.people.reading import read_people

__all__ = ["Omission", "PeopleList", "PeopleMatcher", "describe", "read_people"]
