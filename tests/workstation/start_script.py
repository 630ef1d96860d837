"""A house with a space in its name, the real start script in it, and stand-ins for what it calls."""

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

WORKSTATION = Path(__file__).resolve().parents[2] / "resources" / "workstation"
TOOLS = ("sh", "cat", "cksum", "cp", "dirname", "env", "flock", "grep", "kill", "mkdir", "rm", "sed",
         "sleep")  # fmt: skip
PYTHON = """#!/bin/sh
echo "python $*" >>"$HOUSE_LOG"
case "$*" in
    "-c import sys, venv"*) exit "${OLD_PYTHON:-0}" ;;
    "-c import sys; print"*) echo "${PYTHON_SAYS:-3.11.2 (main)}" ;;
    "--version") echo "Python 3.11.2" ;;
    "-m venv"*) mkdir -p "$4/bin" && cp "$0" "$4/bin/python" ;;
    "-m pip install"*)
        sleep "${PIP_TAKES:-0}"
        [ -z "${PIP_IS_KILLED:-}" ] || kill -KILL "$PPID"
        exit "${PIP_EXIT:-0}"
        ;;
esac
"""
DPKG = """#!/bin/sh
case " ${MISSING:-} " in *" $3 "*) exit 1 ;; esac
echo installed
"""
APT = """#!/bin/sh
echo "apt-get $*" >>"$HOUSE_LOG"
case "$*" in
    *update*) : >"$HOUSE_LOG.lists" ;;
    *install*) [ -z "${NO_LISTS:-}" ] || [ -e "$HOUSE_LOG.lists" ] || exit 100 ;;
esac
exit "${APT_EXIT:-0}"
"""
SUDO = """#!/bin/sh
[ "$1" != -n ] || exit "${SUDO_ASKS:-0}"
echo "sudo $*" >>"$HOUSE_LOG"
exec "$@"
"""


@dataclass
class House:
    """A checkout to start from, and what its stand-ins were asked to do."""

    room: Path
    settings: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.root = self.room / "bed side"
        self.tools = self.room / "tools"
        self.log = self.room / "log"
        shutil.copytree(WORKSTATION, self.root / "resources" / "workstation")
        (self.root / "pyproject.toml").write_text("[project]\nname = 'bedside'\n")
        self.tools.mkdir()
        for name in TOOLS:
            found = shutil.which(name)
            if found is not None:
                (self.tools / name).symlink_to(found)
        self.stand_in("python3", PYTHON)
        self.stand_in("dpkg-query", DPKG)
        self.stand_in("apt-get", APT)
        self.stand_in("id", '#!/bin/sh\necho "${USER_NUMBER:-0}"\n')

    def stand_in(self, name: str, text: str) -> None:
        """Put a stand-in where the script will find it."""
        (self.tools / name).write_text(text)
        (self.tools / name).chmod(0o755)

    def add_sudo(self) -> None:
        """Give this house a sudo."""
        self.stand_in("sudo", SUDO)

    @property
    def command(self) -> list[str]:
        """The command that the README gives."""
        return ["sh", str(self.root / "resources" / "workstation" / "bedside.sh")]

    def environment(self, settings: dict[str, str]) -> dict[str, str]:
        """The whole environment of a start."""
        return {"PATH": str(self.tools), "HOUSE_LOG": str(self.log), **self.settings, **settings}

    def start(self, *words: str, **settings: str) -> "Started":
        """Start the script, from a folder that is not the checkout."""
        self.log.write_text("")
        ran = subprocess.run(
            [*self.command, *words],
            cwd=self.room,
            env=self.environment(settings),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return Started(
            ran.returncode, ran.stdout, ran.stderr, tuple(self.log.read_text().splitlines())
        )

    @property
    def venv(self) -> Path:
        """Where the libraries go."""
        return self.root / ".venv"


@dataclass(frozen=True)
class Started:
    """What one start did."""

    code: int
    out: str
    err: str
    calls: tuple[str, ...]

    def asked(self, words: str) -> list[str]:
        """Return the calls with these words in them."""
        return [call for call in self.calls if words in call]


def shell() -> str:
    """Return the strictest shell here: Debian's own."""
    return shutil.which("dash") or shutil.which("sh") or os.defpath
