"""Where a frozen build starts: the front door, or the one other program that Bedside starts itself."""

import runpy
import sys
from pathlib import Path

if sys.argv[1:2] == ["-P"] and Path(sys.argv[-1]).name == "screen_probe.py":
    import bedside.doctor.screen_probe as probe  # only that one, whatever was typed

    runpy.run_path(str(Path(probe.__file__)), run_name="__main__")
else:
    from bedside.cli import main

    raise SystemExit(main())
