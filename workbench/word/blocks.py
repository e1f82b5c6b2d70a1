"""What stands where paragraphs stand and is none: controls, revisions, tables, alternate content, other parts."""

from __future__ import annotations

from workbench.word import chunks, graphics, tables
from workbench.word.alternate import chosen, unchosen
from workbench.word.controls import is_contents
from workbench.word.story import Flow, Story
from workbench.word.xml import Element, W, child


def block_control(story: Story, element: Element, flow: Flow) -> None:
    """A content control around whole blocks; a table of contents becomes a note."""
    content = child(element, W + "sdtContent")
    story.settle(flow)
    if content is not None:
        where = story.where._replace(aside="contents") if is_contents(element) else story.where
        with story.standing(where):
            story.fill(content, Flow((*flow.controls, story.control(element)), flow.blocks))


def block_table(story: Story, element: Element, flow: Flow) -> None:
    """A table."""
    story.settle(flow)
    found = tables.table(story, element, flow.controls)
    if found is not None:
        flow.blocks.append(found)


def block_revision(story: Story, element: Element, flow: Flow) -> None:
    """A revision around whole paragraphs."""
    with story.standing(story.reading.revised(element, story.where)):
        story.extend(element, flow)


def block_alternate(story: Story, element: Element, flow: Flow) -> None:
    """Alternate content around blocks."""
    graphics.note_charts(story, unchosen(element), story.near)
    story.extend(chosen(element), flow)


def block_chunk(story: Story, element: Element, flow: Flow) -> None:
    """A part in another format that stands in the text."""
    story.settle(flow)
    flow.blocks.extend(chunks.chunk(story, element, flow.controls))


def no_block(story: Story, element: Element, flow: Flow) -> None:
    """What holds no words."""
