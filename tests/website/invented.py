"""Invented studies for tests and benchmarks. The councils are real names; nothing told of them here happened."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from random import Random
from typing import Any

from workbench.publication import Publication, PublishedField, PublishedImage, Study
from workbench.submission import Authority, Term

MARK = "Invented sample: nothing told here happened."

TOPICS = {
    "waste-and-recycling": "Waste and recycling",
    "public-health": "Public health",
    "housing-and-planning": "Housing and planning",
    "environment-and-climate": "Environment, climate and sustainability",
    "culture-tourism-leisure-and-sport": "Culture, tourism, leisure and sport",
    "communities": "Communities",
    "libraries": "Libraries",
    "transport": "Transport",
    "employment-and-skills": "Employment and skills",
    "adult-social-care": "Adult social care",
    "children-and-young-people": "Children and young people",
}
SUPPORT = {
    "sustainability": "Sustainability",
    "behavioural-insights": "Behavioural insights",
    "productivity-experts": "Productivity experts",
}
COUNCILS = (
    Authority(
        "E08000035", "Leeds City Council", "metropolitan-district", "England", "Yorkshire and The Humber"
    ),
    Authority("E09000013", "London Borough of Hammersmith & Fulham", "london-borough", "England", "London"),
    Authority("E06000059", "Dorset Council", "unitary", "England", "South West"),
    Authority("E06000005", "Darlington Borough Council", "unitary", "England", "North East"),
    Authority("E06000044", "Portsmouth City Council", "unitary", "England", "South East"),
    Authority("W06000015", "Cardiff Council", "unitary-wales", "Wales", "Wales"),
    Authority("S12000033", "Aberdeen City Council", "unitary-scotland", "Scotland", "Scotland"),
)
_THINGS = ("repair café", "library of things", "reuse shop", "walking bus", "warm space", "seed library")
_WHERE = ("in every ward", "at the recycling centre", "for new parents", "beside the school", "after dark")
_WORDS = (
    *(
        "residents",
        "volunteers",
        "wardens",
        "officers",
        "partners",
        "schools",
        "evenings",
        "shelves",
        "gardens",
    ),
    *(
        "borrowed",
        "mended",
        "shared",
        "counted",
        "learned",
        "planned",
        "offered",
        "opened",
        "moved",
        "saved",
        "met",
    ),
    *("the", "a", "of", "and", "to", "in", "for", "with", "by", "from"),
)


def term(slug: str, kind: str = "topic", label: str = "") -> Term:
    known = {**TOPICS, **SUPPORT, "covid-19": "COVID-19"}
    return Term(kind, slug, label or known.get(slug, slug.replace("-", " ").capitalize()))  # type: ignore[arg-type]


def picture(
    alt: str | None = "Shelves of mended kettles", width: int = 900, colour: str = "#7fa59b"
) -> tuple[PublishedImage, bytes]:
    """A picture and its bytes."""
    from PIL import Image

    height = width * 2 // 3
    image = Image.linear_gradient("L").resize((width, height))
    tinted = Image.composite(
        Image.new("RGB", image.size, colour), Image.new("RGB", image.size, "#d8c9a0"), image
    )
    out = BytesIO()
    tinted.save(out, "JPEG", quality=85)
    data = out.getvalue()
    sha256 = hashlib.sha256(data).hexdigest()
    return PublishedImage(sha256, alt, "Invented photographer", "image/jpeg", width, height), data


def study(number: int = 1, **changes: Any) -> Study:
    """A study; `changes` are attributes of the Publication or of the Study."""
    published = changes.pop("published_at", datetime(2026, 11, 21, 9, tzinfo=UTC) - timedelta(days=number))
    of_study = {
        "version": changes.pop("version", 1),
        "published_at": published,
        "published_by": "an editor",
        "change": changes.pop("change", number),
        "first_published_at": changes.pop("first_published_at", published),
        "withdrawn": changes.pop("withdrawn", False),
        "note": changes.pop("note", ""),
    }
    name = str(uuid.UUID(int=number))
    content: dict[str, Any] = {
        "uuid": str(uuid.uuid5(uuid.NAMESPACE_OID, f"{name}/{of_study['version']}")),
        "study": name,
        "base_version": 0,
        "slug": f"study-{number}",
        "title": "Leeds: a repair café in every ward",
        "summary": f"Volunteers in all 33 wards now mend what people would throw away. {MARK}",
        "template": "case-study",
        "template_version": 1,
        "fields": fields(),
        "personal": (PublishedField("contact", "Contact", "<p>A. Sample, sample@example.org</p>"),),
        "authorities": COUNCILS[:1],
        "terms": (term("waste-and-recycling"), term("communities")),
    }
    return Study(Publication(**{**content, **changes}), **of_study)


def fields(**bodies: str) -> tuple[PublishedField, ...]:
    """The answers of a case study as HTML, some in place of the usual ones."""
    usual = {
        "title": "<p>Leeds: a repair café in every ward</p>",
        "council": "<p>Leeds City Council</p>",
        "summary": "<p>Volunteers in all 33 wards now mend what people would throw away.</p>",
        "challenge": "<p>Kettles and coats went to waste, and nobody knew whom to ask.</p>",
        "solution": "<p>We opened <strong>33 cafés</strong> with volunteers.</p><ul><li>tools</li><li>tea</li></ul>",
        "impact": '<table><caption>Mended in a year</caption><thead><tr><th scope="col">Kind</th>'
        '<th scope="col">Tonnes</th></tr></thead><tbody><tr><td>Electrical</td><td>41</td></tr>'
        "<tr><td>Textiles</td><td>17</td></tr></tbody></table>",
        "lessons": "<h3>Begin small</h3><p>Open where people already meet.</p>",
    }
    labels = {
        "challenge": "The challenge",
        "solution": "The solution",
        "impact": "The impact",
        "lessons": "Lessons learned",
    }
    return tuple(
        PublishedField(name, labels.get(name, name.capitalize()), html)
        for name, html in {**usual, **bodies}.items()
    )


def library(size: int, seed: int = 1) -> Iterator[Study]:
    """As many invented studies, each of some 700 words, spread over topics, councils and twelve years."""
    for number in range(1, size + 1):
        yield _one(number, Random(f"{seed}/{number}"))


def _one(number: int, random: Random) -> Study:
    which = random.randrange(350)
    council = Authority(f"E07{which:06}", f"Sample {which} Council", region="London")
    council = random.choice((*COUNCILS, council, council, council))
    topics = [term(slug) for slug in random.sample(sorted(TOPICS), random.randint(1, 3))]
    support = [term(slug, "support_type") for slug in random.sample(sorted(SUPPORT), random.randint(0, 1))]
    covid = [term("covid-19", "collection")] if number % 20 == 0 else []
    thing, where = random.choice(_THINGS), random.choice(_WHERE)
    bodies = {name: _prose(random, 170) for name in ("challenge", "solution", "impact", "lessons")}
    return study(
        number,
        title=f"{council.name.removesuffix(' Council')}: a {thing} {where}",
        summary=f"{_sentence(random, 24)} {MARK}",
        fields=fields(**bodies),
        authorities=(council,),
        terms=(*topics, *support, *covid),
        published_at=datetime(2026, 11, 21, tzinfo=UTC) - timedelta(hours=number * 41),
    )


def _prose(random: Random, words: int) -> str:
    return "".join(f"<p>{_sentence(random, 24)}</p>" for _ in range(words // 24))


def _sentence(random: Random, words: int) -> str:
    return " ".join(random.choices(_WORDS, k=words)).capitalize() + "."
