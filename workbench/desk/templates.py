"""The templates that councils fill in, and the Word files made from them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from workbench import template as templates_
from workbench.desk.desk import Desk
from workbench.template import Template


def templates(desk: Desk | Path | None = None) -> Mapping[str, Template]:
    """The templates by id: the shipped ones, and those of a workspace, given as its desk or its folder.

    Raises WorldError("template-damaged").
    """
    if isinstance(desk, Desk):
        return desk.templates
    own = sorted((desk / "templates").glob("*.toml")) if desk else []
    return {**templates_.shipped(), **templates_.load(own)}


def blank(template: Template) -> bytes:
    """The Word file to send out: the template's headings and prompts, ready to be filled in."""
    from workbench import word

    return word.blank(template)
