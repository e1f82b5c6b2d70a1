"""The words of whole studies, for readers who want to search in more than titles and summaries.

They are written in parts of some hundred studies. To which part a study belongs depends on its UUID alone, so that
one change makes one part anew; the words are taken from the pages as they stand, of those studies only.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from html import unescape

from workbench.exporters.folder import Folder
from workbench.exporters.website.entries import Entry, short_name
from workbench.exporters.website.pages import look

PART = 128
"""Studies in a part, at most, on average."""

_BODY = re.compile(r'<div class="body">(.*)<dl class="filed">', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_DROPPED = re.compile("[\u0300-\u036f'’]")
_WORD = re.compile(r"[^\W_]{2,}")


def put(entries: Sequence[Entry], folder: Folder) -> tuple[str, ...]:
    """Puts the parts into the folder, from the pages that are there already; the version of each."""
    count = _parts(len(entries))
    members: list[list[Entry]] = [[] for _ in range(count)]
    for one in sorted(entries, key=lambda entry: entry.name):
        members[int(short_name(one.study), 16) % count].append(one)
    return tuple(_put(number, part, folder) for number, part in enumerate(members))


def _put(number: int, part: Sequence[Entry], folder: Folder) -> str:
    made_from = "\0".join((look(), *(one.mark for one in part)))
    key = hashlib.blake2b(made_from.encode(), digest_size=16).hexdigest()
    folder.put(f"assets/text/{number}.js", key, lambda: _script(number, part, folder))
    return key[:8]


def _parts(studies: int) -> int:
    """A power of two, so that it seldom changes."""
    count = 1
    while count * PART < studies:
        count *= 2
    return count


def _script(number: int, part: Iterable[Entry], folder: Folder) -> bytes:
    words = {one.name: " ".join(_words(folder.read(one.path))) for one in part}
    text = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
    return f"(window.caseTexts??=[])[{number}]={text};\n".encode()


def _words(page: bytes) -> list[str]:
    """Each word of a study's answers once, without accents and in small letters."""
    found = _BODY.search(page.decode())
    text = unescape(_TAG.sub(" ", found[1])) if found else ""
    plain = _DROPPED.sub("", unicodedata.normalize("NFD", text)).lower()
    return sorted(set(_WORD.findall(plain)))
