"""Who has taken up which file."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.catalogue.test_forgetting import as_login
from workbench.catalogue import Catalogue, open_catalogue
from workbench.errors import SurroundingsFailed
from workbench.publication import Claim


def claim(number: int = 1) -> Claim:
    return Claim(str(uuid4()), f"{number:064x}", str(uuid4()), "Leeds City Council", f"Study {number}")


def test_claims_are_told_in_order_each_once(shared: Catalogue) -> None:
    first, second, third = claim(1), claim(2), claim(3)
    shared.claim([first, second], "Ada")
    shared.claim([second, third], "Ada")
    told = shared.claims(0)
    assert [one.id for one in told] == [first.id, second.id, third.id]
    assert [one.number for one in told] == [1, 2, 3]
    assert all(one.who and one.at for one in told)
    assert (told[0].source, told[0].study, told[0].title) == (first.source, first.study, first.title)
    assert [one.id for one in shared.claims(1, limit=1)] == [second.id]


def test_the_server_says_who_it_was(postgres: Any) -> None:
    url = postgres.made()
    with as_login(postgres, url, "editor") as theirs:
        theirs.claim([claim()], "Somebody Else")
        (told,) = theirs.claims(0)
    assert told.who.endswith("_editor")


def test_a_reader_claims_nothing_and_sees_no_claim(postgres: Any) -> None:
    url = postgres.made()
    with open_catalogue(url) as shared, as_login(postgres, url, "reader") as theirs:
        shared.claim([claim()], "Ada")
        with pytest.raises(SurroundingsFailed, match="catalogue-forbidden"):
            theirs.claim([claim()], "Bob")
        assert theirs.claims(0) == ()
