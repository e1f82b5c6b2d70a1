"""The templates that councils fill in, and the Word files made from them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from workbench import template as templates_
from workbench.template import Template


def templates(workspace: Path) -> Mapping[str, Template]:
    """The templates by id, the office's own in that workspace before the shipped ones; it need not exist.

    Raises WrongUsage("template-damaged").
    """
    return templates_.at_hand(workspace / "templates")


def blank(template: Template) -> bytes:
    """The Word file to send out: the template's headings and prompts, ready to be filled in."""
    from workbench import word

    return word.blank(template)
