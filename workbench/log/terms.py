"""Words that Python, the databases and Qt use of themselves, so that they are nobody's."""

from __future__ import annotations

import errno
import os
import re

_SAID = """
does exist exists did failed failure while when which who value object has no attribute argument arguments
expected got given takes missing required positional keyword unexpected invalid literal for int float str
bytes bool list dict tuple set frozenset NoneType None True False type types with base codec can t decode
encode byte bytes character characters in position start continuation surrogates not allowed ordinal range
index out of string subscriptable iterable callable hashable unhashable unsupported operand between
instances and cannot could must be is are was were a an the to from on at by or more than but from local
variable referenced before assignment name defined module named import error errors value key dictionary
changed size during iteration maximum recursion depth exceeded division zero convert unpack too many enough
values object support item deletion assignment database disk image malformed locked readonly read only full
table tables column columns index constraint failed UNIQUE FOREIGN KEY NOT NULL CHECK PRIMARY no such near
syntax unable open file line closed busy interrupted file encrypted logic schema transaction within already
exists duplicate violates relation permission denied role connection refused reset closed server terminated
unexpectedly could translate host resolve timeout timed expired SSL TLS certificate verify verification self
signed hostname mismatch authentication password user FATAL ERROR WARNING PANIC too clients remaining slots
reserved startup shutting down recovery mode administrator command lock deadlock detected cancelling
statement due serialize access concurrent update read write stream end tag document empty unknown truncated
bad magic number zip archive member header compressed data picture identify broken decompression bomb memory
allocate plugin platform load initialize application found even though this might reinstalling fix problem
available are xcb wayland offscreen minimal eglfs linuxfb vnc windows direct2d cocoa android wasm screen
display Qt qt signal slot thread timers stopped started another QObject QTimer QPainter QWidget QFont point
pixel width height process exited status code signal aborted segmentation fault illegal instruction bus
floating exception utf 8 ascii latin 1 cp1252 utf8 json toml xml sql sqlite postgresql psycopg sqlalchemy
alembic python
"""

TERMS = frozenset(_SAID.split()) | frozenset(
    word for number in errno.errorcode for word in re.findall(r"\w+", os.strerror(number))
)
"""Not one of them is a name, and none is longer than a word."""
