"""The catalogue made, upgraded, looked at, and refused in words where it is not what the program knows."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, bindparam, inspect, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.catalogue.given import publication, send
from workbench import catalogue, words
from workbench.catalogue import address, open_catalogue, schema, tables
from workbench.errors import SurroundingsFailed, WrongUsage
from workbench.publication import members


def test_the_migrations_make_exactly_the_tables_of_the_program(engine: Engine) -> None:
    def of_the_program(name: str | None, kind: str, _parents: object) -> bool:
        beside = name in tables.SERVER_ONLY or str(name).startswith(tables.SEARCH)
        return kind != "table" or not beside

    with engine.connect() as connection:
        options = {
            "version_table": schema.VERSION_TABLE,
            "compare_type": True,
            "include_name": of_the_program,
        }
        assert compare_metadata(MigrationContext.configure(connection, opts=options), tables.metadata) == []


def test_the_program_knows_its_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).with_name("migrations")))
    assert ScriptDirectory.from_config(config).get_current_head() == schema.PROGRAM_SCHEMA


def test_the_migrations_go_down_again_and_leave_nothing(engine: Engine) -> None:
    from alembic import command

    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).with_name("migrations")))
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    with engine.connect() as connection:
        found = inspect(connection)
        assert set(found.get_table_names()) <= {schema.VERSION_TABLE}
        assert found.get_view_names() == []


def test_a_new_catalogue_is_made_once(databases: object) -> None:
    url = databases.empty()  # type: ignore[attr-defined]
    assert catalogue.init(url).did == "created"
    with open_catalogue(url) as shared:
        send(shared, publication())
        identity = shared.identity()
    again = catalogue.init(url)
    assert (again.did, again.studies, again.last_change) == ("exists", 1, 1)
    assert catalogue.upgrade(url).did == "current"
    with open_catalogue(url) as shared:
        assert shared.identity() == identity


def test_administrators_who_make_it_at_once_make_it_once(databases: object) -> None:
    url = databases.empty()  # type: ignore[attr-defined]
    program = "import sys; from workbench import catalogue; print(catalogue.init(sys.argv[1]).schema)"
    command = [sys.executable, "-c", program, url]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    commands = [subprocess.Popen(command, text=True, **pipes) for _ in range(3)]
    answers = [command.communicate(timeout=60) for command in commands]
    assert [out.strip() for out, _ in answers] == [schema.PROGRAM_SCHEMA] * 3, answers
    assert catalogue.status(url).last_change == 0


@pytest.mark.parametrize(
    ("found", "code"),
    [("9999", "catalogue-newer"), ("0000", "catalogue-older"), ("", "catalogue-uninitialised")],
)
def test_another_form_is_refused_with_what_to_do(url: str, engine: Engine, found: str, code: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE {schema.VERSION_TABLE} SET version_num = '{found}'"))
        connection.execute(text("UPDATE catalogue SET oldest_client = '9999'"))
    with pytest.raises(SurroundingsFailed) as refusal:
        open_catalogue(url)
    assert refusal.value.code == code
    standing = catalogue.status(url)
    assert standing.reachable and standing.schema == found
    assert standing.reason == words.explain(refusal.value)
    assert words.has("errors", code) and "{" not in standing.reason


def test_an_upgrade_from_the_first_form_keeps_every_study(databases: object) -> None:
    """Made and filled by hand as the first program did it."""
    url = databases.empty()  # type: ignore[attr-defined]
    engine = address.engine(address.parse(url))
    migrate(engine, "0001")
    fill_as_the_first_program_did(engine)
    with pytest.raises(SurroundingsFailed, match="catalogue-older"):
        open_catalogue(url)
    assert catalogue.upgrade(url).did == "upgraded"
    standing = catalogue.status(url)
    assert (standing.studies, standing.withdrawn, standing.last_change, standing.audit) == (1, 0, 2, "whole")
    with open_catalogue(url) as shared:
        first, second = shared.versions(publication().study)
        assert (first.publication, second.publication) == (publication(), publication(number=2))
        assert first.publication.digest == publication().digest
        (answer,) = send(shared, publication(number=2))
        assert (answer.result, answer.version) == ("published", 2)
        (late,) = send(shared, publication("late", 4))
        assert (late.code, late.reason) == ("base-unknown", "As it was told then.")
        assert send(shared, publication(number=3))[0].version == 3
        assert shared.had(shared.head()) and shared.head().change == 3
    assert catalogue.status(url).audit == "whole"
    engine.dispose()


def migrate(engine: Engine, revision: str) -> None:
    from alembic import command

    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).with_name("migrations")))
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def fill_as_the_first_program_did(engine: Engine) -> None:
    """Two versions of a study, and a conflict, in the columns that there were."""
    sent = [publication(), publication(number=2)]
    at, batch = datetime(2026, 3, 2, 12, 30, 0, 250000, tzinfo=UTC), {"batch": 1}
    with engine.begin() as connection:

        def put(table: str, **row: Any) -> None:
            names = ", ".join(row)
            marks = ", ".join(f":{name}" for name in row)
            kinds = [bindparam(name, type_=tables.metadata.tables[table].c[name].type) for name in row]
            statement = text(f"INSERT INTO {table} ({names}) VALUES ({marks})").bindparams(*kinds)
            connection.execute(statement, row)

        put("batch", actor="ada", signed="Ada", started_at=at)
        for term in sent[0].terms:
            put("theme", kind=term.kind, slug=term.slug, label=term.label)
        (council,) = sent[0].authorities
        put("authority", id=council.gss, **members(council))
        about = {"uuid": sent[0].study, "slug": sent[0].slug, "state": "published", "note": ""}
        put("study", **about, current_version=2, first_published_at=at, change=2)
        for version, each in enumerate(sent, 1):
            of, change = {"study": each.study, "version": version}, {"change": version}
            same = ("slug", "title", "summary", "template", "template_version", "review_by", "digest")
            told = {name: getattr(each, name) for name in same} | {"published_at": at, "published_by": "ada"}
            put("study_version", **of, **told, **batch, **change, publication=each.uuid)
            for table, fields in (("study_field", each.fields), ("study_personal", each.personal)):
                for place, field in enumerate(fields):
                    put(table, **of, position=place, field=field.id, label=field.label, html=field.html)
            for place, term in enumerate(each.terms):
                put("study_theme", **of, position=place, **members(term))
            put("study_authority", **of, position=0, authority=council.gss, **members(council))
            settled = {"publication": each.uuid, "result": "published", "code": "", "reason": ""}
            put("outcome", **of, **settled, **batch)
            put("audit", **of, **change, **batch, at=at, actor="ada", action="publish", reason="")
        late = {"publication": publication("late", 4).uuid, "study": publication("late").study}
        told = {"result": "conflict", "code": "base-unknown", "reason": "As it was told then."}
        put("outcome", **late, **told, **batch, version=0)
        connection.execute(text("UPDATE catalogue SET change = 2"))


def test_a_newer_catalogue_names_the_oldest_programs_that_it_serves(url: str, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE {schema.VERSION_TABLE} SET version_num = '9999'"))
    with open_catalogue(url) as shared:
        assert send(shared, publication())[0].result == "published"
    assert catalogue.status(url).reason == ""
    with engine.begin() as connection:
        connection.execute(text("UPDATE catalogue SET oldest_client = '9998'"))
    with pytest.raises(SurroundingsFailed, match="catalogue-newer"):
        open_catalogue(url)


def test_a_newer_catalogue_is_left_alone(url: str, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE {schema.VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(SurroundingsFailed, match="catalogue-newer"):
        catalogue.upgrade(url)


def test_a_database_of_another_program_is_left_alone(databases: object) -> None:
    url = databases.empty()  # type: ignore[attr-defined]
    engine = address.engine(address.parse(url))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE study (id integer)"))
    with pytest.raises(SurroundingsFailed, match="catalogue-occupied"):
        catalogue.init(url)
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["study"]
    engine.dispose()


def test_no_catalogue_yet_is_said_so(databases: object) -> None:
    url = databases.empty()  # type: ignore[attr-defined]
    with pytest.raises(SurroundingsFailed, match="catalogue-uninitialised"):
        open_catalogue(url)


def test_a_missing_file_is_not_made_by_looking(tmp_path: Path) -> None:
    missing = tmp_path / "nowhere.sqlite"
    assert not catalogue.status(f"sqlite:///{missing}").reachable
    with pytest.raises(SurroundingsFailed, match="catalogue-uninitialised"):
        open_catalogue(f"sqlite:///{missing}")
    assert not missing.exists()


def test_the_embedded_catalogue_makes_itself(tmp_path: Path) -> None:
    with open_catalogue(f"sqlite:///{tmp_path / 'own.sqlite'}", create=True) as shared:
        assert shared.last_change() == 0


def test_an_embedded_catalogue_whose_making_was_cut_off_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "own.sqlite"
    path.touch()
    with pytest.raises(SurroundingsFailed, match="catalogue-uninitialised"):
        open_catalogue(f"sqlite:///{path}")
    with open_catalogue(f"sqlite:///{path}", create=True) as shared:
        assert shared.last_change() == 0


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.sqlite"
    path.write_bytes(b"Dear council, this is a letter and no database at all. " * 40)
    with pytest.raises(SurroundingsFailed, match="catalogue-damaged"):
        open_catalogue(f"sqlite:///{path}")


@pytest.mark.parametrize(
    "location",
    [
        "postgresql://bob:geheim@127.0.0.1:1/x",
        "postgresql+psycopg://bob:geheim@nowhere.invalid/x?sslmode=disable",
    ],
)
def test_a_database_out_of_reach_is_named_without_its_password(location: str) -> None:
    with pytest.raises(SurroundingsFailed) as refusal:
        open_catalogue(location)
    assert refusal.value.code == "catalogue-unreachable"
    told = words.explain(refusal.value) + str(refusal.value) + catalogue.status(location).reason
    assert "geheim" not in told
    assert refusal.value.params["host"] in ("127.0.0.1/x", "nowhere.invalid/x")


@pytest.mark.parametrize("ending", ["no_such_database", "postgres?no_such_option=geheim"])
def test_a_server_that_answers_is_not_said_to_be_out_of_reach(postgres: Any, ending: str) -> None:
    location = postgres.of("postgres").replace("/postgres?", f"/{ending}{'&' if '?' in ending else '?'}")
    with pytest.raises((SurroundingsFailed, WrongUsage)) as refusal:
        open_catalogue(location)
    assert refusal.value.code in ("catalogue-closed", "catalogue-option")
    assert "geheim" not in words.explain(refusal.value)


def test_a_mistake_of_ours_is_reported_without_what_people_wrote(url: str, engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(DBAPIError) as mistake:
        connection.execute(text("SELECT no_such_column, :told FROM study"), {"told": "01632 960 134"})
    assert "01632 960 134" not in str(mistake.value)


IN_MEMORY = ("sqlite://", "sqlite:///", "sqlite:///:memory:")
UNESCAPED = "postgresql://bob:pa@SSWORD@127.0.0.1:9/db"


@pytest.mark.parametrize(
    "location",
    [
        *("", "nonsense", "mysql://host/db", "sqlite", "http://[", "postgresql://h:port/x"),
        *(*IN_MEMORY, UNESCAPED, "postgresql://h/x?connect_timeout=soon", "postgresql://a:b%00@h/x"),
    ],
)
def test_what_is_no_address_is_wrong_usage(location: str) -> None:
    with pytest.raises(WrongUsage, match="catalogue-address"):
        catalogue.status(location)


@pytest.mark.parametrize(
    ("location", "mode"),
    [
        ("postgresql://db.example.org/casebook", "verify-full"),
        ("postgresql://db.example.org/casebook?sslmode=require", "require"),
        ("postgresql://localhost/casebook", None),
        ("postgresql:///casebook?host=/run/postgresql", None),
    ],
)
def test_another_host_must_prove_itself(location: str, mode: str | None) -> None:
    assert address.parse(location).query.get("sslmode") == mode


def test_the_audit_is_looked_through_only_where_that_is_asked(url: str) -> None:
    assert catalogue.status(url).audit == "whole"
    seen = catalogue.status(url, audit=False)
    assert (seen.audit, seen.reachable, seen.role) == ("", True, "admin")


@pytest.mark.parametrize(
    ("variable", "location", "mode"),
    [
        ("PGHOST", "postgresql:///casebook", "verify-full"),
        ("PGHOST", "postgresql://localhost/casebook", None),
        ("PGHOSTADDR", "postgresql://localhost/casebook", "verify-full"),
        ("NONE", "postgresql://localhost/casebook?hostaddr=203.0.113.7", "verify-full"),
    ],
)
def test_another_host_must_prove_itself_whoever_names_it(
    monkeypatch: pytest.MonkeyPatch, variable: str, location: str, mode: str | None
) -> None:
    monkeypatch.setenv(variable, "203.0.113.7")
    assert address.parse(location).query.get("sslmode") == mode


def test_there_is_one_catalogue_in_a_database(engine: Engine) -> None:
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(
            text("INSERT INTO catalogue (id, identity, change) SELECT 2, identity, 0 FROM catalogue")
        )


@pytest.mark.parametrize(
    ("view", "columns"),
    {
        "studies": "uuid slug version title summary template template_version first_published_at published_at "
        "review_by change",
        "withdrawals": "uuid slug version title note change",
        "versions": "uuid version slug title summary template template_version digest published_at published_by "
        "review_by batch change",
        "fields": "uuid position field label html",
        "study_themes": "uuid kind slug label",
        "study_authorities": "uuid gss name type nation region",
        "themes": "kind slug label studies status parent scope_note page_title introduction ordering opens closes",
        "collections": "slug label studies status page_title introduction ordering opens closes",
        "theme_aliases": "kind slug label since until",
        "theme_successors": "kind slug successor place",
        "vocabulary_changes": "number at actor change differences studies reason undoes",
    }.items(),
)
def test_the_views_keep_their_promise(engine: Engine, view: str, columns: str) -> None:
    with engine.connect() as connection:
        assert list(connection.execute(text(f"SELECT * FROM {view}")).keys()) == columns.split()


def test_no_view_shows_a_person(shared: catalogue.Catalogue, engine: Engine) -> None:
    send(shared, publication())
    with engine.connect() as connection:
        for view in inspect(connection).get_view_names():
            rows = connection.execute(text(f"SELECT * FROM {view}")).all()
            assert rows or view in ("withdrawals", "proposals", "theme_successors", "vocabulary_changes")
            assert "An invented person" not in repr(rows)


def test_a_view_cannot_be_written(shared: catalogue.Catalogue, engine: Engine) -> None:
    send(shared, publication())
    with pytest.raises(DBAPIError), engine.begin() as connection:
        connection.execute(text("UPDATE studies SET title = 'Mine'"))
