"""Whether all is in order, and what went wrong.

`doctor` examines; what it looks at has a module each: the folder, the desk in it (`holding`), the office's own files
(`house`), the way to the shared database (`shared`), this machine. Each examination is a generator of lines that is
handed the `case`; none changes a thing. `troubles` is what went wrong before.
"""
