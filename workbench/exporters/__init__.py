"""What leaves the catalogue for readers and for other programs: one file, or one package, per format.

`website` writes the static site, `csv` a table for a spreadsheet, `json` the same studies for a program, with the
schema of its shape beside it. Each takes published studies as a stream and a folder, and returns `Written`.

What all formats share stands in three modules. `stream` says how far the work is. `safe` is the border: nothing of a
study reaches a file without passing it. `folder` is the place where files are written: a file that would not change
is left alone, one that does is replaced whole, and a folder that somebody else filled is refused.
"""

WHOLE = ("csv", "json")
"""The formats of the whole catalogue that need nothing but its studies. Each is a module here with
`write(studies, directory, progress)`; naming it is all that the desk and the command ask for."""
