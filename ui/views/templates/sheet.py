"""One template to read: as councils see it, and as Casebook reads it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QTextBrowser

from ui.phrases import say
from ui.theme import tokens
from ui.views.compared import breakable
from workbench.template import Field, Template

Face = Literal["asked", "read"]


class Sheet(QTextBrowser):
    """A template as a page to read."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face: Face = face
        self._template: Template | None = None
        self.setObjectName("sheet")
        self.setAccessibleName(say(f"template-face-{face}"))
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(4)

    def show_template(self, template: Template) -> None:
        """Shows a template; where it is the one that is shown already, the page stays where it is."""
        same = self._template is not None and self._template.id == template.id
        kept = self.verticalScrollBar().value() if same else 0
        self._template = template
        page = asked(template) if self._face == "asked" else read(template)
        self.setHtml(page or f"<p>{_plain(say('template-no-questions'))}</p>")
        self.verticalScrollBar().setValue(kept)

    def redress(self) -> None:
        """Shows the same in the colours that hold now."""
        if self._template is not None:
            self.show_template(self._template)


def asked(template: Template) -> str:
    """What a council finds in the form, question by question, as HTML."""
    return "".join(_asked(at, field) for at, field in enumerate(template.fields, 1))


def read(template: Template) -> str:
    """Which headings mean which question, as HTML."""
    known = template.by_id
    pages = [_read(at, field) for at, field in enumerate(template.fields, 1)]
    if template.combined:
        pages.append(_heading(say("template-combined")))
        pages.append(_quiet(say("template-combined-about")))
    for heading, ids in template.combined.items():
        of = " + ".join(known[one].label if one in known else one for one in ids)
        pages.append(f"<p style='margin:2px 0 6px 0'>“{_plain(heading)}” = {_plain(of)}</p>")
    return "".join(pages)


def limits(field: Field) -> str:
    """How long an answer is to be, in words; empty where anything goes."""
    match field.min_words, field.max_words:
        case None, None:
            return ""
        case int(least), None:
            return say("words-at-least", n=least)
        case None, int(most):
            return say("words-at-most", n=most)
        case least, most:
            return say("words-between", least=least, most=most)


def facts(field: Field) -> Iterable[str]:
    """What there is to know of a question besides its words."""
    yield say(f"field-kind-{field.kind}")
    yield say("field-required" if field.required else "field-optional")
    if told := limits(field):
        yield told
    if field.personal:
        yield say("field-personal")
    if not field.public:
        yield say("field-internal")


def _asked(at: int, field: Field) -> str:
    guidance = field.guidance or say("template-no-guidance")
    return (
        _heading(f"{at}. {field.label or say('question-unnamed')}")
        + f"<p style='margin:2px 0 2px 0'>{_plain(guidance)}</p>"
        + _quiet(" · ".join(facts(field)))
    )


def _read(at: int, field: Field) -> str:
    told = ", ".join(f"“{each}”" for each in field.synonyms) or say("template-no-synonyms")
    return _heading(f"{at}. {field.label or say('question-unnamed')}") + (
        f"<p style='margin:2px 0 2px 0'>{_plain(told)}</p>" + _quiet(say("template-column", id=field.id))
    )


def _heading(text: str) -> str:
    return f"<p style='margin:16px 0 0 0; font-weight:600'>{_plain(text)}</p>"


def _quiet(text: str) -> str:
    return f"<p style='margin:0; color:{tokens().ink2}'>{_plain(text)}</p>"


def _plain(text: str) -> str:
    return escape(breakable(text)).replace("\n", "<br>")
