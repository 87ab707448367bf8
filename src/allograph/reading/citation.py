"""Say how an answer is cited: as text and as BibTeX, with release, question, date and address.

Who, what and under which licence is that of ``CITATION.cff``, which a test compares with this.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

AUTHOR = "The ALLograph curators"
TITLE = "ALLograph: an open evidence graph of acute lymphoblastic leukaemia"
LICENSE = "CC-BY-4.0"
NOTICE = "A record of what was printed, not medical advice."
"""What each answer says of itself, in whichever format it is taken along."""
_SPECIAL = re.compile(r"([&%$#_{}])")


@dataclass(frozen=True)
class Citation:
    """One answer: which question, of which release, issued and asked when, at which address.

    The answer of another store has no release.
    """

    name: str
    sentence: str
    release: str
    issued: str
    asked: date
    url: str

    @property
    def text(self) -> str:
        """The citation as a sentence of a list of references."""
        of = f" of {self.issued}" if self.issued else ""
        release = f"release {self.release}{of}" if self.release else "of no release"
        return (
            f"{AUTHOR}. “{self.sentence}” {TITLE}, {release}, {LICENSE}. "
            f"Asked on {self.asked.isoformat()} at {self.url}"
        )

    @property
    def bibtex(self) -> str:
        """The citation as an entry of BibTeX; ``@misc``, which every style knows."""
        year = self.issued[:4] or str(self.asked.year)
        fields = {
            "author": f"{{{AUTHOR}}}",
            "title": f"{{{escaped(self.sentence)}}}",
            "howpublished": escaped(TITLE),
            "year": year,
            "note": f"Release {escaped(self.release)}, {LICENSE}" if self.release else LICENSE,
            "url": self.url,
            "urldate": self.asked.isoformat(),
        }
        lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
        key = "-".join(filter(None, ("allograph", self.name, self.release)))
        return f"@misc{{{key},\n{lines}\n}}"


def escaped(text: str) -> str:
    """Write a text so that TeX prints it as it stands; an address needs none of this."""
    return _SPECIAL.sub(r"\\\1", text)
