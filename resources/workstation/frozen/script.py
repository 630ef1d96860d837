"""Runs a script of the tests in a frozen build as Python would: `-c CODE …` or `-m bedside …`."""

import runpy
import sys

how, what = sys.argv[1:3]
sys.argv = ["-c" if how == "-c" else what, *sys.argv[3:]]
if how == "-c":
    exec(compile(what, "<script>", "exec"), {"__name__": "__main__"})
else:
    runpy.run_module(what, run_name="__main__", alter_sys=True)
