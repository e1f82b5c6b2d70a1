"""Styles: how text looks by its style, however the part that says so is spelt."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.word.styles import Sheet, Styles
from workbench.word.xml import W

NAMES = ("Normal", "Heading1", "Own", "Quote")
SPACES = f'xmlns:w="{W[1:-1]}" xmlns:x="urn:x"'

run = st.sampled_from(
    ["", "<w:b/>", '<w:b w:val="0"/>', '<w:sz w:val="28"/>', "<w:vanish/>", "<x:odd/><w:i/>"]
)
paragraph = st.sampled_from(["", '<w:outlineLvl w:val="2"/>', '<w:numPr><w:numId w:val="3"/></w:numPr>'])


def style(name: str, based_on: str, run: str, paragraph: str, default: bool) -> str:
    marked = ' w:default="1"' if default else ""
    return (
        f'<w:style w:type="paragraph"{marked} w:styleId="{name}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{based_on}"/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>'
    )


names = st.sampled_from(NAMES)
sheets = st.lists(st.builds(style, names, names, run, paragraph, st.booleans()), max_size=5)


def looks(*written: str) -> list[object]:
    size = '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>'
    latent = '<w:latentStyles w:count="1"><w:lsdException w:name="x"/></w:latentStyles>'
    data = f"<w:styles {SPACES}>{size}{latent}{''.join(written)}</w:styles>\r\n"
    styles = Styles(Sheet(data.encode(), "word/styles.xml"))
    return [styles.default, *(styles.look(name) for name in (*NAMES, "Nobody"))]


@given(sheets)
def test_a_style_looks_the_same_read_alone_or_with_all_others(written: list[str]) -> None:
    assert looks(*written) == looks(*written, "<!-- read whole -->")


@given(sheets)
def test_another_spelling_of_the_same_part_makes_no_difference(written: list[str]) -> None:
    respelt = [
        each.replace("<w:style ", "<w:style\n").replace("</w:style>", "</w:style >") for each in written
    ]
    half = [*written[:1], *respelt[1:]]
    assert looks(*written) == looks(*respelt) == looks(*half)


def test_a_style_based_on_itself_and_one_that_is_not_there() -> None:
    own = f"<w:styles {SPACES}>{style('Own', 'Own', '<w:b/>', '', default=False)}</w:styles>"
    styles = Styles(Sheet(own.encode(), "word/styles.xml"))
    assert styles.look("Own").bold is True
    assert styles.look("Heading1").bold is None
