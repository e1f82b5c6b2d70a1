"""Characters of the fonts Symbol, Wingdings and Webdings as Unicode, as far as Unicode has them."""

from __future__ import annotations

from collections.abc import Mapping

_SYMBOL = (
    " !∀#∃%&∍()∗+,−./0123456789:;<=>?"
    "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"
    "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼�"
    "��������������������������������"
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵"
    "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"
    "◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪�〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭�"
)
_WINGDINGS = (
    " ✏✂✁👓🕭🕮🕯🕿✆🖂🖃📪📫📬📭📁📂📄🗏🗐🗄⌛🖮🖰🖲🖳🖴🖫🖬✇✍"
    "🖎✌👌👍👎☜☞☝☟🖐☺😐☹💣☠🏳🏱✈☼💧❄🕆✞🕈✠✡☪☯ॐ☸♈♉"
    "♊♋♌♍♎♏♐♑♒♓🙰🙵●🔾■□🞐❑❒⬧⧫◆❖⬥⌧⮹⌘🏵🏶🙶🙷�"
    "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿🙢🙠🙡🙣🙞🙜🙝🙟·•"
    "▪⚪🞆🞈◉◎🔿▪◻🟂✦★✶✴✹✵⯐⌖⟡⌑⯑✪✰🕐🕑🕒🕓🕔🕕🕖🕗🕘"
    "🕙🕚🕛⮰⮱⮲⮳⮴⮵⮶⮷🙪🙫🙕🙔🙗🙖🙐🙑🙒🙓⌫⌦⮘⮚⮙⮛⮈⮊⮉⮋🡨"
    "🡪🡩🡫🡬🡭🡯🡮🡸🡺🡹🡻🡼🡽🡿🡾⇦⇨⇧⇩⬄⇳⬀⬁⬃⬂🢬🢭✗✔☒☑�"
)
_WEBDINGS: Mapping[int, str] = {0x61: "✔", 0x63: "◻", 0x67: "◼", 0x6E: "⚫", 0x72: "✖", 0x78: "☒", 0xFC: "✔"}
_WINGDINGS_2: Mapping[int, str] = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0xA3: "☐",
}  # fmt: skip


def _table(characters: str) -> Mapping[int, str]:
    return {0x20 + at: character for at, character in enumerate(characters) if character != "�"}


_FONTS: Mapping[str, Mapping[int, str]] = {
    "symbol": _table(_SYMBOL),
    "wingdings": _table(_WINGDINGS),
    "wingdings 2": _WINGDINGS_2,
    "webdings": _WEBDINGS,
}


def symbol(font: str, code: str) -> str:
    """The character that `w:sym` shows: `code` in hexadecimal, with or without Word's private F000.

    "�" where the font is one of pictures and Unicode has no such sign; "" where the code is no number.
    """
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    if not 0 <= point <= 0x10FFFF or 0xD800 <= point <= 0xDFFF:
        return "�"
    return _character(font, point)


def in_font(font: str, text: str) -> str:
    """`text` with characters of Word's private range read as the font's signs."""
    return "".join(_character(font, ord(sign)) if "\uf000" <= sign <= "\uf0ff" else sign for sign in text)


def _character(font: str, point: int) -> str:
    private = 0xF000 <= point <= 0xF0FF
    code = point - 0xF000 if private else point
    table = _FONTS.get(font.strip().lower())
    if table is not None and code <= 0xFF:
        return table.get(code, "�")
    if private:
        return chr(code) if 0x20 <= code < 0x7F else "�"
    return chr(point) if point >= 0x20 else ""
