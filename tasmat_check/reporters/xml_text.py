"""Makes any text fit for XML, which cannot hold every character."""

import re

from tasmat_check.reporters.lettering import Lettering

# What XML 1.0 (production Char) leaves out beside the characters that a Lettering makes visible.
_NO_CHARACTER = re.compile("[\ufffe\uffff]")


def xml_text(text: str, lettering: Lettering) -> str:
    """Give the text with control characters shown and without any that XML forbids; markup is not escaped yet."""
    return lettering.shown(_NO_CHARACTER.sub("\ufffd", text))
