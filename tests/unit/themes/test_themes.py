"""Terms are proposed for the words that say them, and each proposal shows these words."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.submission import TERM_KINDS
from workbench.themes import Learned, Tagged, Theme, Vocabulary, learn, shipped, suggest, taught, vocabulary
from workbench.themes.learning import learned_of, plain, read
from workbench.themes.teaching import score

WORDS = vocabulary()


def proposed(title: str, text: str = "") -> list[str]:
    return [term.slug for term in suggest(title, text, WORDS, shipped()).themes if term.proposed]


def test_slugs_are_unique_in_their_kind_and_parents_exist() -> None:
    for kind in TERM_KINDS:
        slugs = [theme.slug for theme in WORDS.by_kind[kind]]
        assert slugs
        assert len(slugs) == len(set(slugs))
        assert {theme.parent for theme in WORDS.by_kind[kind]} - {None} <= set(slugs)
    assert all(theme.scope_note and theme.label for theme in WORDS.themes)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Helping rough sleepers off the streets", "homelessness"),
        ("Food waste collection trial lifts recycling", "waste-and-recycling"),
        ("Potholes mapped by bus drivers", "transport"),
        ("Chatbot answers calls about bins online", "cyber-digital-and-technology"),
        ("Foster carers paid more", "children-and-young-people"),
        ("Reablement at home after hospital discharge", "adult-social-care"),
        ("Firefighters fit smoke alarms", "fire-and-rescue"),
        ("Taxi licensing shared between councils", "licensing-and-regulation"),
        ("Staff sickness absence halved by line managers", "workforce"),
        ("Devolution deal brings a mayor", "devolution"),
        ("Race equality forum meets", "equalities"),
    ],
)
def test_the_first_topic(title: str, slug: str) -> None:
    assert suggest(title, "", WORDS, shipped()).themes[0].slug == slug
    assert slug in proposed(title)


def test_a_narrow_topic_is_at_hand_below_its_parent() -> None:
    ranked = [term.slug for term in suggest("FGM: survivors of female genital mutilation", "", WORDS).themes]
    assert ranked.index("community-safety") < ranked.index("female-genital-mutilation") < 5
    assert "female-genital-mutilation" not in proposed("FGM: survivors of female genital mutilation")


def test_the_name_of_a_council_is_no_cue() -> None:
    found = suggest("Three Rivers and New Forest", "", WORDS).themes
    assert not any(term.because for term in found)


def test_collections_and_support_types() -> None:
    found = suggest(
        "Vaccination in the pandemic", "COVID-19 clinics used a nudge and a randomised trial.", WORDS
    )
    assert found.collections[0].slug == "covid-19"
    assert found.collections[0].proposed
    assert "behavioural-insights" in [term.slug for term in found.support_types if term.proposed]
    assert suggest("A new bus", "", WORDS).collections == ()


def test_abbreviations_must_be_written_in_capitals() -> None:
    assert "artificial-intelligence" not in [t.slug for t in suggest("ai", "", WORDS).themes if t.score]
    assert "artificial-intelligence" in [t.slug for t in suggest("AI", "", WORDS).themes if t.score]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_gets_five_topics_in_order_each_with_words_of_the_text(title: str, text: str) -> None:
    found = suggest(title, text, WORDS)
    scores = [term.score for term in found.themes]
    assert len(found.themes) >= 5
    assert all(0 <= score <= 1 for score in scores)
    for term in (*found.themes, *found.support_types, *found.collections):
        assert bool(term.because) >= term.proposed


def test_learning_raises_what_editors_take() -> None:
    studies = [
        Tagged(f"Zeppelin {n}", "a zeppelin over the moor", frozenset({"transport"})) for n in range(6)
    ]
    studies += [Tagged(f"Choir {n}", "a choir on the moor", frozenset({"communities"})) for n in range(6)]
    learned = learn(read(studies, WORDS))
    before = suggest("The zeppelin", "", WORDS).themes
    after = suggest("The zeppelin", "", WORDS, learned).themes
    assert all(term.score == 0 for term in before)
    assert after[0].slug == "transport"
    assert "zeppelin" in after[0].because
    assert learn([]).weights == {}


def test_a_cue_that_misleads_is_trusted_less_and_one_refused_sooner() -> None:
    wrong = Tagged("Our pier", "engines of the ferry", frozenset({"communities"}))
    refused = replace(wrong, topics=frozenset(), refused=frozenset({("topic", "transport")}), is_partial=True)
    untagged = replace(refused, refused=frozenset())

    def trust(*studies: Tagged) -> float:
        learned = learn(read(studies, WORDS))
        return learned.trust["topic"].get("ferry", {}).get("transport", 1.0)

    assert trust(untagged) == 1.0
    assert trust(wrong) < 1.0
    assert trust(refused) < trust(wrong)
    assert trust(*[refused] * 50) == 0.2


def test_what_does_no_better_is_not_learned() -> None:
    """Studies tagged at random teach nothing: suggestions stay what they were."""
    draw = random.Random(3)
    slugs = [theme.slug for theme in WORDS.by_kind["topic"] if not theme.narrow]
    texts = ["Potholes on the road", "Rough sleepers housed", "Firefighters met", "Food waste rounds"]
    studies = [Tagged(draw.choice(texts), "", frozenset({draw.choice(slugs)})) for _ in range(200)]
    known = shipped()
    assert known is not None
    found = taught(studies, WORDS, known)
    assert score(studies, WORDS, found).whole >= score(studies, WORDS, known).whole
    few = taught(studies[:10], WORDS, known)
    assert (few.weights, few.share) == (known.weights, known.share)


def test_what_was_learned_survives_being_kept() -> None:
    known = shipped()
    assert known is not None
    assert learned_of(json.loads(json.dumps(plain(known)))) == known


@given(st.lists(st.sampled_from(["Potholes", "recycling", "<b>care</b>", "&amp;", "Leeds", "\u00e2", "the"])))
def test_words_of_a_suggestion_stand_where_it_says(words: list[str]) -> None:
    title, text = " ".join(words[:3]), "\n".join(words[3:])
    for term in suggest(title, text, WORDS, shipped()).themes:
        found = {(title if span.part == "title" else text)[span.start : span.end] for span in term.spans}
        assert set(term.because) <= found


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("", ""),
        ("<p>Potholes</p>", "<img src='culture.png'>"),
        ("A", "word " * 200_000),
        ("A", "<" * 100_000),
        ("A", "a@" * 50_000),
        ("Cyngor Sir G\u00e2r", "Ailgylchu a gwastraff bwyd"),
        ("\ud800\x00", "\u202e\u0000"),
    ],
)
def test_odd_texts_get_their_topics_too(title: str, text: str) -> None:
    assert len(suggest(title, text, WORDS, shipped()).themes) >= 5


def test_markup_and_addresses_are_no_words() -> None:
    text = '<a href="https://www.leeds.example/museums">x</a> https://culture.example/arts editor@libraries.example'
    assert all(term.score == 0 for term in suggest("", text, WORDS).themes)


def test_a_term_without_cues_is_found_by_its_name_and_scope_note() -> None:
    theme = Theme("topic", "allotments", "Allotment plots", scope_note="Growing vegetables on rented ground.")
    known = Vocabulary((*WORDS.themes, theme))
    assert suggest("Our allotment plots", "", known).themes[0].slug == "allotments"
    assert "allotments" in [
        term.slug for term in suggest("Growing vegetables", "", known).themes if term.score
    ]


def test_a_refused_term_is_ranked_and_not_offered() -> None:
    found = suggest("Potholes", "", WORDS, None, {("topic", "transport")})
    assert found.themes[0].slug == "transport"
    assert not found.themes[0].proposed


TEASERS = Path(__file__).parents[3] / "benchmarks" / "teasers"


def test_learning_from_few_makes_the_first_day_no_worse() -> None:
    """Cross-validation on invented teasers: what four fifths teach does not harm the suggestions for the fifth."""
    told = [
        json.loads(line)
        for path in sorted(TEASERS.glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
        if "topics" in line
    ]
    studies = [Tagged(one["title"], one["teaser"], frozenset(one["topics"])) for one in told]
    cues_alone = Learned({})
    alone = mean(score(studies[fold::5], WORDS, cues_alone).whole for fold in range(2))
    learned = mean(
        score(studies[fold::5], WORDS, taught(_without(studies, fold), WORDS, cues_alone)).whole
        for fold in range(2)
    )
    assert learned >= alone - 0.01


def _without(studies: list[Tagged], fold: int) -> list[Tagged]:
    return [one for n, one in enumerate(studies) if n % 5 != fold]
