"""Lets `python -m bedside` open the same front door as the `bedside` command."""

from bedside.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
