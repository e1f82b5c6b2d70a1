"""An editor brings pictures to a study, and says where they stand what they show and whose they are."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image as Drawn
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.views.forms import PictureForm
from ui.views.study.pictured import PictureLine
from workbench.desk import history, open_desk, study
from workbench.desk.editing import adding
from workbench.richtext import images


def png(size=(64, 40), colour="teal"):
    written = BytesIO()
    Drawn.new("RGB", size, colour).save(written, "PNG")
    return written.getvalue()


@pytest.fixture
def writing(at_study):
    """An editor in the middle of an answer."""
    at_study.window.desk.study.choose_field("impact")
    at_study.do("edit_field")
    return at_study


def field_of(editor):
    return editor.window.desk.study.fields["impact"]


def paste(editor, source):
    field_of(editor).editor.insertFromMimeData(source)
    editor.settle()
    field_of(editor).editor.flush()
    editor.settle()


def shown_pictures(editor):
    return images(editor.study.value("impact").content)


def checks(editor):
    return {finding.check for finding in editor.study.open_findings}


def clipboard(**given):
    made = QMimeData()
    if "data" in given:
        made.setData("image/png", given["data"])
    if "image" in given:
        made.setImageData(given["image"])
    if "files" in given:
        made.setUrls([QUrl.fromLocalFile(str(path)) for path in given["files"]])
    return made


def test_a_picture_is_pasted_described_and_taken_back(writing, workspace):
    before = writing.study
    paste(writing, clipboard(data=png(), image=QImage.fromData(png())))
    (image,) = shown_pictures(writing)
    assert image.alt is None
    assert writing.study.pictures[-1].sha256 == image.asset
    assert "IMG-01" in checks(writing)
    line = field_of(writing).findChild(PictureLine)
    assert line.isVisible()
    field_of(writing).describe.emit("impact", image.asset)
    form = writing.window.findChild(PictureForm)
    form.alt.setText("A carer shows her passport at a pharmacy counter")
    form.credit.setText("Durham County Council")
    form.accept()
    writing.settle()
    assert shown_pictures(writing)[0].alt.startswith("A carer shows")
    assert writing.study.pictures[-1].credit == "Durham County Council"
    assert "IMG-01" not in checks(writing)
    with open_desk(workspace) as desk:
        kept = study.asset(desk, image.asset)
    assert Drawn.open(BytesIO(kept)).size == (64, 40)
    field_of(writing).editor.leave()
    writing.do("undo")
    writing.do("undo")
    assert writing.study.pictures == before.pictures
    assert shown_pictures(writing) == images(before.value("impact").content)


def test_a_picture_without_a_file_comes_from_the_clipboard_alone(writing):
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    paste(writing, clipboard(image=image))
    assert (writing.study.pictures[-1].width, writing.study.pictures[-1].height) == (30, 20)


def test_a_great_picture_is_bounded_and_what_the_camera_wrote_is_gone(writing, workspace, tmp_path):
    photograph = tmp_path / "IMG_2041.jpg"
    exif = Drawn.Exif()
    exif[0x010F] = "A camera"
    Drawn.new("RGB", (3200, 1800), "navy").save(photograph, exif=exif)
    paste(writing, clipboard(files=[photograph]))
    picture = writing.study.pictures[-1]
    assert (picture.name, picture.width, picture.height) == ("IMG_2041.jpg", 1600, 900)
    with open_desk(workspace) as desk:
        assert b"A camera" not in study.asset(desk, picture.sha256)


def test_files_are_dropped_on_an_answer_that_is_only_read(at_study, tmp_path):
    for name in ("one.png", "two.png"):
        (tmp_path / name).write_bytes(png(colour="red" if name == "one.png" else "blue"))
    brought = clipboard(files=[tmp_path / "one.png", tmp_path / "two.png"])
    view = field_of(at_study)
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(view.rect().center(), copy, brought, left, none)
    view.dragEnterEvent(entering)
    assert entering.isAccepted()
    view.dropEvent(QDropEvent(QPointF(view.rect().center()), copy, brought, left, none))
    at_study.settle()
    view.editor.flush()
    at_study.settle()
    assert [picture.name for picture in at_study.study.pictures[-2:]] == ["one.png", "two.png"]
    assert len(shown_pictures(at_study)) == 2


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("broken.png", png()[:60], "cannot be read as a picture"),
        ("no.png", b"not a picture at all", "cannot be read as a picture"),
        ("huge.png", png() + b"\0" * adding.LARGEST, "larger than 25 MB"),
    ],
)
def test_what_is_no_picture_or_too_large_is_refused_in_words(writing, tmp_path, name, data, why):
    (tmp_path / name).write_bytes(data)
    before = writing.study
    paste(writing, clipboard(files=[tmp_path / name]))
    assert why in writing.notice
    assert name in writing.notice
    assert writing.study == before


def test_a_bomb_is_refused(writing, tmp_path):
    bomb = tmp_path / "bomb.png"
    Drawn.new("1", (12_000, 9_000)).save(bomb)
    paste(writing, clipboard(files=[bomb]))
    assert "100 million pixels" in writing.notice


def test_of_several_files_the_good_ones_come(writing, tmp_path):
    (tmp_path / "good.png").write_bytes(png())
    (tmp_path / "bad.png").write_bytes(b"bad")
    paste(writing, clipboard(files=[tmp_path / "bad.png", tmp_path / "good.png"]))
    assert [picture.name for picture in writing.study.pictures[-1:]] == ["good.png"]
    assert "bad.png cannot be read" in writing.notice


def test_words_beside_a_picture_are_what_is_meant(writing):
    both = clipboard(image=QImage.fromData(png()))
    both.setText("plain words")
    paste(writing, both)
    assert shown_pictures(writing) == ()
    assert "plain words" in writing.study.value("impact").text


def test_a_picture_has_no_place_in_the_title(at_study):
    at_study.window.desk.study.choose_field("title")
    at_study.do("edit_field")
    title = at_study.window.desk.study.fields["title"].editor
    title.insertFromMimeData(clipboard(image=QImage.fromData(png())))
    at_study.settle()
    assert "answer of several lines" in at_study.notice
    assert QApplication.focusWidget() is title


def test_pasting_and_typing_on_is_one_step_with_the_picture(writing, workspace):
    paste(writing, clipboard(data=png(), image=QImage.fromData(png())))
    QTest.keyClicks(field_of(writing).editor, "and words")
    field_of(writing).editor.flush()
    writing.settle()
    with open_desk(workspace) as desk:
        steps = history.entries(desk, writing.study.id)
    assert len([step for step in steps if step.fields == ("impact",)]) == 1
