"""A template as TOML that people read and change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from workbench.template.model import Field, Template

_WIDEST = 110
_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f"}
_NOTHING: Mapping[str, str] = {}


def dumps(template: Template, remarks: Mapping[str, str] = _NOTHING) -> str:
    """The template as TOML, written as the shipped ones are: `parse(tomllib.loads(dumps(t))) == t`.

    What is as usual is left out. `remarks` are comments by field id, set above their fields; that under "" stands at
    the top. They are for readers alone: they are not kept by what reads and writes the template again.
    """
    return "\n".join(_lines(template, remarks)) + "\n"


def _lines(template: Template, remarks: Mapping[str, str]) -> Iterator[str]:
    yield from _remark(remarks.get("", ""))
    yield f"id = {_text(template.id)}"
    yield f"version = {template.version}"
    yield f"label = {_text(template.label)}"
    yield f"description = {_text(template.description)}"
    if template.banners:
        yield f"banners = {_texts(template.banners)}"
    if not template.fields:
        yield "fields = []"
    for field in template.fields:
        yield ""
        yield from _remark(remarks.get(field.id, ""))
        yield "[[fields]]"
        yield from _field(field)
    for heading, fields in template.combined.items():
        yield from ("", "[[combined]]", f"heading = {_text(heading)}", f"fields = {_texts(fields)}")


def _field(field: Field) -> Iterator[str]:
    yield f"id = {_text(field.id)}"
    yield f"label = {_text(field.label)}"
    if field.kind != "text":
        yield f"kind = {_text(field.kind)}"
    for name, usual in (("required", False), ("personal", False), ("public", True)):
        if getattr(field, name) != usual:
            yield f"{name} = {'false' if usual else 'true'}"
    for name in ("min_words", "max_words"):
        if (count := getattr(field, name)) is not None:
            yield f"{name} = {count}"
    if field.guidance:
        yield f"guidance = {_text(field.guidance)}"
    if field.synonyms:
        yield f"synonyms = {_texts(field.synonyms)}"


def _remark(text: str) -> Iterator[str]:
    for line in "".join(each if each >= " " or each == "\n" else " " for each in text).splitlines():
        yield f"# {line}".rstrip()


def _text(text: str) -> str:
    return f'"{"".join(map(_letter, text))}"'


def _letter(letter: str) -> str:
    if letter in _ESCAPED:
        return _ESCAPED[letter]
    return (
        f"\\u{ord(letter):04X}"
        if letter < " " or "\x7f" <= letter <= "\x9f" or letter in "\u2028\u2029"
        else letter
    )


def _texts(texts: Sequence[str]) -> str:
    """On one line where there is room, else a line for each."""
    written = [_text(each) for each in texts]
    short = f"[{', '.join(written)}]"
    if len(short) <= _WIDEST - len("synonyms = "):
        return short
    return "\n".join(("[", *(f"    {each}," for each in written), "]"))
