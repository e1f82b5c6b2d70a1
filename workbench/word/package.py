"""A Word package, opened behind the guard: its parts by name, their types, and how they refer to one another."""

from __future__ import annotations

import zlib
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from io import BytesIO
from posixpath import dirname, normpath
from struct import unpack_from
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile, ZipInfo

from workbench.errors import Refused
from workbench.word import guard, xml
from workbench.word.xml import Element

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_WORD_TYPES = (
    "wordprocessingml.document.",
    "wordprocessingml.template.",
    "ms-word.document.",
    "ms-word.template",
)
_LOCAL = frozenset({"damaged", "empty", "not-word", "legacy-doc", "password-protected"})
"""What may be wrong with one part and let the others be."""
_OTHER_TYPES: tuple[tuple[str, str], ...] = (
    ("spreadsheetml", "an Excel workbook"),
    ("ms-excel", "an Excel workbook"),
    ("presentationml", "a PowerPoint presentation"),
    ("ms-powerpoint", "a PowerPoint presentation"),
    ("visio", "a Visio drawing"),
    ("opendocument.text", "an OpenDocument text (.odt)"),
    ("opendocument", "an OpenDocument file"),
    ("epub", "an e-book"),
)


@dataclass(frozen=True, slots=True)
class Relationship:
    """What one part says of another: `kind` is the last word of its type, `target` a part's name, or an address
    outside where `external`."""

    id: str
    kind: str
    target: str
    external: bool


class Package:
    """The parts of a Word file. Nothing is inflated before it is asked for, and nothing beyond its bounds.

    Raises `Refused` when made of bytes that are no safe Word package: see `guard`.
    """

    def __init__(self, data: bytes) -> None:
        guard.check_signature(data)
        guard.check_directory_end(data)
        self._data = data
        self._markup = 0
        self._unweighed: list[bytes] = []
        self._texts: dict[str, bytes] = {}
        self._entries = {entry.filename.lower(): entry for entry in _directory(data)}
        self.unread: dict[str, None] = {}
        """The parts that turned out to be damaged, in the order they were met."""
        self._relationships: dict[str, Mapping[str, Relationship]] = {}
        self.main = self._main_part()

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._entries

    @property
    def names(self) -> Iterator[str]:
        """The names of all parts."""
        return (entry.filename for entry in self._entries.values())

    @property
    def macros(self) -> bool:
        """Whether macros travel in it. They are never opened."""
        return self.content_type(self.main).lower().startswith("application/vnd.ms-word") or any(
            name.endswith("vbaproject.bin") for name in self._entries
        )

    def part(self, name: str, limit: int = guard.MAX_XML_PART) -> bytes:
        """The bytes of a part. Raises `Refused`: `damaged`, or `too-large` beyond `limit` bytes."""
        entry = self._entries.get(name.lower())
        if entry is None:
            raise Refused("damaged", part=name, reason=f"{name} is missing")
        if entry.file_size > limit:
            raise Refused("too-large", part=name)
        return _inflate(self._data, entry)

    def markup(self, name: str) -> bytes:
        """The bytes of a part that is XML, in UTF-8, under transitional names; inflated once.

        Raises `Refused`: `damaged`, `unsafe-package` for a document type, `too-large` for too much markup in all.
        """
        if name not in self._texts:
            self._texts[name] = xml.plain_utf8(self.part(name), name)
            self._weigh(self._texts[name], name)
        return self._texts[name]

    def tree(self, name: str) -> Element:
        """The root element of a part that is XML. Raises `Refused` as `markup` does."""
        return xml.parse(self.markup(name), name)

    def tree_or_none(self, name: str) -> Element | None:
        """The root element of a part that the text can do without; None where it is damaged, and then it is among
        the `unread`. Raises `Refused` otherwise."""
        with self.sparing(name):
            return self.tree(name)
        return None

    @contextmanager
    def sparing(self, part: str) -> Generator[None]:
        """Ends what is done within where it finds damage, and has `part` among the `unread`."""
        try:
            yield
        except Refused as refusal:
            if refusal.code not in _LOCAL:
                raise
            self.unread[part] = None

    def relationships(self, part: str) -> Mapping[str, Relationship]:
        """The relationships of a part by id; those of the package itself for "". Read once."""
        if part not in self._relationships:
            self._relationships[part] = self._read_relationships(part)
        return self._relationships[part]

    def related(self, part: str, kind: str) -> Iterator[str]:
        """The parts inside the package to which `part` has a relationship of `kind`."""
        for relation in self.relationships(part).values():
            if relation.kind == kind and not relation.external and relation.target in self:
                yield relation.target

    def content_type(self, part: str) -> str:
        """The media type of a part as the package declares it, "" where it does not."""
        overrides, defaults = self._types
        lower = part.lower()
        return overrides.get("/" + lower) or defaults.get(lower.rpartition(".")[2], "")

    def _weigh(self, data: bytes, name: str) -> None:
        """Adds to the markup of all parts. Nothing is counted while all of it could be markup and not be too much."""
        self._unweighed.append(data)
        if self._markup + xml.MARKUP_PER_BYTE * sum(map(len, self._unweighed)) > guard.MAX_MARKUP:
            self._markup += sum(map(xml.markup, self._unweighed))
            self._unweighed.clear()
        if self._markup > guard.MAX_MARKUP:
            raise Refused("too-large", part=name)

    def _main_part(self) -> str:
        candidates = [*self.related("", "officeDocument"), "word/document.xml"]
        main = next((part for part in candidates if part in self), "")
        declared = self.content_type(main).lower() if main else self._declared_elsewhere()
        if main and (not declared or any(mark in declared for mark in _WORD_TYPES)):
            return main
        kind = next((kind for mark, kind in _OTHER_TYPES if mark in declared), None)
        if kind is None and main == "word/document.xml":
            return main
        if kind is None and "[content_types].xml" in self._entries:
            raise Refused("damaged", reason="the document itself is missing")
        raise Refused("not-word", kind=kind or "a zip archive")

    def _spelt(self, target: str) -> str:
        """The name in the directory of a part that is named there with other characters escaped; else `target`."""
        return self._unescaped.get(unquote(target).lower(), target)

    @cached_property
    def _unescaped(self) -> Mapping[str, str]:
        return {unquote(entry.filename).lower(): entry.filename for entry in self._entries.values()}

    def _declared_elsewhere(self) -> str:
        """What a package without an Office document says it is, as OpenDocument and e-books do."""
        entry = self._entries.get("mimetype")
        if entry is None or entry.file_size > 200:
            return ""
        return _inflate(self._data, entry).decode("ascii", "replace").lower()

    @cached_property
    def _types(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        name = "[Content_Types].xml"
        return _types_of(self.markup(name), name) if name in self else ({}, {})

    def _read_relationships(self, part: str) -> Mapping[str, Relationship]:
        folder, _, name = part.rpartition("/")
        rels = f"{folder}/_rels/{name}.rels".lstrip("/")
        if rels not in self:
            return {}
        return {each.id: self._found(each) for each in _relationships_of(self.markup(rels), rels)}

    def _found(self, relation: Relationship) -> Relationship:
        """A relationship that names its part as the directory does."""
        if relation.external or relation.target in self:
            return relation
        return replace(relation, target=self._spelt(relation.target))


@xml.remembered
def _types_of(data: bytes, name: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The media types that a package declares: of parts by their names, of all others by their endings."""
    root = xml.parse(data, name)
    overrides = {
        entry.get("PartName", "").lower(): entry.get("ContentType", "")
        for entry in root.iter(_TYPES + "Override")
    }
    defaults = {
        entry.get("Extension", "").lower(): entry.get("ContentType", "")
        for entry in root.iter(_TYPES + "Default")
    }
    return overrides, defaults


@xml.remembered
def _relationships_of(data: bytes, name: str) -> tuple[Relationship, ...]:
    """The relationships that a part of these bytes and this name holds, each id once."""
    folder, _, owner = name.rpartition("_rels/")
    source = folder + owner.removesuffix(".rels")
    found: dict[str, Relationship] = {}
    for entry in xml.parse(data, name).iter(_RELATIONSHIP):
        relation = _relationship(entry, source)
        found.setdefault(relation.id, relation)
    return tuple(found.values())


def _relationship(entry: Element, source: str) -> Relationship:
    target = entry.get("Target") or ""
    external = (entry.get("TargetMode") or "").lower() == "external"
    kind = (entry.get("Type") or "").rpartition("/")[2]
    return Relationship(
        entry.get("Id") or "", kind, target if external else _resolved(source, target), external
    )


@lru_cache(maxsize=1024)
def _resolved(source: str, target: str) -> str:
    """The name of the part that `target` means when `source` says it."""
    target = target.partition("#")[0].replace("\\", "/")
    path = target if target.startswith("/") else f"{dirname(source)}/{target}"
    return normpath("/" + path).lstrip("/")


def _directory(data: bytes) -> list[ZipInfo]:
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
    except (
        BadZipFile,
        ValueError,
        EOFError,
        OSError,
        NotImplementedError,
        UnicodeError,
        OverflowError,
    ) as error:
        raise Refused("damaged", reason=str(error)) from error
    guard.check_entries(entries, len(data))
    return entries


def _inflate(data: bytes, entry: ZipInfo) -> bytes:
    """The content of an entry, never more than the directory declares."""
    at = entry.header_offset
    if data[at : at + 4] != b"PK\x03\x04" or len(data) < at + 30:
        raise Refused("damaged", part=entry.filename, reason="a part is not where it should be")
    name, extra = unpack_from("<HH", data, at + 26)
    packed = data[at + 30 + name + extra : at + 30 + name + extra + entry.compress_size]
    content = packed if entry.compress_type == 0 else _unpacked(packed, entry)
    if len(content) != entry.file_size or zlib.crc32(content) != entry.CRC:
        raise Refused("damaged", part=entry.filename, reason="a part's content does not match its sum")
    return content


def _unpacked(packed: bytes, entry: ZipInfo) -> bytes:
    try:
        return zlib.decompressobj(-15).decompress(packed, entry.file_size + 1)
    except zlib.error as error:
        raise Refused("damaged", part=entry.filename, reason=str(error)) from error
