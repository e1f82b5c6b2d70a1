"""The catalogue, from the desk's own copy of it: searched, narrowed, read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.bridge import Bridge
from ui.models.hits import HIT, HitsModel
from ui.phrases import say
from ui.stages.pictures import fetch
from ui.views.catalogue.catalogue import CatalogueView
from workbench.desk import Desk
from workbench.desk.catalogue import browsing
from workbench.desk.rows import Changed
from workbench.errors import WorldError
from workbench.publication import Study
from workbench.search import CatalogueQuery, SearchPage
from workbench.words import explain


class CatalogueStage(QWidget):
    """Searches the mirror on the desk's bridge; what needs the shared database itself goes by the `far` one."""

    help_page = "catalogue"

    asked = Signal(str)

    def __init__(self, bridge: Bridge, far: Bridge) -> None:
        super().__init__()
        self.setObjectName("page")
        self._bridge, self._far = bridge, far
        self.query = CatalogueQuery()
        self.model = HitsModel()
        self.view = CatalogueView(self.model)
        self._wanted = ""
        self._keep = ""
        self._live: Study | None = None
        self._versions: tuple[Study, ...] = ()
        self._connect()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.view)

    def _connect(self) -> None:
        view, page = self.view, self.view.page
        view.searched.connect(self._search)
        view.sorted_by.connect(lambda sort: self._ask(replace(self.query, sort=sort)))
        view.narrowed.connect(self._narrow)
        view.facets.turned.connect(self._turn)
        view.facets.dated.connect(self._date)
        view.facets.withdrawn.connect(lambda too: self._ask(replace(self.query, withdrawn=too)))
        view.chosen.connect(self._open)
        view.asked.connect(self.asked)
        page.versions_wanted.connect(self._list_versions)
        page.versions.shown.connect(self._show_then)
        page.versions.compared.connect(self._compare)
        page.now.connect(self._show_now)
        self.model.wanted.connect(self._more)

    @property
    def places(self) -> dict[QWidget, QWidget]:
        """The panes that F6 goes round, each with the control that gets the keyboard."""
        return self.view.places

    @property
    def study(self) -> Study | None:
        """The study that is shown, as it reads now."""
        return self._live

    @property
    def chosen(self) -> tuple[str, ...]:
        """The UUIDs of the studies that are chosen in the list, in its order."""
        rows = sorted(index.row() for index in self.view.list.selectedIndexes())
        hits = (self.model.index(row).data(HIT) for row in rows)
        return tuple(hit.study for hit in hits if hit is not None)

    def enter(self) -> None:
        """The stage is shown."""
        if not self.view.search.hasFocus():
            self.view.list.setFocus()
        self._ask(self.query, keep=self._wanted)

    def follow(self, changed: Changed) -> None:
        """Looks again where the catalogue changed."""
        if "catalogue" in changed.grains and self.isVisible():
            keep, self._wanted = self._wanted, ""
            self._ask(self.query, keep=keep)

    # Searching

    def show_query(self, query: CatalogueQuery, study: str = "") -> None:
        """Finds what a query asks, with a study of it chosen."""
        self.view.search.show_text(query.text)
        self._ask(query, keep=study)

    def _search(self, text: str) -> None:
        sort = "relevance" if text and not self.query.text else self.query.sort
        if text != self.query.text:
            self._ask(replace(self.query, text=text, sort=sort if text or sort == "title" else "newest"))

    def _turn(self, facet: str, value: str) -> None:
        values = self.query.facets.get(facet, frozenset()) ^ {value}
        others = {name: kept for name, kept in self.query.facets.items() if name != facet}
        self._ask(replace(self.query, facets=others | ({facet: values} if values else {})))

    def _date(self, since: date | None, until: date | None) -> None:
        self._ask(replace(self.query, published_from=since, published_to=until))

    def _narrow(self, query: CatalogueQuery) -> None:
        self.view.search.show_text(query.text)
        self._ask(query)

    def _ask(self, query: CatalogueQuery, keep: str = "") -> None:
        self.query, self._keep = query, keep
        self.view.show_sort(query.sort)
        self._bridge.ask(lambda desk: browsing.search(desk, query), self._show, subject="catalogue")

    def _show(self, page: SearchPage) -> None:
        if not page.hits:
            self._wanted, self._live = "", None
        self.view.show_page(page, self.query, self._keep)

    def _more(self, offset: int) -> None:
        query = replace(self.query, offset=offset)

        def add(page: SearchPage) -> None:
            if query == replace(self.query, offset=offset):
                self.model.add(page.hits)

        self._bridge.ask(lambda desk: browsing.search(desk, query), add)

    # One study

    def _open(self, study: str) -> None:
        if study != self._wanted:
            self._wanted = study
            self._bridge.ask(lambda desk: browsing.study(desk, study), self._read, subject="study")

    def _read(self, study: Study) -> None:
        self._live, self._versions = study, ()
        self.view.page.show_study(study)
        fetch(self._far, study, self.view.page.page.add_picture)

    def _list_versions(self) -> None:
        """What this desk has itself at once; all of them when the catalogue has told."""
        study = self._wanted
        if study and not self._versions:
            self._bridge.ask(lambda desk: browsing.at_hand(desk, study), self._show_known, subject="at-hand")
            self._far.ask(lambda desk: _versions_or_why(desk, study), self._show_versions, subject="versions")

    def _show_known(self, versions: tuple[Study, ...]) -> None:
        if not self._versions:
            about = say("versions-asking") if versions[-1].version > len(versions) else ""
            self.view.page.versions.show_versions(versions, about)

    def _show_versions(self, found: tuple[Study, ...] | str) -> None:
        if isinstance(found, str):
            self.view.page.versions.tell(say("versions-out-of-reach", why=found))
        elif found and found[-1].publication.study == self._wanted:
            self._versions = found
            self.view.page.versions.show_versions(found)

    def _show_then(self, number: int) -> None:
        found = next((each for each in self.view.page.versions.versions if each.version == number), None)
        if found is not None and self._live is not None:
            self.view.page.show_then(found, self._live.version)
            fetch(self._far, found, self.view.page.page.add_picture)

    def _show_now(self) -> None:
        if self._live is not None:
            self.view.page.show_then(self._live, self._live.version)

    def _compare(self, older: int, newer: int) -> None:
        known = {each.version: each for each in self.view.page.versions.versions}
        self._bridge.ask(
            lambda _: browsing.difference(known[older], known[newer]),
            lambda found: self.view.page.versions.show_difference(older, newer, found),
            subject="difference",
        )

    def redress(self) -> None:
        """Shows the same in the colours that hold now."""
        self.view.page.page.redress()
        self.view.list.viewport().update()


def _versions_or_why(desk: Desk, study: str) -> tuple[Study, ...] | str:
    """Every version, or why the catalogue cannot be asked."""
    try:
        return browsing.versions(desk, study)
    except WorldError as error:
        return explain(error)
