"""Every action of the editor, declared once: a small function with its key and when it is allowed.

Shortcuts, context menus, the palette, the sheet of keys and the tests all read `COMMANDS`; what a command is called
stands in `resources/words` as `command-<name>`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMenu

from ui.phrases import say
from ui.views.chooser import Choice
from ui.views.frame import KeySheet
from ui.window import Window
from workbench.desk import decisions, exporting, history, publishing, tagging
from workbench.submission import EDITABLE, TRANSITIONS, Authority, Status, Term

Action = Callable[[Window], None]
Rule = Callable[[Window], bool]

GROUPS = ("moving", "review", "deciding", "publishing", "everywhere")


@dataclass(frozen=True, slots=True)
class Command:
    """One action: its name, what it does, the key that gives it, when it is allowed, and where it is listed."""

    name: str
    run: Action
    key: str
    allowed: Rule
    group: str
    shown: bool = True

    @property
    def text(self) -> str:
        """What the editor reads."""
        return say(f"command-{self.name}")


def always(window: Window) -> bool:
    """At any time."""
    return True


def on_study(window: Window) -> bool:
    """While a study is shown on the desk."""
    return window.stage == "desk" and window.desk.submission is not None


def editable(window: Window) -> bool:
    """While the study may be changed."""
    return on_study(window) and _status(window) in EDITABLE


def on_finding(window: Window) -> bool:
    """While a finding is current and may be dealt with."""
    return editable(window) and window.desk.study.current_finding() is not None


def on_fix(window: Window) -> bool:
    """While the current finding offers a change."""
    found = window.desk.study.current_finding()
    return editable(window) and found is not None and found.fix is not None


def may(step: str) -> Rule:
    """While the study stands where the step `step` of its life may be taken."""
    return lambda window: on_study(window) and _status(window) in TRANSITIONS[step][0]


def in_outbox(window: Window) -> bool:
    """While the outbox is open with something in it."""
    return window.stage == "outbox" and window.outbox.current() is not None


def on_page(window: Window) -> bool:
    """While a published study is shown in the catalogue, or one of the desk."""
    if window.stage == "catalogue":
        return window.catalogue.study is not None and not window.catalogue.study.withdrawn
    return may("withdraw")(window)


def _status(window: Window) -> Status | None:
    return window.desk.submission.status if window.desk.submission else None


_declared: list[Command] = []


def command(key: str, group: str, allowed: Rule = always) -> Callable[[Action], Action]:
    """Declares the function below it as a command of its own name."""

    def declare(run: Action) -> Action:
        _declared.append(Command(run.__name__, run, key, allowed, group))
        return run

    return declare


# Moving


@command("J", "moving", on_study)
def next_field(window: Window) -> None:
    """Goes to the next field."""
    window.desk.study.step_field(1)


@command("K", "moving", on_study)
def previous_field(window: Window) -> None:
    """Goes to the field before."""
    window.desk.study.step_field(-1)


@command("N", "moving", on_study)
def next_finding(window: Window) -> None:
    """Goes to the next open finding."""
    window.desk.study.step_finding(1)


@command("Shift+N", "moving", on_study)
def previous_finding(window: Window) -> None:
    """Goes to the open finding before."""
    window.desk.study.step_finding(-1)


@command("]", "moving", on_study)
def next_submission(window: Window) -> None:
    """Goes to the next submission of the queue."""
    window.desk.queue.step(1)


@command("[", "moving", on_study)
def previous_submission(window: Window) -> None:
    """Goes to the submission before."""
    window.desk.queue.step(-1)


@command("/", "moving")
def search(window: Window) -> None:
    """Goes to the line that searches what is shown."""
    line: QLineEdit = (
        window.catalogue.view.search if window.stage == "catalogue" else window.desk.queue.search
    )
    if window.stage != "catalogue":
        window.show_stage("desk")
    line.setFocus()
    line.selectAll()


# Review


@command("E", "review", editable)
def edit_field(window: Window) -> None:
    """Begins editing the current field; Escape ends it."""
    window.desk.study.edit_field()


@command("F", "review", on_fix)
def take_fix(window: Window) -> None:
    """Makes the change that the current finding offers."""
    window.desk.take_fix(window.desk.study.finding)


@command("Shift+F", "review", on_fix)
def take_fixes(window: Window) -> None:
    """Makes the changes of all findings of the same kind."""
    found = window.desk.study.current_finding()
    if found is not None:
        window.desk.take_fixes(found.check)


@command("D", "review", on_finding)
def dismiss(window: Window) -> None:
    """Sets the current finding aside, with a reason."""
    finding = window.desk.study.finding
    reasons = [
        Choice(say(f"reason-{name}"), say(f"reason-{name}"))
        for name in ("false", "checked", "quoted", "council")
    ]
    window.chooser.ask(
        say("ask-dismiss"),
        reasons,
        partial(window.desk.dismiss, finding),
        free=True,
        prompt=say("ask-reason"),
    )


@command("P", "review", editable)
def place_in(window: Window) -> None:
    """Puts the first unplaced passage into a field of your choice."""
    passages = window.desk.inspector.source.tray.passages
    if passages:
        _choose_field(window, passages[0].key)


@command("T", "review", editable)
def tag(window: Window) -> None:
    """Shows the themes; Enter takes those that are proposed."""
    window.desk.inspector.show_part("themes")
    window.desk.inspector.themes.focus()


@command("Shift+T", "review", editable)
def add_theme(window: Window) -> None:
    """Adds a theme from the whole vocabulary."""
    window.bridge.ask(tagging.terms, partial(_choose_theme, window))


@command("C", "review", editable)
def council(window: Window) -> None:
    """Says which council the study comes from."""
    window.bridge.ask(tagging.councils, partial(_choose_council, window))


def _choose_theme(window: Window, terms: tuple[Term, ...]) -> None:
    choices = [Choice(term.label, term, say(f"kind-{term.kind.replace('_', '-')}")) for term in terms]
    window.chooser.ask(say("ask-theme"), choices, lambda term: window.desk.tag((term,)))


def _choose_council(window: Window, councils: tuple[Authority, ...]) -> None:
    held = window.desk.submission.authorities if window.desk.submission else ()
    choices = [
        Choice(council.name, council, " · ".join(filter(None, (council.type, council.gss))))
        for council in councils
    ]
    window.chooser.ask(
        say("ask-council"), choices, lambda council: window.desk.set_councils((*held, council))
    )


def _choose_field(window: Window, passage: str) -> None:
    fields = [view.field for view in window.desk.study.fields.values()]
    choices = [Choice(field.label, field.id, field.guidance[:80]) for field in fields]
    window.chooser.ask(say("ask-field"), choices, lambda field: window.desk.place(passage, field))


# Deciding


@command("S", "deciding", may("start"))
def start(window: Window) -> None:
    """Takes the chosen submissions into review."""
    ids = window.desk.chosen()
    window.bridge.do(lambda desk: decisions.start(desk, ids))


@command("A", "deciding", may("approve"))
def approve(window: Window) -> None:
    """Approves the chosen submissions; declined while something blocks one."""
    window.desk.study.flush()
    ids = window.desk.chosen()
    window.bridge.do(lambda desk: decisions.approve(desk, ids))


@command("R", "deciding", may("reject"))
def reject(window: Window) -> None:
    """Rejects the chosen submissions, with a reason."""
    ids = window.desk.chosen()
    then = lambda reason: window.bridge.do(lambda desk: decisions.reject(desk, ids, reason))  # noqa: E731
    reasons = [
        Choice(say(f"reject-{name}"), say(f"reject-{name}")) for name in ("outside", "twice", "withdrawn")
    ]
    window.chooser.ask(say("ask-reject", n=len(ids)), reasons, then, free=True, prompt=say("ask-reason"))


@command("O", "deciding", may("reopen"))
def reopen(window: Window) -> None:
    """Brings the chosen submissions back into review."""
    ids = window.desk.chosen()
    window.bridge.do(lambda desk: decisions.reopen(desk, ids))


# Publishing


@command("Q", "publishing", may("queue"))
def queue(window: Window) -> None:
    """Puts the chosen approved submissions into the outbox."""
    ids = window.desk.chosen()
    window.bridge.do(lambda desk: publishing.queue(desk, ids))


def _can_unqueue(window: Window) -> bool:
    return in_outbox(window) or may("unqueue")(window)


@command("U", "publishing", _can_unqueue)
def unqueue(window: Window) -> None:
    """Takes submissions out of the outbox again."""
    item = window.outbox.current()
    ids = (item.row.submission,) if window.stage == "outbox" and item else window.desk.chosen()
    window.bridge.do(lambda desk: publishing.unqueue(desk, ids))


@command("Ctrl+R", "publishing")
def rehearse(window: Window) -> None:
    """Asks the catalogue what publishing would do now."""
    window.show_stage("outbox")
    window.outbox.rehearse()


@command("Ctrl+Return", "publishing", in_outbox)
def publish(window: Window) -> None:
    """Sends the picked publications."""
    window.outbox.publish()


@command("F5", "publishing")
def pull(window: Window) -> None:
    """Brings the desk's copy of the catalogue up to date."""
    window.jobs.start(
        say("job-pull"),
        lambda desk, tell: [publishing.pull(desk, tell)],
        lambda job: window.tell(say("pulled", n=sum(job.items))),
    )
    window.look_at_catalogue()


@command("", "publishing", on_page)
def withdraw(window: Window) -> None:
    """Takes a published study away from readers, with a reason."""
    shown = window.catalogue.study if window.stage == "catalogue" else None
    target = shown.publication.study if shown else window.desk.chosen()[0]
    then = lambda reason: window.far.do(lambda desk: publishing.withdraw(desk, target, reason))  # noqa: E731
    window.chooser.ask(say("ask-withdraw"), [], then, free=True, prompt=say("ask-reason"))


@command("", "publishing")
def export_website(window: Window) -> None:
    """Writes the website of all published studies into a folder."""
    folder = QFileDialog.getExistingDirectory(window, say("command-export_website"))
    if folder:
        export_to(window, Path(folder))


def export_to(window: Window, folder: Path) -> None:
    """Writes the website into `folder` on a job."""
    work = lambda desk, tell: [exporting.export(desk, "website", folder, tell)]  # noqa: E731

    def tell(job: object) -> None:
        for report in getattr(job, "items", ()):
            window.tell(
                say("exported", written=report.written, unchanged=report.unchanged, folder=folder.name)
            )

    window.jobs.start(say("job-export"), work, tell)


# Everywhere


@command("Ctrl+I", "everywhere")
def import_files(window: Window) -> None:
    """Chooses Word files, archives or mails to import."""
    names, _ = QFileDialog.getOpenFileNames(window, say("command-import_files"), "", say("importable-files"))
    if names:
        window.import_paths([Path(name) for name in names])


@command("Ctrl+Shift+I", "everywhere")
def import_folder(window: Window) -> None:
    """Chooses a folder to import with all it holds."""
    name = QFileDialog.getExistingDirectory(window, say("command-import_folder"))
    if name:
        window.import_paths([Path(name)])


@command("Ctrl+Z", "everywhere")
def undo(window: Window) -> None:
    """Takes back the newest step that still stands."""
    window.desk.study.flush()
    window.bridge.do(history.undo)


@command("Ctrl+Shift+Z", "everywhere")
def redo(window: Window) -> None:
    """Does again what was undone last."""
    window.bridge.do(history.redo)


@command("Ctrl+K", "everywhere")
def palette(window: Window) -> None:
    """Finds a command by its name."""
    choices = [
        Choice(each.text, each.name, say(f"group-{each.group}"), shown_key(each.key))
        for each in COMMANDS.values()
        if each.shown and each.name != "palette" and each.allowed(window)
    ]
    window.chooser.ask(say("ask-command"), choices, window.asked.emit)


@command("?", "everywhere")
def keys(window: Window) -> None:
    """Shows every key."""
    KeySheet(window, key_groups())


@command("Alt+1", "everywhere")
def show_desk(window: Window) -> None:
    """Opens the desk."""
    window.show_stage("desk")


@command("Alt+2", "everywhere")
def show_themes(window: Window) -> None:
    """Opens the vocabulary of themes."""
    window.show_stage("themes")


@command("Alt+3", "everywhere")
def show_outbox(window: Window) -> None:
    """Opens the outbox."""
    window.show_stage("outbox")


@command("Alt+4", "everywhere")
def show_catalogue(window: Window) -> None:
    """Opens the catalogue."""
    window.show_stage("catalogue")


@command("Alt+5", "everywhere")
def show_templates(window: Window) -> None:
    """Opens the templates."""
    window.show_stage("templates")


@command("Alt+6", "everywhere")
def show_settings(window: Window) -> None:
    """Opens the settings."""
    window.show_stage("settings")


@command("", "everywhere")
def light(window: Window) -> None:
    """Turns the window light."""
    window.set_scheme("light")


@command("", "everywhere")
def dark(window: Window) -> None:
    """Turns the window dark."""
    window.set_scheme("dark")


@command("", "everywhere")
def as_system(window: Window) -> None:
    """Lets the system say whether the window is light or dark."""
    window.set_scheme("system")


def _place(digit: int, window: Window) -> None:
    """Puts the unplaced passage of that number where it likely belongs."""
    window.desk.inspector.source.tray.press(digit)


_declared.extend(
    Command(f"place_{digit}", partial(_place, digit), str(digit), editable, "review", shown=False)
    for digit in range(1, 10)
)

COMMANDS: Mapping[str, Command] = MappingProxyType({each.name: each for each in _declared})
"""Every command by its name."""


# Where they are read


def shown_key(key: str) -> str:
    """A key as it is written on a keycap."""
    return key.replace("Ctrl+", "Ctrl ").replace("Shift+", "⇧").replace("Alt+", "Alt ").replace("Return", "↵")


def keycaps() -> dict[str, str]:
    """By which key each command is given, as written on a keycap."""
    return {name: shown_key(each.key) for name, each in COMMANDS.items()}


def key_groups() -> dict[str, list[tuple[str, str]]]:
    """The sheet of keys: for each group its keys and what they do."""
    found = {
        say(f"group-{group}"): [
            (shown_key(c.key), c.text) for c in COMMANDS.values() if c.group == group and c.key and c.shown
        ]
        for group in GROUPS
    }
    found[say("group-review")].append(("1–9", say("command-place")))
    return found


def run(window: Window, name: str) -> None:
    """Does what a command says, where it is allowed; says so where it is not."""
    chosen = COMMANDS[name]
    if chosen.allowed(window):
        chosen.run(window)
    else:
        window.tell(say("not-now", what=chosen.text))


def install(window: Window) -> None:
    """Gives the window its shortcuts and its menu."""
    for each in COMMANDS.values():
        action = QAction(each.text if each.shown else each.name, window)
        action.setObjectName(each.name)
        if each.key:
            action.setShortcut(QKeySequence(each.key))
        action.triggered.connect(partial(_triggered, window, each.name))
        window.addAction(action)
    window.asked.connect(partial(run, window))
    window.desk.queue.menu_wanted.connect(partial(_show_menu, window))
    window.desk.place_asked.connect(partial(_choose_field, window))


def _triggered(window: Window, name: str, _checked: bool = False) -> None:
    run(window, name)


def _show_menu(window: Window, at: QPoint) -> None:
    menu = QMenu(window)
    for group in ("review", "deciding", "publishing"):
        for each in _offered(window, group):
            menu.addAction(_menu_text(each)).triggered.connect(partial(_triggered, window, each.name))
        menu.addSeparator()
    menu.popup(at)


def _offered(window: Window, group: str) -> Iterable[Command]:
    return (c for c in COMMANDS.values() if c.group == group and c.shown and c.allowed(window))


def _menu_text(each: Command) -> str:
    return f"{each.text}\t{shown_key(each.key)}" if each.key else each.text
