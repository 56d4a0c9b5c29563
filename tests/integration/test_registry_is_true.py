"""What the registry declares is what a helpline that was really put together has: routes, events, columns, stores."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, inspect, text

from helpline.bootstrap import Helpline, build
from helpline.registry import COLUMNS, EVENTS, ROUTES, STORES, WITH_PAGES, Program, Way
from helpline.settings import Settings
from helpline.sockets.events import UndeclaredEvent, answer_events
from helpline.web.door import Door
from tests.integration.inside import instances_of

NOT_FLASK = "/socket.io/"  # answered before Flask, by the sockets
NOT_METHODS = {"HEAD", "OPTIONS"}
IN_PAGES = {"web.pages"}  # not a store of the use cases: the same for everybody, and inside the person's app


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("true")


@pytest.fixture(scope="module")
def helpline(home: Path) -> Helpline:
    return build(Settings.from_environment({"HELPLINE_HOME": str(home)}))


@pytest.fixture
def engine(helpline: Helpline, home: Path) -> Iterator[Engine]:
    made = create_engine(f"sqlite:///{home / 'helpline.db'}")
    yield made
    made.dispose()


def built_routes(program: Program, helpline: Helpline) -> set[tuple[str, str]]:
    apps = [app for app in instances_of(Flask, helpline) if app.name == program.value]
    assert len(apps) == 1
    rules = apps[0].url_map.iter_rules()
    return {(method, rule.rule) for rule in rules for method in (rule.methods or set()) - NOT_METHODS}


@pytest.mark.parametrize("program", Program)
def test_every_route_is_declared_and_every_declared_route_is_there(helpline: Helpline, program: Program) -> None:
    declared = {(route.method, route.path) for route in ROUTES if route.program is program}

    assert built_routes(program, helpline) == {each for each in declared if each[1] != NOT_FLASK}
    assert (("GET", NOT_FLASK) in declared) == (program in WITH_PAGES)


@pytest.mark.parametrize("program", WITH_PAGES)
def test_every_event_a_page_may_say_is_handled_and_no_other(helpline: Helpline, program: Program) -> None:
    from helpline.sockets.connections import Connections

    handled = {
        each.program: frozenset(each._answers) for each in instances_of(Connections, helpline)
    }
    beside = {
        frozenset(server.handlers["/"]) for server in instances_of_name("socketio.server", "Server", helpline)
    }

    assert handled[program] == {each.name for each in EVENTS if each.program is program and each.way is Way.OUT}
    assert beside == {frozenset({"connect", "disconnect"})}, "the library answers nothing that a page says"


def test_a_handler_too_few_or_too_many_stops_the_start(helpline: Helpline) -> None:
    from helpline.sockets.connections import Connections

    person = next(each for each in instances_of(Connections, helpline) if each.program is Program.PERSON)
    declared = {each.name for each in EVENTS if each.program is Program.PERSON and each.way is Way.OUT}
    for names in (declared - {"end"}, declared | {"shout"}):
        with pytest.raises(UndeclaredEvent):
            answer_events(person, dict.fromkeys(names, lambda *_: None), person, person)  # type: ignore[arg-type]


def undeclared(engine: Engine) -> set[str]:
    """Return the columns that only the database, or only the registry, has."""
    found = inspect(engine)
    built = {f"{table}.{column['name']}" for table in found.get_table_names() for column in found.get_columns(table)}
    return built ^ {f"{column.table}.{column.name}" for column in COLUMNS}


def test_every_column_of_the_real_database_is_declared_and_every_declared_one_is_there(engine: Engine) -> None:
    assert undeclared(engine) == set()


def test_a_column_that_nobody_declared_is_found(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE account ADD COLUMN last_seen TEXT"))
    try:
        assert undeclared(engine) == {"account.last_seen"}
    finally:
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE account DROP COLUMN last_seen"))


def test_every_store_in_memory_is_declared_with_how_it_ends(helpline: Helpline) -> None:
    declared = {key.name for key in STORES}
    for name in helpline.stores:
        keys = {key for key in declared if key == name or key.startswith(f"{name}.")}
        assert keys, f"{name} is not declared"
    stores = {name for name in declared if name in IN_PAGES or any(
        name == store or name.startswith(f"{store}.") for store in helpline.stores
    )}
    assert stores == declared
    assert all(key.holds and key.ends for key in STORES)


def test_everything_that_can_be_walked_is_a_declared_store(helpline: Helpline) -> None:
    """A store that bootstrap forgot to list would hide from the proof that nothing is left."""
    listed = {id(store) for store in helpline.stores.values()}
    others = {
        type(each).__name__ for each in instances_of(object, helpline)
        if hasattr(type(each), "walk") and id(each) not in listed and type(each).__module__.startswith("helpline")
    }

    assert others <= {"MinutePages", "Connections", "SqlSignIns"}, "pages, open connections, and a declared table"


def test_every_program_stands_behind_a_door(helpline: Helpline) -> None:
    assert isinstance(helpline.person, Door)
    assert isinstance(cast("object", helpline.private), Door)
    assert isinstance(cast("object", helpline.staff), Door)


def instances_of_name(module: str, name: str, helpline: Helpline) -> list[object]:
    found = (each for each in instances_of(object, helpline))
    return [each for each in found if (type(each).__module__, type(each).__name__) == (module, name)]
