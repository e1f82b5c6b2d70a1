"""What differs, and what two changes of one thing make together. Pure, and about no submission in particular.

`words` and `changed` compare two texts word by word. `meet` lays three states of one place side by side, *what work
began from*, *mine* and *theirs*, and says who changed it and what comes of that; `contents` and `members` are how two
changes are joined where both sides made one: of rich text, and of a set such as themes. It serves what a colleague
published meanwhile and what a council sends again alike. Whatever is in doubt is not joined: then somebody chooses.
"""

from __future__ import annotations

from workbench.merge.differing import CLOSELY, Kind, Run, changed, words
from workbench.merge.dressing import redressed
from workbench.merge.joining import contents, laid_together
from workbench.merge.meeting import Meeting, State, meet, members

__all__ = [
    "CLOSELY",
    "Kind",
    "Meeting",
    "Run",
    "State",
    "changed",
    "contents",
    "laid_together",
    "meet",
    "members",
    "redressed",
    "words",
]
