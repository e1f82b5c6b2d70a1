"""The return copy: the council's own Word file with comments on the words they are about, and nothing else changed.

`trail` reads the document as the reader does and keeps which run each word came from; `anchors` finds where a comment
may begin and end; `marking` turns that into changes of the document's bytes, which `patching` makes; `parts` writes
the comments and the properties, `zipping` the package, in which every other part is as it was packed.
"""

from __future__ import annotations

from workbench.word.returning.anchors import Place
from workbench.word.returning.copy import MOST, Comment, Copy, Signature, make, properties

__all__ = ["MOST", "Comment", "Copy", "Place", "Signature", "make", "properties"]
