"""The window: what an editor sees and presses, over the verbs of `workbench.desk` and nothing else.

The window never waits. `bridge` runs each verb on a worker thread with a desk of its own and brings the result
back as a signal; `jobs` does the same for long work, with progress and cancel. `commands` declares every action
once, with its key, its words and when it is allowed; shortcuts, menus, the palette and the tests all read that
declaration. `stages` are the pages of the window: each puts `views` together and feeds them from the desk. Views
show plain rows and tell by signals what the editor wants; `models` hold the rows for Qt. `text` turns the rich
text of a field into a Qt document and back, `theme` is the only place that knows a
colour, and `program` is what stands around the window: the start, the language, which desk is open.
"""
