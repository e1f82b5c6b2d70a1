"""Casebook's editorial core: everything an editor does, without a window.

A council's filled-in template arrives as a Word file. `word` reads it without loss: a guard turns hostile and
broken files away in one sentence each, the reader turns the rest into a `WordDocument`. `intake` places its
passages in the fields of a `template`, each with the evidence and a confidence, and leaves what it is unsure of
unplaced; it also tells a duplicate and a revision from a new study. The result is a `submission` on the editor's
desk, kept by `store` in one SQLite file.

There the `checks` say what is wrong with it, `councils` says who sent it, and `themes` suggests its tags, with
the words that led to each. Every change an editor makes is an edit with an inverse (`edits`), written to the
journal in the same transaction, so that anything can be undone, today or next week.

An approved submission is frozen into a `publication`. The `outbox` takes it to the `catalogue`, the shared
database of published studies, in batches in which every item has its own outcome; it can be interrupted anywhere
and sends nothing twice. The desk follows the catalogue in a local mirror, so that search works on a train, and
`exporters` turn the catalogue into a website, a feed or a table.

`desk` is the only door: its modules are the editor's verbs, one for each stage. The command line (`cli`) and the
window (`ui`, beside this package) are both thin over it. Imports go one way, from `cli` down to `errors`; no room
here knows Qt, only `word` knows OOXML, only `store` and `catalogue` know SQL.
"""

__version__ = "0.1.0"
