"""With any one library gone, the doctor still speaks, and names it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIBRARIES = ("PySide6", "sqlalchemy", "alembic", "msgspec", "pint", "platformdirs", "pypdfium2")
LIBRARIES += ("reportlab", "segno", "tomli", "sqlcipher3", "argon2", "cryptography")
LIBRARIES += ("keyring",)
WITHOUT = """
import sys
class Gone:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == {name!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}")
        return None
sys.meta_path.insert(0, Gone())
from bedside.cli import main
sys.exit(main(["doctor", "--ward", {ward!r}]))
"""


@pytest.mark.parametrize("name", LIBRARIES)
def test_the_doctor_speaks_with_a_library_gone(name: str, tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-P", "-c", WITHOUT.format(name=name, ward=str(tmp_path / "ward"))],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Traceback" not in ran.stderr
    assert "Python libraries" in ran.stdout
