"""What makes a return copy whole, looked at without the code that makes it: zip, package, marks and words.

`faults` compares a copy with the file it was made of; `anchored` tells what each comment of a file is about. Both go
over the XML with lxml alone, so that what the maker overlooks is not overlooked here too.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
START, END, REFERENCE = W + "commentRangeStart", W + "commentRangeEnd", W + "commentReference"
SHUT = (W + "txbxContent", W + "hdr", W + "ftr", W + "footnote", W + "endnote", W + "comment")
MAY_CHANGE = ("[content_types].xml", "_rels/.rels", "docprops/custom", "comments")


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def tree(data: bytes) -> etree._Element:
    """A part's tree under transitional names."""
    return etree.fromstring(data.replace(STRICT, W[1:-1].encode()))


def main_of(held: dict[str, bytes]) -> str:
    for relation in etree.fromstring(held["_rels/.rels"]).iter(RELS):
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    raise AssertionError("no document")


def faults(before: bytes, after: bytes, asked: int) -> list[str]:
    """What is wrong with the copy `after` of `before`, to which `asked` comments were added."""
    old, new = parts(before), parts(after)
    main = main_of(old)
    return [
        *_zip_faults(before, after),
        *_byte_faults(old, new, main),
        *_package_faults(old, new),
        *_mark_faults(old, new, main, asked),
        *_word_faults(tree(old[main]), tree(new[main])),
    ]


def _zip_faults(before: bytes, after: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(before)) as one, zipfile.ZipFile(io.BytesIO(after)) as other:
        for old, new in zip(one.infolist(), other.infolist(), strict=False):
            same = (old.filename, old.date_time, old.compress_type, old.external_attr, old.comment)
            if same != (new.filename, new.date_time, new.compress_type, new.external_attr, new.comment):
                yield f"zip entry {old.filename} became {new.filename}"
        if len(other.infolist()) < len(one.infolist()) or one.comment != other.comment:
            yield "zip entries are missing"


def _byte_faults(old: dict[str, bytes], new: dict[str, bytes], main: str) -> Iterator[str]:
    rels = posixpath.join(posixpath.dirname(main), "_rels", posixpath.basename(main) + ".rels")
    for name, content in old.items():
        changeable = name in (main, rels) or any(mark in name.lower() for mark in MAY_CHANGE)
        if new.get(name) != content and (not changeable or "commentsEx" in name or "commentsIds" in name):
            yield f"{name} changed"
    for name in new.keys() - old.keys():
        if name != rels and not any(mark in name.lower() for mark in MAY_CHANGE):
            yield f"{name} was added"


def _package_faults(old: dict[str, bytes], new: dict[str, bytes]) -> Iterator[str]:
    types = etree.fromstring(new["[Content_Types].xml"])
    endings = {each.get("Extension", "").lower() for each in types.iter(TYPES + "Default")}
    named = [each.get("PartName", "").lower() for each in types.iter(TYPES + "Override")]
    if len(named) != len(set(named)):
        yield "a part has two types"
    for name in new.keys() - old.keys():
        if f"/{name.lower()}" not in named and name.rpartition(".")[2].lower() not in endings:
            yield f"{name} has no type"
    known = {name.lower() for name in new}
    for name, content in new.items():
        if name.endswith(".rels") and content != old.get(name):
            yield from _relation_faults(name, content, old.get(name), known)


def _relation_faults(name: str, data: bytes, before: bytes | None, known: set[str]) -> Iterator[str]:
    owner = posixpath.dirname(posixpath.dirname(name))
    relations = list(etree.fromstring(data).iter(RELS))
    ids = [relation.get("Id") for relation in relations]
    if len(ids) != len(set(ids)):
        yield f"{name} has an id twice"
    held = {} if before is None else {each.get("Id"): 1 for each in etree.fromstring(before).iter(RELS)}
    for relation in relations:
        target = posixpath.normpath(posixpath.join("/" + owner, relation.get("Target", ""))).lstrip("/")
        if relation.get("Id") not in held and target.lower() not in known:
            yield f"{name} leads to {target}, which is not there"
    if not set(held) <= set(ids):
        yield f"{name} lost a relationship"


def _comments(held: dict[str, bytes], main: str) -> list[etree._Element]:
    rels = posixpath.join(posixpath.dirname(main), "_rels", posixpath.basename(main) + ".rels")
    for relation in etree.fromstring(held[rels]).iter(RELS) if rels in held else ():
        if relation.get("Type", "").endswith("/comments"):
            target = posixpath.normpath(
                posixpath.join("/" + posixpath.dirname(main), relation.get("Target", ""))
            ).lstrip("/")
            return list(tree(held[target]).iter(W + "comment")) if target in held else []
    return []


def _mark_faults(old: dict[str, bytes], new: dict[str, bytes], main: str, asked: int) -> Iterator[str]:
    earlier, now = _comments(old, main), _comments(new, main)
    if len(now) - len(earlier) != asked:
        yield f"{len(now) - len(earlier)} comments instead of {asked}"
    if [etree.tostring(one) for one in earlier] != [etree.tostring(one) for one in now[: len(earlier)]]:
        yield "a comment of theirs changed"
    ids = [one.get(W + "id") for one in now]
    if len(ids) != len(set(ids)):
        yield "two comments have one id"
    added = ids[len(earlier) :]
    order = [each for each in tree(new[main]).iter(START, END, REFERENCE) if each.get(W + "id") in set(added)]
    for number in added:
        marks = [each for each in order if each.get(W + "id") == number]
        tags = [each.tag for each in marks]
        if sorted(tags) != sorted((START, END, REFERENCE)) or tags.index(START) > tags.index(END):
            yield f"comment {number} is marked by {[each.tag.rpartition('}')[2] for each in marks]}"
        if any(each.tag in SHUT for mark in marks for each in mark.iterancestors()):
            yield f"comment {number} stands where Word passes over it"
        yield from (f"comment {number}: {fault}" for mark in marks for fault in _misplaced(mark))


def _misplaced(mark: etree._Element) -> Iterator[str]:
    parent = mark.getparent()
    name = None if parent is None else parent.tag.rpartition("}")[2]
    allowed = {"p", "hyperlink", "ins", "moveTo", "smartTag", "customXml", "sdtContent", "dir", "bdo"}
    if mark.tag == REFERENCE and name != "r":
        yield f"a reference in {name}"
    if mark.tag != REFERENCE and name not in allowed:
        yield f"a mark in {name}"


def _word_faults(old: etree._Element, new: etree._Element) -> Iterator[str]:
    for tag in (
        "p",
        "tbl",
        "tr",
        "tc",
        "sdt",
        "hyperlink",
        "ins",
        "del",
        "drawing",
        "fldChar",
        "bookmarkStart",
    ):
        if len(list(old.iter(W + tag))) != len(list(new.iter(W + tag))):
            yield f"there are more or fewer {tag}"
    one, other = list(old.iter(W + "p")), list(new.iter(W + "p"))
    for at, (before, after) in enumerate(zip(one, other, strict=False)):
        if _told(before) != _told(after):
            yield f"paragraph {at} reads {_told(after)!r} instead of {_told(before)!r}"


def _told(paragraph: etree._Element) -> list[tuple[str, str]]:
    """What a paragraph shows, character by character, each with the look of its run."""
    told: list[tuple[str, str]] = []
    for run in paragraph.iter(W + "r"):
        properties = run.find(W + "rPr")
        look = "" if properties is None else etree.tostring(properties, with_tail=False).decode()
        for each in run:
            if each.tag == W + "t":
                said = each.text or ""
                told.extend(
                    (each, look) for each in (said if each.get(SPACE) == "preserve" else said.strip())
                )
            elif each.tag not in (W + "rPr", REFERENCE):
                told.append((etree.tostring(each, with_tail=False).decode()[:200], look))
    return told


def anchored(data: bytes) -> Counter[tuple[str, str, str]]:
    """The author and the words of each comment, and the words that it is about, blanks left out."""
    held = parts(data)
    main = main_of(held)
    about = _about(tree(held[main]))
    return Counter(
        (one.get(W + "author", ""), _letters(one), about.get(one.get(W + "id", ""), "nothing"))
        for one in _comments(held, main)
    )


def _about(root: etree._Element) -> dict[str, str]:
    told: dict[str, str] = {}
    open_: set[str] = set()
    for each in root.iter(START, END, W + "t"):
        if each.tag == START:
            open_.add(each.get(W + "id", ""))
            told.setdefault(each.get(W + "id", ""), "")
        elif each.tag == END:
            open_.discard(each.get(W + "id", ""))
        else:
            for number in open_:
                told[number] += "".join((each.text or "").split())
    return told


def _letters(comment: etree._Element) -> str:
    return "".join("".join(each.text or "" for each in comment.iter(W + "t")).split())
