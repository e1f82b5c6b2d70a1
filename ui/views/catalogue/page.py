"""A study as readers will see it, or see it now."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QFont, QImage, QTextCursor, QTextDocument, QTextOption
from PySide6.QtWidgets import QTextBrowser

from ui.phrases import readers_day, say
from ui.text import content
from ui.text.content import Dress
from ui.theme import colour, sans, serif
from workbench import words
from workbench.publication import Publication, PublishedField, Study
from workbench.richtext import RichText, from_html, images


class PageView(QTextBrowser):
    """Shows one study as a page to read; empty until it is given one."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenExternalLinks(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(say("as-readers-see-it"))
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setViewportMargins(0, 0, 6, 0)
        self.study: Study | None = None
        self._pictures: dict[str, QImage] = {}

    def show_study(self, study: Study | None, message: str = "") -> None:
        """Shows a study, or only a message where there is none."""
        self.study = study
        self._message = message
        self.redress()

    def redress(self) -> None:
        """Sets the page anew in the colours that hold now."""
        content.write(self.document(), ())
        cursor = QTextCursor(self.document())
        if self.study is None:
            self._words(cursor, getattr(self, "_message", ""), sans(13), "ink2")
        else:
            self._page(cursor, self.study)
        self.setTextCursor(QTextCursor(self.document()))
        self.verticalScrollBar().setValue(0)

    def add_picture(self, asset: str, picture: QImage) -> None:
        """Shows a picture that has been fetched."""
        self._pictures[asset] = picture
        if self.study is not None and asset in pictures_of(self.study.publication):
            self.redress()

    def _page(self, cursor: QTextCursor, study: Study) -> None:
        publication = study.publication
        if study.withdrawn:
            self._words(
                cursor, say("page-withdrawn", note=study.note), sans(13, QFont.Weight.DemiBold), "warning"
            )
        self._words(cursor, publication.title, serif(20, QFont.Weight.DemiBold), "ink", gap=6)
        tags = [a.name for a in publication.authorities] + [t.label for t in study.terms]
        self._words(cursor, " · ".join(tags), serif(13), "ink2", gap=4)
        if study.version:
            when = readers_day(study.published_at.astimezone())
            said = words.say("ui", "page-version", language=words.OUTSIDE, version=study.version, day=when)
            self._words(cursor, said, sans(12), "ink2", gap=12)
        if publication.summary:
            self._words(cursor, publication.summary, serif(14, QFont.Weight.Medium), "ink", gap=8)
        for field in (*publication.fields, *publication.personal):
            self._field(cursor, field)

    def _field(self, cursor: QTextCursor, field: PublishedField) -> None:
        blocks = from_html(field.html)
        if field.id in ("title", "council", "summary") or not blocks:
            return
        self._words(cursor, field.label, sans(13, QFont.Weight.DemiBold), "accent", gap=3)
        self._offer(blocks)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        content.append(cursor, blocks, Dress(size=13, line=20), used=True)
        cursor.movePosition(QTextCursor.MoveOperation.End)

    def _words(self, cursor: QTextCursor, text: str, font: QFont, token: str, gap: float = 8) -> None:
        if not text:
            return
        form = Dress(line=0, gap=gap).block()
        form.setTopMargin(8)
        words = Dress().words()
        words.setFont(font)
        words.setForeground(colour(token))
        if self.document().isEmpty():
            cursor.setBlockFormat(form)
        else:
            cursor.insertBlock(form)
        cursor.insertText(text, words)

    def _offer(self, blocks: RichText) -> None:
        for image in images(blocks):
            picture = self._pictures.get(image.asset)
            if picture is None:
                continue
            margins = 2 * round(self.document().documentMargin())
            bar = self.verticalScrollBar().sizeHint().width()
            wide = min(picture.width(), max(self.viewport().width() - margins - bar, 200))
            scaled = picture.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)
            kind = QTextDocument.ResourceType.ImageResource.value
            self.document().addResource(kind, QUrl(f"asset:{image.asset}"), scaled)


def pictures_of(publication: Publication) -> frozenset[str]:
    """The pictures that a publication's answers name."""
    return frozenset(_assets(publication.fields))


def _assets(fields: Iterable[PublishedField]) -> Iterable[str]:
    return (image.asset for field in fields for image in images(from_html(field.html)))
