"""Runs a benchmark inside the frozen program: `casebook-measure SCRIPT [ARGUMENT...]`.

What belongs to the program is read from the bundle; only what the benchmark needs beside it, from the Python that
CASEBOOK_MEASURING names.
"""

import os
import runpy
import sys

# Packages that are read already lend their place to all that is below them: no checkout comes before the bundle.
import resources  # noqa: F401
import ui  # noqa: F401
import workbench  # noqa: F401

sys.argv = sys.argv[1:]
sys.path[:0] = [os.path.dirname(os.path.abspath(sys.argv[0]))]  # noqa: PTH100, PTH120
sys.path += os.environ.get("CASEBOOK_MEASURING", "").split(os.pathsep)
runpy.run_path(sys.argv[0], run_name="__main__")
