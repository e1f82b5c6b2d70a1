"""Text without what is personal or secret. Pure: what it is to know beside the text is handed in.

It errs on the side of taking out. What it puts in place of a thing it has taken out says of which kind it was, so
that a text scrubbed twice is a text scrubbed once.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from pathlib import PurePath

from workbench.log.terms import TERMS

MARK = re.compile(
    r"‹(?:text|mail|number|secret|login|user|left out|(?:file|folder) [a-p]{6}(?:\.[a-z0-9]{1,5})?)›"
)
"""What stands in place of what was taken out."""

OFFICE = (
    "docx|docm|dotx|dotm|doc|dot|odt|rtf|pdf|eml|msg|zip|txt|csv|tsv|xlsx|xls|ods|pptx|ppt|html|htm|png|jpeg|jpg|gif"
    "|tiff|tif|bmp|webp|heic|svg"
)
"""How the names of files end that people name."""

_LATER = r"(?=^\[SQL|^Traceback |^During handling |^The above exception |\Z)"
_CUT = (
    re.compile(
        r"\[parameters:.*?(?=^\(Background on|^Traceback |^During handling |^The above exception |\Z)",
        re.S | re.M,
    ),
    re.compile(rf"\b(?:DETAIL|CONTEXT|QUERY|STATEMENT|HINT|LOCATION):.*?{_LATER}", re.S | re.M),
    re.compile(rf"^LINE \d+:.*?{_LATER}", re.S | re.M),
    re.compile(r"(?<=\bwith text )'.*(?:'|\Z)", re.S),
)
"""What databases say beside an error: the values it was about."""

_FRAME = re.compile(r'File "([^"\n]*)", line (\d+)(?:,? in ([\w<>.]+))?')
_CODE = re.compile(
    r".*(?:(?:site|dist)-packages|lib/python3\.\d+|_internal)[/\\](?=[\w])|.*[/\\](?=(?:workbench|ui|resources|tests)[/\\])"
)
_QUOTED = re.compile(
    r"""
      (?P<mark>"""
    + MARK.pattern.replace(" ", "[ ]")
    + r''')
    | [bBrRuUfF]{0,2}(?P<q>"""|\'\'\')(?:\\.|.)*?(?:(?P=q)|\\?\Z)
    | "(?:\\.|[^"\\])*(?:"|\\?\Z)
    | (?<!\w)[bBrRuU]{0,2}'(?:\\.|[^\\])*?(?:'(?!\w)|\\?\Z)
    | “[^”]*(?:”|\Z) | „[^“”]*(?:[“”]|\Z) | «[^»]*(?:»|\Z) | ‹[^›]*(?:›|\Z) | `[^`]*(?:`|\Z)
    | (?<!\w)‘.*?(?:’(?!\w)|\Z)
    ''',
    re.S | re.X,
)
_URL = re.compile(r"\b([a-z][a-z0-9+.\-]*://)\S*@", re.I)
_QUERY = re.compile(r"(://[^\s?]*)\?\S*")
_SECRET = re.compile(
    r"\b((?:pw|pass(?=[\"']?\s*=)|[\w-]*(?:passw(?:or)?d|passphrase|pwd|secret|token|api[_-]?key|credential|authorization|cookie|private[_-]?key)"
    r"[\w-]*)[\"']?\s*[=:][^\S\n]*)\S[^\n]*?(?=\s+\w+\s*=|$)",
    re.I | re.M,
)
_SETTING = re.compile(
    r"\b((?!QT_)[A-Z][A-Z0-9]*_[A-Z0-9_]+|PATH|HOME|USER|LOGNAME|PG[A-Z]+)=[^\n]+?(?=\s+[A-Z_]+=|$)", re.M
)
_LOGIN = re.compile(
    r"\b(user|username|user_name|login|who|author|logname)(\s*=\s*)\S[^\n,;&)]*?(?=\s+\w+\s*=|[,;&)]|$)",
    re.I | re.M,
)
_MAIL = re.compile(r"(?<![^\s<>()\[\],;:=|])[^\s<>()\[\],;:=|]+@[^\s<>()\[\],;:|]+")
_PATH = re.compile(
    rf"(?:(?:file|sqlite[\w+]*):/{{1,4}}|\\\\|(?<![\w.])~(?=[/\\])|(?<![A-Za-z])[A-Za-z]:[\\/]|(?<![\w.:/])/(?=[^\s/]))"
    rf"(?:[^\n:;|<>]*\.(?:{OFFICE})\b|(?:[^\n:;|<>]*[/\\])?[^\s:;|<>]*)",
    re.I,
)
_CLAUSE = re.compile(r"[^\n:;,=()]+")
_NAMED = re.compile(rf".*\.({OFFICE})\b", re.I | re.S)
_BACKSLASHED = re.compile(r"(?<!\S)[^\s\\]*\\\w\S*")
_INSURANCE = re.compile(
    r"(?<![A-Za-z])[A-Za-z]{2}(?:[^\S\n]|-)?(?:\d{2}(?:[^\S\n]|-)?){3}[A-Da-d](?![A-Za-z])"
)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?[^\S\n]?\d[A-Z]{2}\b")
_NUMBER = re.compile(
    r"""
      (?P<kept>
          (?<![\w-])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![\w-])
        | (?<![\w-])CB-\d{4}-\d{4,7}(?![\w-])
        | (?<!\d)20[2-9]\d-[01]\d-[0-3]\d
          (?:T[0-2]\d:[0-5]\d(?::[0-5]\d(?:[.,]\d{1,6})?)?(?:Z|[+]\d\d:\d\d)?)?(?![\d-])
        | (?<![\d.])(?:0|[1-9]\d?)\.(?:0|[1-9]\d{0,2})\.(?:0|[1-9]\d{0,4})(?![\d.])
      )
    | [+(]*\d(?:[^\S\n]{0,2}[().\-/–—]{0,2}[^\S\n]{0,2}\d){6,}
    """,
    re.X,
)


def scrub(text: str, private: Iterable[str] = ()) -> str:
    """`text` without passwords, names of people and files, addresses, numbers of people, and what is quoted."""
    for cut in _CUT:
        text = cut.sub("‹left out›", text)
    text = _FRAME.sub(_framed, text)
    for take_out in (_secrets, _addresses):
        text = _apart(text, take_out)
    text = _QUOTED.sub(_unquoted, text)
    for take_out in (_mails, _files, numbers):
        text = _apart(text, take_out)
    return _apart(text, lambda part: _without(part, private))


def numbers(text: str) -> str:
    """Without what may be the number of a person: of a telephone, an insurance, a patient, a house."""
    text = _POSTCODE.sub("‹number›", _INSURANCE.sub("‹number›", text))
    return _apart(text, lambda part: _NUMBER.sub(lambda found: found["kept"] or "‹number›", part))


def place(file: str) -> str:
    """Where a file of code stands, by its package; another file by its ending alone."""
    found = _CODE.match(file)
    if found:
        return file[found.end() :].replace("\\", "/")
    return file if file.startswith("<") and file.endswith(">") else named(file)


def named(path: str | PurePath) -> str:
    """A file by its ending and six letters that are the same for the same name, so that two can be told apart."""
    name = re.split(r"[/\\]", str(path).rstrip("/\\"))[-1]
    _, dot, ending = name.rpartition(".")
    known = dot and re.fullmatch("[a-z0-9]{1,5}", ending.lower())
    return f"‹file {_letters(name)}.{ending.lower()}›" if known else f"‹folder {_letters(name)}›"


def _letters(name: str) -> str:
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return "".join(chr(ord("a") + int(digit, 16)) for digit in digest)


def _apart(text: str, take_out: Callable[[str], str]) -> str:
    """What `take_out` makes of the text between the marks."""
    marks = MARK.findall(text)
    parts = [take_out(part) for part in MARK.split(text)]
    return "".join(part + mark for part, mark in zip(parts, [*marks, ""], strict=True))


def _without(text: str, private: Iterable[str]) -> str:
    for word in sorted(filter(lambda each: len(each) > 2, private), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", "‹user›", text, flags=re.I)
    return text


def _framed(found: re.Match[str]) -> str:
    return f"{place(found[1])}:{found[2]}" + (f" in {found[3]}" if found[3] else "")


def _unquoted(found: re.Match[str]) -> str:
    """Technical words may stay in their quotes; so may what was taken out before."""
    said = re.sub(r"^[bBrRuUfF]{0,2}[\"'`“„«‘‹]+|[\"'`“”»’›]+$", "", found[0])
    known = all(word in TERMS for word in re.findall(r"\w+", said)) and not re.search(r"[^\w .:-]", said)
    return found[0] if found["mark"] or known else "‹text›"


def _addresses(text: str) -> str:
    return _QUERY.sub(r"\1?‹left out›", _URL.sub(r"\1‹login›@", text))


def _mails(text: str) -> str:
    return _MAIL.sub("‹mail›", text)


def _secrets(text: str) -> str:
    text = _SETTING.sub(r"\1=‹secret›", _SECRET.sub(r"\1‹secret›", text))
    return _LOGIN.sub(r"\1\2‹user›", text)


def _files(text: str) -> str:
    text = _PATH.sub(lambda found: named(found[0]), text)
    text = _apart(text, lambda part: _CLAUSE.sub(_unnamed, part))
    return _apart(text, lambda part: _BACKSLASHED.sub("‹folder aaaaaa›", part))


def _unnamed(found: re.Match[str]) -> str:
    """A clause with the name of a file in it, without all that stands before that, since a name may have spaces."""
    name = _NAMED.match(found[0])
    return named(name[0]) + found[0][name.end() :] if name else found[0]
