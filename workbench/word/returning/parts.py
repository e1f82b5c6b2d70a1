"""The parts of a package that a return copy needs beside the document: comments, properties, and what names them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, count
from posixpath import basename, dirname, relpath
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from workbench.word import xml
from workbench.word.package import Package
from workbench.word.returning import patching
from workbench.word.returning.marking import Names
from workbench.word.returning.patching import Splice, Text
from workbench.word.xml import Element, W

_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_OFFICE = {
    False: "http://schemas.openxmlformats.org/officeDocument/2006/",
    True: "http://purl.oclc.org/ooxml/officeDocument/",
}
_MAIN = {
    False: "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    True: "http://purl.oclc.org/ooxml/wordprocessingml/main",
}
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_PROPERTY = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_NO_TYPES = (
    f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType="{_RELS_TYPE}"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
).encode()
_ROOM = 8192
"""Bytes of a part in which its outermost element begins and names its namespaces."""

_REFERRING = tuple(W + name for name in ("commentRangeStart", "commentRangeEnd", "commentReference"))
Attributes = Mapping[str, str]


class Written(NamedTuple):
    """A comment as it will stand in its part."""

    number: int
    author: str
    initials: str
    day: str
    lines: Sequence[str]


class Parts:
    """The parts of a package that change. `strict` says in whose names it is written."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.strict = _is_strict(package)
        self.changed: dict[str, bytes] = {}
        self._relations: dict[str, list[Attributes]] = {}
        self._overrides: list[Attributes] = []

    @property
    def space(self) -> str:
        """The namespace of WordprocessingML in this package."""
        return _MAIN[self.strict]

    def next_number(self, root: Element) -> int:
        """An id that no comment has or is referred to by; those after it are free too."""
        used = [each.get(W + "id", "") for each in root.iter(*_REFERRING)]
        if (part := self._related(self.package.main, "comments")) is not None:
            used += [each.get(W + "id", "") for each in self.package.tree(part).iter(W + "comment")]
        return max((int(each) for each in used if each.isdigit() and len(each) < 10), default=-1) + 1

    def add_comments(self, comments: Sequence[Written]) -> None:
        """Writes the comments into the part that holds them, behind those that are there."""
        part = self._related(self.package.main, "comments")
        if part is None:
            part = self._new(f"{dirname(self.package.main)}/comments.xml".lstrip("/"), _COMMENTS_TYPE)
            self._relate(self.package.main, part, "comments")
            empty = b'<w:comments xmlns:w="%s"/>' % self.space.encode()
            text = Text(_HEAD + empty, part)
        else:
            text = Text(self.package.part(part), part)
        root = text.root
        entries = b"".join(_comment(each, self._names(root)) for each in comments)
        self.changed[part] = text.spliced([text.appended(root, entries)])

    def set_properties(self, said: Mapping[str, str]) -> None:
        """Says these things in the custom properties, in place of what they said under the same names."""
        kind = "customProperties" if self.strict else "custom-properties"
        part = self._related("", "custom-properties") or self._related("", "customProperties")
        if part is None:
            part = self._new("docProps/custom.xml", _CUSTOM_TYPE)
            self._relate("", part, kind)
            empty = b'<Properties xmlns="%s"/>' % (_OFFICE[self.strict] + kind).encode()
            tree, text = xml.parse(xml.plain_utf8(empty, part), part), Text(_HEAD + empty, part)
        else:
            tree, text = self.package.tree(part), Text(self.package.part(part), part)
        self.changed[part] = text.spliced(
            _properties(text, tree, said, _OFFICE[self.strict] + "docPropsVTypes")
        )

    def finished(self) -> Mapping[str, bytes]:
        """All parts that change, those that name the new ones included."""
        for source, entries in self._relations.items():
            empty = b'<Relationships xmlns="%s"/>' % _RELATIONSHIPS.encode()
            self._extend(_rels_of(source), empty, "Relationship", entries)
        if self._overrides:
            empty = _NO_TYPES if self.package.content_type(self.package.main) else _types_of(self.package)
            self._extend("[Content_Types].xml", empty, "Override", self._overrides)
        return self.changed

    def _extend(self, part: str, empty: bytes, tag: str, entries: Sequence[Attributes]) -> None:
        name = next((name for name in self.package.names if name.lower() == part.lower()), part)
        text = Text(self.package.part(name) if name in self.package else _HEAD + empty, name)
        root = text.root
        prefix = _prefix(root.name)
        new = "".join(_entry(prefix + tag, attributes) for attributes in entries)
        self.changed[name] = text.spliced([text.appended(root, _ascii(new))])

    def _new(self, part: str, media_type: str) -> str:
        """A name near `part` that no part has, with its type declared."""
        stem, _, ending = part.rpartition(".")
        names = chain([part], (f"{stem}{number}.{ending}" for number in count(2)))
        free = next(name for name in names if name not in self.package)
        self._overrides.append({"PartName": f"/{free}", "ContentType": media_type})
        return free

    def _relate(self, source: str, part: str, kind: str) -> None:
        used = self.package.relationships(source)
        new = next(name for name in (f"rIdCasebook{number}" for number in count(1)) if name not in used)
        target = part if not source else relpath(f"/{part}", f"/{dirname(source)}")
        relation = {"Id": new, "Type": f"{_OFFICE[self.strict]}relationships/{kind}", "Target": target}
        self._relations.setdefault(source, []).append(relation)

    def _related(self, source: str, kind: str) -> str | None:
        found = next(self.package.related(source, kind), None)
        return found and next(name for name in self.package.names if name.lower() == found.lower())

    def _names(self, root: patching.Element) -> Names:
        prefix = root.name.rpartition(b":")[0]
        if prefix:
            return Names(prefix + b":", b"")
        return Names(b"cb:", b' xmlns:cb="%s"' % self.space.encode())


def _comment(comment: Written, names: Names) -> bytes:
    own = names.prefix.decode()
    said = {
        "id": str(comment.number),
        "author": comment.author,
        "date": comment.day,
        "initials": comment.initials,
    }
    attributes = _ascii("".join(f" {own}{name}={_quoted(value)}" for name, value in said.items()))
    lines = b"".join(_paragraph(line, names, first=not at) for at, line in enumerate(comment.lines or ("",)))
    return names.around("comment", lines, attributes)


def _paragraph(line: str, names: Names, *, first: bool) -> bytes:
    mark = names.around("r", names.tag("annotationRef")) if first else b""
    words = names.around("t", _ascii(escape(xml.writable(line))), b' xml:space="preserve"')
    return names.around("p", mark + names.around("r", words))


def _properties(text: Text, tree: Element, said: Mapping[str, str], types: str) -> list[Splice]:
    """The changes by which custom properties say these things: each in its place, or at the end."""
    held = {
        each.get("name", ""): (at, each) for at, each in enumerate(tree.iter("*")) if each.tag == _PROPERTY
    }
    places = text.elements({0, *(at for at, _ in held.values())})
    prefix = _prefix(places[0].name)
    numbers = [int(found) for _, each in held.values() if (found := each.get("pid", "")).isdigit()]
    splices: list[Splice] = []
    added = b""
    for number, (name, value) in enumerate(said.items(), max([1, *numbers]) + 1):
        if name in held:
            at, each = held[name]
            new = _property(prefix, types, name, value, each.get("pid", "") or str(number))
            splices.append(Splice(places[at].start, places[at].end, new))
        else:
            added += _property(prefix, types, name, value, str(number))
    return [*splices, text.appended(places[0], added)]


def _property(prefix: str, types: str, name: str, value: str, number: str) -> bytes:
    whole = f"{prefix}property"
    said = f'<vt:lpwstr xmlns:vt="{types}">{escape(xml.writable(value))}</vt:lpwstr>'
    return _ascii(f'<{whole} fmtid="{_FORMAT}" pid="{number}" name={_quoted(name)}>{said}</{whole}>')


def _types_of(package: Package) -> bytes:
    """The types of a package that declares none of its parts."""
    main = _entry("Override", {"PartName": f"/{package.main}", "ContentType": _MAIN_TYPE})
    return _NO_TYPES.replace(b"</Types>", _ascii(main) + b"</Types>")


def _entry(tag: str, attributes: Attributes) -> str:
    return f"<{tag}" + "".join(f" {name}={_quoted(value)}" for name, value in attributes.items()) + "/>"


def _prefix(name: bytes) -> str:
    found = name.rpartition(b":")[0].decode()
    return f"{found}:" if found else ""


def _rels_of(source: str) -> str:
    return f"{dirname(source)}/_rels/{basename(source)}.rels".lstrip("/")


def _is_strict(package: Package) -> bool:
    return _MAIN[True].encode() in Text(package.part(package.main), package.main).data[:_ROOM]


def _quoted(text: str) -> str:
    return quoteattr(xml.writable(text))


def _ascii(text: str) -> bytes:
    """Text of a part in whatever encoding that is."""
    return text.encode("ascii", "xmlcharrefreplace")
