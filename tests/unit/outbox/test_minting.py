"""From a submission to its publication: what is told, what stands apart, what pictures become."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.catalogue.given import lay
from tests.unit.outbox.invented_studies import published
from workbench import richtext
from workbench.desk import Desk, study
from workbench.desk.catalogue import browsing, comparing, minting, publishing
from workbench.desk.editing.pictures import LONGEST_SIDE, Unshowable, prepare
from workbench.desk.templates import templates
from workbench.publication import Publication, adopted, is_intact
from workbench.store import blobs, outbox
from workbench.submission import FieldValue, Picture


def mint(desk: Desk, submission: str) -> minting.Minted:
    with desk.store.reading() as connection:
        return minting.mint(desk, connection, study.show(desk, submission))


def kept(desk: Desk, data: bytes) -> str:
    with desk.store.writing() as connection:
        return blobs.put(connection, data)


def drawn(size: tuple[int, int] = (40, 20), kind: str = "JPEG", mode: str = "RGB", **options: Any) -> bytes:
    written = BytesIO()
    Image.new(mode, size).save(written, kind, **options)
    return written.getvalue()


def with_gps() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "A telling camera"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    return drawn(exif=exif, comment=b"taken at home")


def illustrated(desk: Desk, *pictures: bytes) -> str:
    """A submission whose challenge shows these pictures, with one more that no field shows."""
    named = [Picture(f"{n}.jpg", f"Picture {n}", kept(desk, data)) for n, data in enumerate(pictures)]
    images = "".join(f'<p><img src="asset:{picture.sha256}" alt="{picture.alt}"></p>' for picture in named)
    content = richtext.from_html(f"<p>Before</p>{images}<p>After</p>")
    unused = Picture("unused.jpg", "", kept(desk, drawn((9, 9))))
    return lay(desk, 1, fields={"challenge": FieldValue(content)}, pictures=(*named, unused))


def test_a_council_outside_the_register_is_told_as_it_was_written(desk: Desk) -> None:
    fields = {"council": FieldValue(richtext.from_text("Ambridge Parish Council"))}
    named = mint(desk, lay(desk, 1, fields=fields, authorities=())).publication
    assert named.councils == "Ambridge Parish Council"
    known = mint(desk, lay(desk, 2, fields=fields)).publication
    assert known.councils == "Leeds City Council"
    assert "council" not in [field.id for field in known.fields]
    places = [difference.field for difference in comparing.differences(known, named)]
    assert places.count("council") == 1


def test_fields_stand_in_the_order_of_the_template_and_people_apart(desk: Desk) -> None:
    publication = mint(desk, lay(desk, 1)).publication
    assert [field.id for field in publication.fields] == ["challenge"]
    assert publication.fields[0].html == "<p><strong>Too much</strong> went into bin 1.</p>"
    assert [field.id for field in publication.personal] == ["contact"]
    assert (publication.title, publication.summary) == (
        "Repair café number 1",
        "Residents mend what they own.",
    )
    assert publication.slug == "repair-cafe-number-1"


def test_what_is_not_for_the_public_is_left_out(desk: Desk) -> None:
    template = desk.templates["case-study"]
    fields = tuple(replace(field, public=field.id != "challenge") for field in template.fields)
    templates.save(desk, replace(template, fields=fields))
    assert mint(desk, lay(desk, 1)).publication.fields == ()


def test_a_study_is_looked_at_again_two_years_on(desk: Desk) -> None:
    assert minting._years_on(date(2026, 3, 2), 2) == date(2028, 3, 2)
    assert minting._years_on(date(2024, 2, 29), 2) == date(2026, 2, 28)
    assert mint(desk, lay(desk, 1)).publication.review_by == minting._years_on(desk.today, 2)


def test_every_publication_has_a_uuid_of_its_own_and_the_same_words_the_same_digest(desk: Desk) -> None:
    one = lay(desk, 1)
    first, second = mint(desk, one).publication, mint(desk, one).publication
    assert first.uuid != second.uuid
    assert adopted(second, first.digest, first.salt).digest == first.digest


def test_pictures_are_encoded_anew_without_what_the_camera_wrote(desk: Desk) -> None:
    minted = mint(desk, illustrated(desk, with_gps()))
    (picture,) = minted.pictures
    (image,) = minted.publication.images
    assert (image.sha256, image.alt, image.width, image.height) == (picture.sha256, "Picture 0", 20, 40)
    assert f"asset:{picture.sha256}" in minted.publication.fields[0].html
    for trace in (b"Exif", b"telling camera", b"taken at home"):
        assert trace in with_gps() and trace not in picture.data


def test_a_picture_no_browser_can_show_is_left_out_and_named(desk: Desk) -> None:
    one = illustrated(desk, drawn(), b"\x01\x00\x00\x00 no picture at all")
    minted = mint(desk, one)
    assert minted.left_out == ("1.jpg",)
    assert len(minted.publication.images) == 1
    assert minted.publication.fields[0].html.count("<img") == 1
    assert "1.jpg" in publishing.queue(desk, [one]).said


def test_the_bytes_of_queued_pictures_stay_on_the_desk(desk: Desk) -> None:
    one = illustrated(desk, drawn())
    publishing.queue(desk, [one])
    assert [outcome.result for outcome in publishing.publish(desk)] == ["published"]
    (image,) = browsing.study(desk, study.show(desk, one).study).publication.images
    assert browsing.asset(desk, image.sha256)


def test_a_published_picture_that_is_not_here_comes_from_the_catalogue(desk: Desk) -> None:
    one = illustrated(desk, drawn())
    publishing.queue(desk, [one])
    list(publishing.publish(desk))
    (image,) = browsing.study(desk, study.show(desk, one).study).publication.images
    with desk.store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM blob WHERE sha256 = ?", (image.sha256,))
    assert browsing.asset(desk, image.sha256)


@pytest.mark.parametrize(
    ("data", "media_type", "size"),
    [
        (drawn((4000, 1000)), "image/jpeg", (LONGEST_SIDE, LONGEST_SIDE // 4)),
        (drawn((30, 30), "PNG"), "image/png", (30, 30)),
        (drawn((30, 30), "PNG", "RGBA"), "image/png", (30, 30)),
        (drawn((30, 30), "GIF", "P"), "image/png", (30, 30)),
        (drawn((30, 30), "TIFF", "CMYK"), "image/png", (30, 30)),
        (drawn((30, 30), "JPEG", "L"), "image/jpeg", (30, 30)),
        (drawn((30, 30), "PNG", "1"), "image/png", (30, 30)),
        (drawn((30, 30), "PNG", "I;16"), "image/png", (30, 30)),
    ],
)
def test_pictures_are_bounded_and_of_a_kind_browsers_show(
    data: bytes, media_type: str, size: tuple[int, int]
) -> None:
    prepared = prepare(data)
    assert (prepared.media_type, (prepared.width, prepared.height)) == (media_type, size)
    assert prepare(data).data == prepared.data, "the same picture each time"


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a", drawn()[:200], b"<svg xmlns='http://www.w3.org/2000/svg'/>"]
)
def test_what_is_no_picture_is_no_picture(data: bytes) -> None:
    with pytest.raises(Unshowable):
        prepare(data)


def test_a_picture_of_too_many_pixels_is_not_unpacked() -> None:
    with pytest.raises(Unshowable):
        prepare(drawn((12_000, 12_000), "PNG", "1"))


def test_the_preview_shows_the_pictures_as_they_came(desk: Desk) -> None:
    one = illustrated(desk, with_gps())
    shown = browsing.preview(desk, one)
    assert shown.publication.images[0].sha256 == study.show(desk, one).pictures[0].sha256
    assert (shown.version, shown.published_by) == (1, desk.who)


def test_a_slug_is_the_studys_own_for_ever(desk: Desk) -> None:
    one = lay(desk, 1)
    publishing.queue(desk, [one])
    list(publishing.publish(desk))
    renamed = replace(
        study.show(desk, one), fields={"title": FieldValue(richtext.from_text("Quite another name"))}
    )
    with desk.store.reading() as connection:
        assert minting.mint(desk, connection, renamed).publication.slug == "repair-cafe-number-1"


def test_two_studies_of_the_same_title_get_different_slugs(desk: Desk) -> None:
    one = lay(desk, 1)
    two = lay(desk, 2, fields=study.show(desk, one).fields)
    publishing.queue(desk, [one])
    publishing.queue(desk, [two])
    slugs = {row.title for row in publishing.outbox(desk)}
    assert slugs == {"Repair café number 1"}
    assert [outcome.result for outcome in publishing.publish(desk)] == ["published"] * 2


def test_two_of_the_same_title_queued_together_get_different_slugs(desk: Desk) -> None:
    one = lay(desk, 1)
    two = lay(desk, 2, fields=study.show(desk, one).fields)
    publishing.queue(desk, [one, two])
    assert [outcome.result for outcome in publishing.publish(desk)] == ["published"] * 2


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Caerdydd: teithio llesol i'r ysgol", "caerdydd-teithio-llesol-ir-ysgol"),
        ("A repair café in every ward", "a-repair-cafe-in-every-ward"),
        ("日本", "study"),
        ("", "study"),
    ],
)
def test_a_title_as_an_address(title: str, slug: str) -> None:
    assert minting.slugify(title) == slug


@given(st.text(max_size=300))
def test_a_slug_is_always_fit_for_an_address(title: str) -> None:
    slug = minting.slugify(title)
    assert slug and len(slug) <= 80
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not slug.startswith("-") and not slug.endswith("-")


Change = Callable[[Publication], Publication]


@pytest.mark.parametrize(
    ("change", "place", "live", "mine"),
    [
        (lambda p: replace(p, title="Another"), "title", "A title", "Another"),
        (lambda p: replace(p, fields=()), "impact", "58 tonnes.", ""),
        (
            lambda p: replace(p, fields=(replace(p.fields[0], html="<p><em>58</em> tonnes.</p>"),)),
            "impact",
            "<p>58 tonnes.</p>",
            "<p><em>58</em> tonnes.</p>",
        ),
        (lambda p: replace(p, review_by=date(2028, 3, 2)), "review_by", "", "2028-03-02"),
    ],
    ids=["words", "left out", "only marks", "review"],
)
def test_differences_name_the_place_and_both_sides(change: Change, place: str, live: str, mine: str) -> None:
    before = published(1, "A title", "<p>58 tonnes.</p>").publication
    (difference,) = comparing.differences(before, change(before))
    assert (difference.field, difference.live, difference.mine) == (place, live, mine)
    assert difference.label and "place-" not in difference.label


def test_no_difference_is_none() -> None:
    before = published(1, "A title", "<p>58 tonnes.</p>").publication
    assert comparing.differences(before, replace(before, uuid="another")) == ()


def test_what_is_personal_is_sealed_under_a_salt_that_the_study_keeps(desk: Desk) -> None:
    one, other = lay(desk, 1), lay(desk, 2)
    publishing.queue(desk, [one, other])
    first, second = (row.publication for row in waiting(desk))
    assert is_intact(first) and len(first.salt) == 32 and first.personal_digest
    assert second.salt != first.salt
    assert mint(desk, one).publication.salt == first.salt, "as queued"
    assert [outcome.result for outcome in publishing.publish(desk)] == ["published"] * 2
    assert browsing.study(desk, first.study).publication.salt == first.salt
    assert mint(desk, one).publication.salt == first.salt, "as published"


def waiting(desk: Desk) -> Sequence[outbox.Waiting]:
    with desk.store.reading() as connection:
        return outbox.unsettled(connection)
