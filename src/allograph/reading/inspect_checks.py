"""The checks of INSPECT-SR, by their numbers, and which rules of the ledger look at each.

The numbers and what each is about were seen on 2026-11-28: those with an address of their own in
the guidance of the tool (inspect.sr), the others in a guide by its first author, which
docs/inspect.md names. The words here are ours; who judges reads the guidance.
"""

from __future__ import annotations

from dataclasses import dataclass

DOMAINS = {
    "1": "Notices after publication",
    "2": "Conduct, governance and transparency",
    "3": "Text and figures",
    "4": "Results in the study",
}
"""The four domains of the tool; each is judged by two reviewers, and then the study."""
ANSWERS = "yes, no, unclear, not applicable"
"""What a reviewer answers to a check: yes is a cause for concern."""
JUDGEMENTS = "no concerns, some concerns, serious concerns"

_CHAPTER = "https://inspect.sr/chapters/check_{}.html"


IN_ONE_REPORT, IN_TWO_REPORTS, IN_TWO_STUDIES = "one report", "two reports", "two studies"
"""Where the sides of a finding stand: in a report, in two of a study, in two studies."""
_ALL = frozenset((IN_ONE_REPORT, IN_TWO_REPORTS, IN_TWO_STUDIES))


@dataclass(frozen=True)
class Check:
    """One check: its number, what it asks in our words, the rules that look at it.

    ``facts`` names what the graph says beside the rules. Of what neither sees, ``left`` says what a
    reviewer has to do. Of the findings of the rules those count whose sides stand in ``sides``.
    """

    number: str
    question: str
    left: str
    rules: tuple[str, ...] = ()
    facts: str = ""
    has_chapter: bool = False
    sides: frozenset[str] = _ALL

    @property
    def seen_at(self) -> str:
        """The address of its own page, where that was seen."""
        return _CHAPTER.format(self.number.replace(".", "_")) if self.has_chapter else ""


_NOTICES = "Search the journal's page and a database of retractions on the day of the review."
CHECKS = (
    Check("1.1", "Was a report of the study retracted?", _NOTICES, facts="retractions",
          has_chapter=True),
    Check("1.2", "Is there an expression of concern or another notice about a report?",
          f"{_NOTICES} Read letters and comments, too.", facts="notices", has_chapter=True),
    Check("1.3", "Do other studies of the authors give cause for concern?",
          "Search the first, the last and the corresponding author.", has_chapter=True),
    Check("2.1", "Is there doubt about the approval by an ethics committee?",
          "Look for committee, number and date in the reports and the registration.",
          facts="approvals", has_chapter=True),
    Check("2.2", "Is there doubt about the registration: whether, and when?",
          "Hold the day of registration against the start of recruitment.",
          rules=("registration-curated",), facts="registrations"),
    Check("2.3", "Does the publication differ from what was registered?",
          "Read the first version of the registration, and its history.", has_chapter=True),
    Check("2.4", "Could so many people be recruited in the time that is given?",
          "Hold the number of people against how common the disease is where they were treated.",
          rules=("dates-in-order", "plausible-time"), facts="accrual"),
    Check("2.5", "Could the study be done as described, with these means?",
          "Look at visits, staff, sites and funding."),
    Check("3.1", "Is there text, or a table, that is copied or does not belong to the study?",
          "Compare the texts; the graph holds none of others."),
    Check("3.2", "Are figures manipulated or used twice?",
          "Look at the figures; the graph holds none of others."),
    Check("4.1", "Do the data of the people go with the criteria by which they were chosen?",
          "Hold the table of baseline characteristics against the criteria.",
          rules=("plausible-age", "comparator-outside-population"),
          has_chapter=True),
    Check("4.2", "Could the method of allocation give arms of such sizes?",
          "Read how the allocation was done, in blocks or strata."),
    Check("4.3", "Are baseline data plausible?",
          "Read the table of baseline characteristics; the graph has a part of it."),
    Check("4.4", "Do figures, tables and text of a report agree?",
          "Hold the plots against the numbers; the graph has numbers alone.",
          rules=("contradiction", "discrepancy", "share-of-part", "claim-turned-round",
                 "direction-left-out"), sides=frozenset((IN_ONE_REPORT,))),
    Check("4.5", "Is it plausible how many people were lost to follow-up?",
          "Read the flow of participants."),
    Check("4.6", "Do the numbers of people agree with each other?",
          "Read the flow of participants, too.",
          rules=("parts-of-whole", "events-within-group", "group-and-count", "whole-and-count",
                 "partition-of-one-group", "denominator-of-arms", "analysis-sets-mixed",
                 "drawn-from-part"), facts="sizes"),
    Check("4.7", "Are outcomes and effects plausible?",
          "Hold them against other studies, as in a forest plot, once they are pooled.",
          rules=("discrepancy",), sides=frozenset((IN_TWO_STUDIES,))),
    Check("4.8", "Can whole numbers of people give these shares and means?",
          "Try means and standard deviations of whole numbers (GRIM, GRIMMER), too.",
          rules=("granularity", "share-and-count", "printed-so")),
    Check("4.9", "Do intervals, p-values and effects go with the numbers that they are made of?",
          "Recompute p-values that the graph does not have.",
          rules=("estimate-and-interval", "interval-fits-counts", "interval-symmetry",
                 "p-value-and-interval", "level-and-p-value", "effect-and-arms",
                 "direction-and-arms")),
    Check("4.10", "Do the data contradict themselves in another way?",
          "Note what you saw.",
          rules=("survival-falls", "median-and-curve", "average-and-curve", "subset-outcome",
                 "harm-window", "outcome-excluded", "value-and-range", "repeated-number")),
    Check("4.11", "Do the reports of the study differ in methods or results?",
          "Hold abstract, article, registration and follow-up against each other.",
          rules=("contradiction", "discrepancy", "ratio-turned-round", "later-and-smaller",
                 "families-add-up"), sides=frozenset((IN_TWO_REPORTS,))),
)  # fmt: skip
"""All 21 checks, in their order."""
