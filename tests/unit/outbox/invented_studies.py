"""Published studies in one line each. All of them are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from workbench.publication import Publication, PublishedField, Study
from workbench.submission import Authority, Term

SPACE = UUID("5a1f3b39-3d10-4d3c-9a55-0d9a3c9d9a55")
WASTE, HEALTH = Term("topic", "waste", "Waste and recycling"), Term("topic", "health", "Public health")
COVID = Term("collection", "covid-19", "COVID-19")
LEEDS = Authority("E08000035", "Leeds City Council", "metropolitan", "England", "Yorkshire and the Humber")
KENT = Authority("E10000016", "Kent County Council", "county", "England", "South East")


def published(number: int, title: str, body: str = "", **changes: Any) -> Study:
    """A published study with the words a test is about."""
    kinds = {
        name: changes.pop(name) for name in ("terms", "authorities", "summary", "slug") if name in changes
    }
    usual = Publication(
        uuid=str(uuid5(SPACE, f"publication {number}")),
        study=str(uuid5(SPACE, f"study {number}")),
        base_version=0,
        slug=f"study-{number}",
        title=title,
        summary="",
        template="case-study",
        template_version=1,
        fields=(PublishedField("impact", "The impact", body),),
        personal=(PublishedField("contact", "Contact", "<p>Secretperson</p>"),),
    )
    at = datetime(2026, 3, number, 9, tzinfo=UTC)
    study = Study(replace(usual, **kinds), 1, at, "Ada", number, at)
    return replace(study, **changes)
