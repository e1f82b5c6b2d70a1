"""A page of a form: the pieces that Word forms are made of, as WordprocessingML."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


@dataclass(frozen=True)
class Question:
    """What a form asks, and what was answered in the filled-in form.

    `either` holds other labels that say the same, `block` the heading of the block of details that it is a part of.
    One that is `doubtful` (a signature) may be learned or left; one that is `loose` need only hold its answer.
    """

    label: str
    answer: str
    guidance: str = ""
    least: int | None = None
    most: int | None = None
    required: bool = False
    personal: bool = False
    doubtful: bool = False
    loose: bool = False
    either: tuple[str, ...] = ()
    block: str = ""


class Asked:
    """Writes down each question as the form asks it; gives the answer where the form is filled in, else nothing."""

    def __init__(self, filled: bool) -> None:
        self.filled = filled
        self.questions: list[Question] = []

    def __call__(self, label: str, answer: str, **facts: object) -> str:
        self.questions.append(Question(label, answer, **facts))  # type: ignore[arg-type]
        return answer if self.filled else ""


@dataclass(frozen=True)
class Form:
    name: str
    draw: Callable[[Page, Asked], None]

    def made(self, *, filled: bool) -> tuple[bytes, tuple[Question, ...]]:
        page, asked = Page(), Asked(filled)
        self.draw(page, asked)
        return page.saved(), tuple(asked.questions)


def run(text: str, look: str = "") -> str:
    """A run; `look` holds b, i, g (grey), c (capitals), L (large), s (small). A line break is a soft return."""
    kinds = {
        "b": "<w:b/>",
        "i": "<w:i/>",
        "c": "<w:caps/>",
        "g": '<w:color w:val="7F7F7F"/>',
        "L": '<w:sz w:val="30"/>',
        "s": '<w:sz w:val="16"/>',
    }
    looks = "".join(kinds[letter] for letter in kinds if letter in look)
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    tabbed = lines.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f"<w:r><w:rPr>{looks}</w:rPr>{tabbed}</w:r>"


def bold(text: str) -> str:
    return run(text, "b")


def italic(text: str) -> str:
    return run(text, "i")


def grey(text: str) -> str:
    return run(text, "g")


def para(*pieces: str, style: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inside = "".join(piece if piece.startswith("<w:") else run(piece) for piece in pieces)
    return f"<w:p><w:pPr>{named}</w:pPr>{inside}</w:p>"


def paras(text: str) -> str:
    """An answer, a paragraph for each of its lines."""
    return "".join(para(line) for line in text.split("\n"))


def _content(content: str) -> str:
    if content.startswith(("<w:p>", "<w:tbl>", "<w:sdt><w:sdtPr><w:id")):
        return content if content.endswith("</w:p>") else content + para()
    return para(content) if content.startswith("<w:") else paras(content)


def cell(content: str = "", *, span: int = 1, shade: str = "", down: str = "", width: int = 0) -> str:
    """A cell; `down` is restart or continue for cells merged downwards."""
    more = f'<w:tcW w:w="{width}" w:type="dxa"/>' if width else ""
    more += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    more += f'<w:vMerge w:val="{down}"/>' if down else ""
    more += f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    return f"<w:tc><w:tcPr>{more}</w:tcPr>{_content(content)}</w:tc>"


def table(rows: Iterable[Sequence[str]], columns: int = 2) -> str:
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = '<w:gridCol w:w="3000"/>' * columns
    lines = "".join(
        "<w:tr>" + "".join(one if one.startswith("<w:tc>") else cell(one) for one in row) + "</w:tr>"
        for row in rows
    )
    looks = f"<w:tblPr><w:tblBorders>{edges}</w:tblBorders></w:tblPr>"
    return f"<w:tbl>{looks}<w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"


def control(
    answer: str, hint: str = "Click or tap here to enter text.", title: str = "", kind: str = "<w:text/>"
) -> str:
    """A content control within a line."""
    named = f"<w:alias w:val={quoteattr(title)}/><w:tag w:val={quoteattr(title)}/>" if title else ""
    shown = "" if answer else "<w:showingPlcHdr/>" if hint else ""
    inside = run(answer) if answer else run(hint, "g") if hint else ""
    return f"<w:sdt><w:sdtPr>{named}{shown}{kind}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def block(answer: str, hint: str = "Click or tap here to enter text.", title: str = "") -> str:
    """A rich content control around whole paragraphs."""
    named = f"<w:alias w:val={quoteattr(title)}/>" if title else ""
    shown = "" if answer else "<w:showingPlcHdr/>"
    inside = paras(answer) if answer else para(grey(hint))
    pr = f'<w:sdtPr><w:id w:val="7"/>{named}{shown}</w:sdtPr>'
    return f"<w:sdt>{pr}<w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def choice(answer: str, choices: Sequence[str], title: str = "") -> str:
    items = "".join(f"<w:listItem w:displayText={quoteattr(c)} w:value={quoteattr(c)}/>" for c in choices)
    return control(answer, "Choose an item.", title, f"<w:dropDownList>{items}</w:dropDownList>")


def tick(ticked: bool) -> str:
    box = f'<w14:checkbox><w14:checked w14:val="{int(ticked)}"/></w14:checkbox>'
    return (
        f"<w:sdt><w:sdtPr>{box}</w:sdtPr><w:sdtContent>{run('☒' if ticked else '☐')}</w:sdtContent></w:sdt>"
    )


def _legacy(data: str, code: str, result: str = "") -> str:
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
    told = f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    shown = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}' if result else ""
    return f'{begin}{told}{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def formtext(answer: str, name: str = "Text1") -> str:
    return _legacy(f'<w:name w:val="{name}"/><w:enabled/><w:textInput/>', "FORMTEXT", answer or "\u2002" * 5)


def formcheck(ticked: bool, name: str = "Check1") -> str:
    state = "<w:checked/>" if ticked else ""
    return _legacy(
        f'<w:name w:val="{name}"/><w:enabled/><w:checkBox><w:sizeAuto/>{state}</w:checkBox>', "FORMCHECKBOX"
    )


def formdrop(answer: str, choices: Sequence[str], name: str = "Dropdown1") -> str:
    taken = f'<w:result w:val="{choices.index(answer)}"/>' if answer else ""
    items = "".join(f"<w:listEntry w:val={quoteattr(c)}/>" for c in choices)
    return _legacy(f'<w:name w:val="{name}"/><w:enabled/><w:ddList>{taken}{items}</w:ddList>', "FORMDROPDOWN")


def textbox(inside: str, *, drawn: bool = False) -> str:
    """A run with a text box, drawn as newer Words do or as a VML shape."""
    if not drawn:
        shape = '<v:shape style="width:400pt;height:120pt"><v:textbox><w:txbxContent>'
        return f"<w:r><w:pict>{shape}{inside}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    uri = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    return (
        '<w:r><w:drawing><wp:inline><wp:extent cx="5000000" cy="1500000"/><wp:docPr id="1" name="Text Box 1"/>'
        f'<a:graphic><a:graphicData uri="{uri}"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr/><wps:txbx><w:txbxContent>'
        f"{inside}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


class Page:
    """The body of a form, written from top to bottom."""

    def __init__(self) -> None:
        self.body: list[str] = []
        self.columns = 1
        self.head = ""
        self.foot = ""

    def add(self, *blocks: str) -> None:
        self.body += [one if one.startswith(("<w:p>", "<w:tbl>", "<w:sdt>")) else para(one) for one in blocks]

    def title(self, text: str) -> None:
        self.add(para(text, style="Title"))

    def heading(self, text: str, level: int = 1) -> None:
        self.add(para(text, style=f"Heading{level}"))

    def answer(self, text: str, lines: int = 2) -> None:
        """The answer, or the empty lines that wait for it."""
        self.add(*[para(line) for line in text.split("\n")] if text else [para()] * lines)

    def saved(self) -> bytes:
        import docx
        from docx.oxml import parse_xml

        word = docx.Document()
        body = word.element.body
        end = body[-1]
        for one in self.body:
            spaced = one.replace(">", f" {_NAMES}>", 1)
            end.addprevious(parse_xml(spaced))
        if self.columns > 1:
            end.append(parse_xml(f'<w:cols {_NAMES} w:num="{self.columns}" w:space="720"/>'))
        for part, text in ((word.sections[0].header, self.head), (word.sections[0].footer, self.foot)):
            if text:
                part.paragraphs[0].text = text
        held = io.BytesIO()
        word.save(held)
        return held.getvalue()
