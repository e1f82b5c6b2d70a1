"""What a study is about, by keys: its themes and councils, in one study or in all that are chosen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial

from ui.commands.deciding import in_view
from ui.commands.declared import editable, group
from ui.phrases import kind_word, number, say
from ui.views.chooser import Choice, Finder, among
from ui.views.inspector.themes import told_of
from ui.window import Window
from workbench.desk import Desk, queue
from workbench.desk.rows import Missing, QueueFilter
from workbench.desk.themes import glossary, tagged, tagging
from workbench.desk.themes.finding import Match, Terms
from workbench.submission import TERM_KINDS, Authority, Submission, Term

command = group("tagging")

MISSING: tuple[Missing, ...] = ("tags", "topic", "council", "answer")
"""What may be missing, in the order it is asked for."""

SHOWN = 40
"""How many terms are listed at once."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A term that does not exist yet, as it was typed."""

    label: str


@command("T", editable)
def tag(window: Window) -> None:
    """Shows the themes; Enter takes what is proposed, Delete refuses it."""
    window.desk.inspector.show_part("themes")
    window.desk.inspector.themes.focus()


@command("Shift+T", editable)
def add_theme(window: Window) -> None:
    """Adds a theme from the whole vocabulary, to the study or to all that are chosen."""
    held = () if window.desk.queue.several else _held(window)

    def put_on(chosen: Term | Wish) -> None:
        if isinstance(chosen, Wish):
            propose(window, chosen.label)
        else:
            _tag(window, add=(chosen,))

    def ask(terms: Terms) -> None:
        find = partial(found, terms, held=held, wish=True)
        window.chooser.ask(say("ask-theme"), [], put_on, find=find, prompt=say("type-theme"))

    window.bridge.ask(all_terms, ask, subject="terms")


@command("Ctrl+Shift+T", editable)
def remove_theme(window: Window) -> None:
    """Takes a theme off the study, or off all that are chosen."""

    def take_off(term: Term) -> None:
        _tag(window, remove=(term,))

    def ask(carried: Sequence[tuple[Term, int]]) -> None:
        choices = [
            Choice(term.label, term, f"{kind_word(term.kind)} · {say('carried-by', n=n)}")
            for term, n in carried
        ]
        window.chooser.ask(say("ask-theme-off"), choices, take_off)

    def go_on(ids: tuple[str, ...]) -> None:
        window.bridge.ask(lambda desk: tagged.carried(desk, ids), ask)

    window.desk.with_chosen(go_on)


@command("", editable)
def take_proposed(window: Window) -> None:
    """Takes every theme that is proposed, for the study or for each that is chosen."""
    in_view(window, tagged.foresee_proposed, tagged.take_proposed)


@command("C", editable)
def council(window: Window) -> None:
    """Says which council the study comes from, or all that are chosen; a body outside the register is typed."""
    window.bridge.ask(tagging.councils, partial(_choose_council, window))


@command("Y")
def untagged(window: Window) -> None:
    """Lists the studies in which something is missing: a topic, a council, a first theme taken or refused."""

    def show(wanted: QueueFilter) -> None:
        window.show_stage("desk")
        window.desk.queue.show_filter(wanted)
        window.desk.draw_out_queue(window.desk.queue.list)

    def ask(counted: dict[Missing, int]) -> None:
        choices = [
            Choice(say(f"missing-{name}"), QueueFilter(missing=name), number(n))
            for name, n in counted.items()
        ]
        window.chooser.ask(say("ask-missing"), choices, show)

    window.bridge.ask(_missing, ask)


def _missing(desk: Desk) -> dict[Missing, int]:
    """How many submissions lack what."""
    return {name: queue.count(desk, QueueFilter(missing=name)) for name in MISSING}


def _tag(window: Window, add: tuple[Term, ...] = (), remove: tuple[Term, ...] = ()) -> None:
    """Puts on and takes off: at once for one study; for several after a look at which get it and which have it."""
    in_view(
        window,
        lambda desk, ids: tagged.foresee(desk, ids, add, remove),
        lambda desk, ids: tagging.tag(desk, ids, add, remove),
    )


def all_terms(desk: Desk) -> Terms:
    """The vocabulary, ready to be looked through."""
    return Terms(glossary.terms(desk)).ready()


def found(terms: Terms, typed: str, *, held: Collection[Term] = (), wish: bool = False) -> list[Choice]:
    """The terms for what was typed as choices; with `wish`, a term that does not exist may be asked for."""
    carried = {(term.kind, term.slug) for term in held}
    matches = terms.find(typed)
    choices = [_choice(terms, match, carried) for match in matches[: SHOWN if typed else None]]
    label = " ".join(typed.split())
    if wish and label and terms.named(label) is None:
        choices.append(Choice(say("propose-term", label=label), Wish(label), say("propose-term-about")))
    return choices


def _choice(terms: Terms, match: Match, carried: Collection[tuple[str, str]]) -> Choice:
    row = match.row
    above = terms.by_key.get((row.kind, row.parent or ""))
    told = (
        kind_word(row.kind),
        above.label if above and not match.level else "",
        say("pending") if row.status == "pending" else "",
        number(row.published) if row.published else "",
    )
    why = say("has-it") if (row.kind, row.slug) in carried else ""
    detail = " · ".join(filter(None, told))
    return Choice(row.label, row.term, detail, why=why, by=match.by, level=match.level)


def propose(window: Window, label: str) -> None:
    """Asks of which kind a term is that does not exist yet, and why it is needed; it may be put on at once."""
    kinds = [Choice(kind_word(kind), kind) for kind in TERM_KINDS]

    def ask_why(kind: str) -> None:
        def hand_in(reason: str) -> None:
            window.desk.tagging.propose(kind, label, reason, window.desk.chosen())

        window.chooser.ask(
            say("ask-why-term", label=label), [], hand_in, free=True, prompt=say("ask-why-prompt")
        )

    window.chooser.ask(say("ask-kind", label=label), kinds, ask_why)


def _held(window: Window) -> tuple[Term, ...]:
    shown = window.desk.submission
    return shown.terms if shown is not None else ()


def _choose_council(window: Window, councils: tuple[Authority, ...]) -> None:
    shown: Submission | None = window.desk.submission
    held = shown.authorities if shown else ()

    def put_on(chosen: Authority) -> None:
        if window.desk.queue.several:
            in_view(
                window,
                partial(tagged.foresee_council, council=chosen),
                partial(tagged.name_council, council=chosen),
            )
        else:
            window.desk.tagging.set_councils((*held, chosen))

    listed = [
        Choice(each.name, each, " · ".join(filter(None, (told_of(each), each.gss)))) for each in councils
    ]
    window.chooser.ask(say("ask-council"), listed, put_on, find=_or_other(among(listed)))


def _or_other(find: Finder) -> Callable[[str], list[Choice]]:
    """The councils that fit what was typed, and then the words themselves as another body."""

    def found(typed: str) -> list[Choice]:
        name = " ".join(typed.split())
        other = [Choice(say("as-other-body", name=name), Authority(None, name), say("other-body-about"))]
        return [*find(typed), *(other if len(name) > 2 else ())]

    return found
