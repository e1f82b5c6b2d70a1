"""The editor's verbs: the only door for the window and the command.

`open_desk` opens a workspace. The verbs are functions, one module for each stage of a submission's life. Each
takes the desk first, returns plain rows (`rows`), and raises `Refused` where it declines. What changes something
returns `Changed`, which says what to look at again; `changing` is how each of them writes: one edit, one
transaction, one line in the journal. `actions` holds what can be done to several at once, to be foreseen as well
as done. `queue` and its `filters`, `study`, `standing`, `decisions` and `history` are for every stage; the others
have rooms:

- `arriving`: `gathering` finds the Word files (`parcels`, `archives`, `mails`, `outlook`), `making` reads one,
  `arrivals` keeps it, `claiming` tells colleagues. `settling` is an editor's word on what a file is, `splitting`
  parts two studies.
- `editing`: `review`, `placing` and `tracing`, `spelling`, `replacing`, `adding` and `pictures`, `drafts`,
  `checking`; `versions` go back.
- `themes`, what a submission is about: `tagging` for one, `tagged` for several; `proposing` says what the desk
  would take, `learning` from what. And the terms themselves: `vocabulary` is the door, `glossary` tells them,
  `usage` counts them, `amending` changes them for everybody, `coining` is a term that an editor misses; `adopting`
  follows what was changed elsewhere, `refiling` writes it to submissions, `telling` puts it in sentences.
- `council`, back to it: `returning`, with what is asked (`asking`), where it stands in the file (`anchoring`) and
  the mail (`letters`). The newer version is laid beside the study by `revisions`: `resent` works out what comes
  of the three sides, `answering` whether what was asked is answered.
- `catalogue`, to readers: `minting` makes the publication, `publishing` sends it; `batches`, `reporting`,
  `reviewing`. `conflicts` is for studies that others published meanwhile: `sides` works out what comes of those
  three. And from it: `following` is each contact, `browsing` reads the desk's own copy, `taking_up` opens a study
  again, `exporting` writes the whole for programs and readers, `handing_out` some of it for people;
  `administration` is the administrator's part.
- `templates`: `templates` keeps them and their versions, `sketches` what is being written, `trying` lays one beside
  what came in, `health` says how its questions fare.
- `keeping`: `backups`, `retention`, `persons` (what is held on one), `forgetting`.
- `office`, the rules of the house: `house`, `workspaces`, `connecting`, `ground`, `statistics`.
- `doctor`: whether all is in order, and `troubles`, what went wrong.
"""

from workbench.desk.desk import Desk, open_desk, read_ahead

__all__ = ["Desk", "open_desk", "read_ahead"]
