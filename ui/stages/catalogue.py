"""The catalogue, from the desk's own copy of it: searched, narrowed, read."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.bridge import Bridge
from ui.models.hits import HitsModel
from ui.stages.pictures import fetch
from ui.views.catalogue import CatalogueView
from workbench.desk import browsing
from workbench.desk.rows import Changed
from workbench.publication import Study
from workbench.search import CatalogueQuery, SearchPage


class CatalogueStage(QWidget):
    """Searches the mirror on the desk's bridge; what needs the shared database itself goes by the `far` one."""

    asked = Signal(str)

    def __init__(self, bridge: Bridge, far: Bridge) -> None:
        super().__init__()
        self.setObjectName("page")
        self._bridge, self._far = bridge, far
        self.query = CatalogueQuery()
        self.model = HitsModel()
        self.view = CatalogueView(self.model)
        self._wanted = ""
        self.view.searched.connect(self._search)
        self.view.sorted_by.connect(lambda sort: self._ask(replace(self.query, sort=sort)))
        self.view.facets.turned.connect(self._turn)
        self.view.chosen.connect(self._open)
        self.view.asked.connect(self.asked)
        self.view.versions_wanted.connect(self._versions)
        self.model.wanted.connect(self._more)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.view)

    @property
    def study(self) -> Study | None:
        """The study that is shown."""
        return self.view.page.page.study

    def enter(self) -> None:
        """The stage is shown."""
        self._ask(self.query)

    def follow(self, changed: Changed) -> None:
        """Looks again where the catalogue changed."""
        if "catalogue" in changed.grains and self.isVisible():
            self._wanted = ""
            self._ask(self.query)

    def _search(self, text: str) -> None:
        sort = "relevance" if text and not self.query.text else self.query.sort
        if text != self.query.text:
            self._ask(replace(self.query, text=text, sort=sort if text else "newest"))

    def _turn(self, facet: str, value: str) -> None:
        held = self.query.facets.get(facet, frozenset())
        values = held ^ {value}
        others = {name: kept for name, kept in self.query.facets.items() if name != facet}
        self._ask(replace(self.query, facets=others | ({facet: values} if values else {})))

    def _ask(self, query: CatalogueQuery) -> None:
        self.query = query
        self.view.show_sort(query.sort)
        self._bridge.ask(lambda desk: browsing.search(desk, query), self._show, subject="catalogue")

    def _show(self, page: SearchPage) -> None:
        self.view.show_page(page, self.query.facets)

    def _more(self, offset: int) -> None:
        query = replace(self.query, offset=offset)

        def add(page: SearchPage) -> None:
            if query == replace(self.query, offset=offset):
                self.model.add(page.hits)

        self._bridge.ask(lambda desk: browsing.search(desk, query), add)

    def _open(self, study: str) -> None:
        if study != self._wanted:
            self._wanted = study
            self._bridge.ask(lambda desk: browsing.study(desk, study), self._read, subject="study")

    def _read(self, study: Study) -> None:
        self.view.page.show_study(study)
        fetch(self._far, study, self.view.page.page.add_picture)

    def _versions(self) -> None:
        study = self._wanted
        if study:
            self._far.ask(
                lambda desk: browsing.versions(desk, study), self._list_versions, subject="versions"
            )

    def _list_versions(self, versions: tuple[Study, ...]) -> None:
        self.view.page.show_versions(versions)

    def redress(self) -> None:
        """Shows the same in the colours that hold now."""
        self.view.page.page.redress()
        self.view.list.viewport().update()
