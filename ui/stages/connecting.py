"""The test of a connection, behind the form that asks for it."""

from __future__ import annotations

from ui import problems
from ui.aside import Aside
from ui.views.welcome.connection import AddressForm
from workbench.desk.office import connecting


def serve(form: AddressForm, aside: Aside) -> None:
    """Tries what the form asks to be tried, and tells it whether this computer has a keyring."""

    def refuse(error: BaseException) -> None:
        form.show_failure(problems.sentence(error))

    def attempt(address: str, password: str) -> None:
        aside.ask(lambda: connecting.try_out(address, password), form.show_trial, refuse, subject="trial")

    form.tried.connect(attempt)
    form.changed.connect(lambda: aside.forget("trial"))
    aside.ask(connecting.has_keyring, form.show_keyring)
