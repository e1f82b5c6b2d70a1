"""Comments as a conversation: which answers which, and which are resolved."""

from __future__ import annotations

import zipfile
from io import BytesIO

import docx

from workbench import word

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
W15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
KIND = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml"


def talked() -> bytes:
    """A file with a question, a reply to it, a reply to that, and another comment."""
    document = docx.Document()
    run = document.add_paragraph().add_run("Costs fell by 12 per cent.")
    for author, text in (
        ("Ada", "Where from?"),
        ("Ben", "The register."),
        ("Ada", "Thanks."),
        ("Ben", "By the way"),
    ):
        document.add_comment(run, text=text, author=author, initials=author[0])
    plain = BytesIO()
    document.save(plain)
    threads = (("01", "", "0"), ("02", "01", "0"), ("03", "02", "1"), ("04", "", "0"))
    extended = "".join(
        f'<w15:commentEx w15:paraId="{own}" w15:paraIdParent="{parent}" w15:done="{done}"/>'
        for own, parent, done in threads
    )
    out = BytesIO()
    with zipfile.ZipFile(plain) as before, zipfile.ZipFile(out, "w") as after:
        for entry in before.infolist():
            after.writestr(
                entry, changed(entry.filename, before.read(entry).decode("utf-8", "surrogateescape"))
            )
        after.writestr("word/commentsExtended.xml", f"<w15:commentsEx {W15}>{extended}</w15:commentsEx>")
    return out.getvalue()


def changed(part: str, text: str) -> bytes:
    if part == "word/comments.xml":
        for number in range(1, 5):
            text = text.replace("<w:p>", f'<w:p {W14} w14:paraId="0{number}">', 1)
    elif part == "word/_rels/document.xml.rels":
        told = f'<Relationship Id="rIdTalk" Type="{KIND}" Target="commentsExtended.xml"/></Relationships>'
        text = text.replace("</Relationships>", told)
    elif part == "[Content_Types].xml":
        text = text.replace(
            "</Types>", f'<Override PartName="/word/commentsExtended.xml" ContentType="{TYPE}"/></Types>'
        )
    return text.encode("utf-8", "surrogateescape")


def test_replies_know_what_they_answer() -> None:
    found = word.remarks(talked(), "talk.docx")
    assert [(one.author, one.text) for one in found] == [
        ("Ada", "Where from?"),
        ("Ben", "The register."),
        ("Ada", "Thanks."),
        ("Ben", "By the way"),
    ]
    first, second, third, _ = found
    assert [one.answers for one in found] == ["", first.number, second.number, ""]
    assert third.done and not first.done


def test_a_file_without_comments_has_none() -> None:
    plain = BytesIO()
    docx.Document().save(plain)
    assert word.remarks(plain.getvalue(), "plain.docx") == ()
