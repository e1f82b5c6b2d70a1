"""Publications to send, in one line each. All of it is invented."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from workbench import richtext
from workbench.catalogue import Catalogue
from workbench.desk import Desk
from workbench.edits import Change
from workbench.publication import Outcome, Publication, PublishedField, PublishedImage
from workbench.store import slots, submissions
from workbench.submission import Authority, FieldValue, Status, Submission, Term

SPACE = UUID("9d2c0c04-5bb4-4f6c-8d6e-0f1f2f3f4f5f")
PNG = b"\x89PNG\r\n\x1a\n an invented picture"
PNG_SHA = hashlib.sha256(PNG).hexdigest()


def publication(name: str = "repair", number: int = 1, **changes: Any) -> Publication:
    """A publication of the study called `name`; each `number` is one with a UUID and a summary of its own."""
    usual = Publication(
        uuid=str(uuid5(SPACE, f"{name} {number}")),
        study=str(uuid5(SPACE, name)),
        base_version=number - 1,
        slug=name,
        title=f"The {name} study",
        summary=f"What came of {name}, told for the {number}. time",
        template="case-study",
        template_version=1,
        fields=(
            PublishedField("challenge", "The challenge", f"<p>Too much {name}.</p>"),
            PublishedField(
                "impact", "The impact", f"<p>Less {name}, by <strong>{number}</strong> tonnes.</p>"
            ),
        ),
        personal=(PublishedField("contact", "Contact", "<p>An invented person</p>"),),
        authorities=(Authority("E08000035", "Leeds City Council", "metropolitan", "England", "Yorkshire"),),
        terms=(Term("topic", "waste", "Waste and recycling"), Term("collection", "covid-19", "COVID-19")),
    )
    return replace(usual, **changes)


def pictured(**changes: Any) -> Publication:
    """A publication with one picture, whose bytes `assets` has."""
    image = PublishedImage(PNG_SHA, "A table of tools", "Invented", "image/png", 640, 480)
    return publication(images=(image,), **changes)


def assets(sha256: str) -> bytes:
    return {PNG_SHA: PNG}[sha256]


def send(shared: Catalogue, *publications: Publication) -> list[Outcome]:
    return list(shared.publish(publications, assets, "editor"))


def results(shared: Catalogue, *publications: Publication) -> list[str]:
    return [outcome.result for outcome in send(shared, *publications)]


def lay(desk: Desk, number: int, **changes: Any) -> str:
    """An approved submission on the desk, without the way it came there; its id."""
    answers = {
        "title": f"Repair café number {number}",
        "council": "Leeds City Council",
        "summary": "Residents mend what they own.",
        "challenge": f"<b>Too much</b> went into bin {number}.",
        "contact": "An invented person",
    }
    usual = Submission(
        id="",
        study=str(uuid5(SPACE, f"laid {number}")),
        template="case-study",
        template_version=1,
        status=Status.APPROVED,
        fields={name: FieldValue(richtext.from_html(text), "editor", 1.0) for name, text in answers.items()},
        authorities=(Authority("E08000035", "Leeds City Council", "metropolitan", "England", "Yorkshire"),),
        terms=(Term("topic", "waste", "Waste and recycling"),),
        received=datetime(2026, 3, 2, tzinfo=UTC),
    )
    with desk.store.writing() as connection:
        new = replace(usual, id=submissions.mint_id(connection, 2026), **changes)
        submissions.add(connection, new)
        slots.write(connection, [Change(new.id, "submission", "present", False, True)])
    return new.id
