"""From a Word document to a submission: what answers which field, and whether it has been here before.

`place` reads a document as the fields of a template, by the evidence of its controls, headings, labels, shapes and
order, each with a confidence; what it is not sure of is left to the editor with a suggestion, and every word is
accounted for. `second` gives the second study of a file that holds two as a document of its own. `triage` tells a
duplicate and a revision from a new study.
"""

from __future__ import annotations

from workbench.intake.account import Account
from workbench.intake.headings import normalise
from workbench.intake.likeness import sketch
from workbench.intake.parting import second
from workbench.intake.placing import Placed, place
from workbench.intake.triage import Candidate, Newcomer, Verdict, newcomer, triage

__all__ = [
    "Account",
    "Candidate",
    "Newcomer",
    "Placed",
    "Verdict",
    "newcomer",
    "normalise",
    "place",
    "second",
    "sketch",
    "triage",
]
