"""What the doctor looks at, a module for each: the folder, the desk in it, the office's own files, the way to the
shared database, this machine. Each examination is a generator of lines that is handed the case; none changes a thing.
"""
