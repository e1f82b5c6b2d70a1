"""What the tests of the window share: an offscreen application dressed as shipped."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
