"""The start script, run for real with stand-ins for Python, apt and sudo: what it does, and what not."""

import shutil
import subprocess

import pytest

from tests.workstation.start_script import WORKSTATION, House, shell

ROOT = WORKSTATION.parents[1]


@pytest.fixture
def house(tmp_path):
    return House(tmp_path)


def test_a_first_start_sets_up_and_opens_the_demonstration_ward(house):
    started = house.start(DISPLAY=":0")
    assert started.code == 0, started.err
    assert len(started.asked("-m venv --clear")) == 1
    (libraries,) = started.asked("--require-hashes")
    assert libraries.endswith("bed side/resources/workstation/requirements.txt")
    (project,) = started.asked("--no-build-isolation")
    assert "--no-deps" in project
    assert project.endswith(f"-e {house.root}")
    assert started.calls[-1] == "python -P -m bedside demo"


def test_a_second_start_sets_nothing_up(house):
    house.start(DISPLAY=":0")
    started = house.start(DISPLAY=":0")
    assert started.code == 0
    assert started.out == ""
    assert not started.asked("-m pip")
    assert not started.asked("-m venv")
    assert started.calls[-1] == "python -P -m bedside demo"


def test_without_a_display_the_ward_is_drawn_and_that_is_said(house):
    started = house.start()
    assert started.calls[-1] == "python -P -m bedside demo --shots ./bedside-demo"
    assert "no display" in started.out
    assert "./bedside-demo" in started.out


def test_wayland_is_a_display(house):
    assert house.start(WAYLAND_DISPLAY="wayland-0").calls[-1] == "python -P -m bedside demo"


@pytest.mark.parametrize("file", ["pyproject.toml", "resources/workstation/requirements.txt"])
def test_changed_pins_are_set_up_again_without_a_new_venv(house, file):
    house.start("setup")
    with (house.root / file).open("a") as pins:
        pins.write("# changed\n")
    started = house.start("setup")
    assert started.asked("--require-hashes")
    assert not started.asked("-m venv")
    assert not house.start("setup").asked("-m pip")


def test_another_python_is_set_up_again(house):
    house.start("setup")
    assert house.start("setup", PYTHON_SAYS="3.11.9 (main)").asked("--require-hashes")


def test_a_moved_checkout_is_set_up_again(house):
    house.start("setup")
    house.root = house.root.rename(house.room / "moved")
    assert house.start("setup").asked("--require-hashes")


def test_a_failed_install_leaves_no_stamp_and_says_so(house):
    started = house.start(PIP_EXIT="1")
    assert started.code == 1
    assert "not complete" in started.err
    assert not list(house.venv.glob("*.stamp"))
    assert not started.asked("bedside demo")
    again = house.start()
    assert again.code == 0
    assert not again.asked("-m venv")


def test_an_interrupted_set_up_begins_anew(house):
    started = house.start(PIP_IS_KILLED="1")
    assert started.code != 0
    assert not list(house.venv.glob("*.stamp"))
    again = house.start()
    assert again.code == 0
    assert again.asked("-m venv --clear")


def test_two_impatient_starts_set_up_once(house):
    house.log.write_text("")
    both = [
        subprocess.Popen(
            [*house.command, "setup"],
            env=house.environment({"PIP_TAKES": "0.3"}),
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    said = [started.communicate(timeout=60)[0] for started in both]
    assert [started.returncode for started in both] == [0, 0]
    assert house.log.read_text().count("--require-hashes") == 1
    assert any("another start" in text for text in said)


def test_missing_packages_are_installed_by_root_without_a_question(house):
    started = house.start("setup", MISSING="libegl1 fonts-inter")
    assert started.code == 0
    (install,) = started.asked("apt-get")
    assert install.endswith("install -y --no-install-recommends libegl1 fonts-inter")


def test_the_tracer_comes_with_the_tests_only(house):
    assert not house.start("setup", MISSING="strace").asked("apt-get")
    (install,) = house.start("test", MISSING="strace").asked("apt-get")
    assert install.endswith("install -y --no-install-recommends strace")


def test_missing_lists_of_packages_are_fetched_once(house):
    started = house.start("setup", MISSING="libegl1", NO_LISTS="1")
    assert started.code == 0
    assert [("update" in call, "install" in call) for call in started.asked("apt-get")] == [
        (False, True), (True, False), (False, True),
    ]  # fmt: skip


def test_a_package_that_cannot_be_had_stops_the_set_up(house):
    started = house.start("setup", MISSING="libegl1", APT_EXIT="100")
    assert started.code == 1
    assert "could not install: libegl1" in started.err
    assert not started.asked("-m pip")


def test_without_root_or_sudo_the_one_line_to_run_is_printed(house):
    started = house.start(MISSING="libegl1 libgl1", USER_NUMBER="1000")
    assert started.code == 1
    assert (
        "apt-get update && apt-get install -y --no-install-recommends libegl1 libgl1\n"
        in started.err
    )
    assert not started.asked("apt-get")
    assert not started.asked("-m pip")


def test_a_sudo_that_needs_a_password_is_not_asked_when_nobody_is_there(house):
    house.add_sudo()
    started = house.start(MISSING="libegl1", USER_NUMBER="1000", SUDO_ASKS="1")
    assert started.code == 1
    assert "Run this line as root" in started.err


def test_sudo_is_used_where_it_may_be(house):
    house.add_sudo()
    started = house.start("setup", MISSING="libegl1", USER_NUMBER="1000")
    assert started.code == 0
    (call,) = started.asked("sudo env")
    assert call.startswith("sudo env DEBIAN_FRONTEND=noninteractive apt-get")


def test_packages_with_debian_13s_names_count(house):
    house.stand_in("dpkg-query", '#!/bin/sh\necho installed\n[ "$4" != libglib2.0-0t64 ]\n')
    assert not house.start("setup").asked("apt-get")


def test_packages_can_be_left_alone(house):
    started = house.start("setup", MISSING="libegl1", BEDSIDE_PACKAGES="skip")
    assert started.code == 0
    assert not started.asked("apt-get")


def test_elsewhere_than_debian_packages_are_left_alone(house):
    (house.tools / "dpkg-query").unlink()
    started = house.start("setup")
    assert started.code == 0
    assert "not Debian" in started.out


def test_another_programs_python_settings_do_not_reach_ours(house):
    house.stand_in(
        "python3", (house.tools / "python3").read_text().replace(
            "#!/bin/sh\n", '#!/bin/sh\n[ -z "$PYTHONPATH$PYTHONHOME" ] || exit 9\n')
    )  # fmt: skip
    assert house.start("setup", PYTHONPATH="/elsewhere", PYTHONHOME="/elsewhere").code == 0


def test_the_tests_have_their_own_pins(house):
    house.start("setup")
    started = house.start("test")
    (libraries,) = started.asked("--require-hashes")
    assert libraries.endswith("requirements-test.txt")
    assert not house.start("setup").asked("--require-hashes")


def test_every_gate_runs_and_each_that_fails_is_named(house):
    bad = PYTHON_THAT_FAILS_MYPY.replace("REAL", (house.tools / "python3").read_text()[10:])
    house.stand_in("python3", bad)
    (house.root / ".ci").mkdir()
    started = house.start("test")
    assert started.code == 1
    for gate in ("-m ruff check .", "-m ruff format --check .", "-m mypy", "-m pytest",
                 "--fail-under=100"):  # fmt: skip
        assert started.asked(gate), gate
    closing = started.err.split("these gates failed:")[1]
    assert "types: mypy" in closing
    assert "ruff" not in closing


PYTHON_THAT_FAILS_MYPY = (
    '#!/bin/sh\ncase "$*" in "-m mypy"*) echo "python $*" >>"$HOUSE_LOG"; exit 1 ;; esac\nREAL'
)


def test_a_python_that_was_named_is_used(house):
    house.stand_in(
        "my python", (house.tools / "python3").read_text().replace("python $*", "mine $*")
    )
    started = house.start("setup", BEDSIDE_PYTHON=str(house.tools / "my python"))
    assert started.code == 0, started.err
    assert started.asked("mine -m venv")


def test_a_python_that_was_named_and_does_not_do_is_not_replaced_silently(house):
    started = house.start("setup", BEDSIDE_PYTHON=str(house.room / "none"))
    assert started.code == 1
    assert "no Python 3.11 or newer with venv was found" in started.err
    assert not started.asked("-m venv")


def test_an_unknown_word_does_nothing(house):
    started = house.start("tset")
    assert started.code == 1
    assert '"tset" is none of its words' in started.err
    assert started.calls == ()


@pytest.mark.parametrize("script", sorted(WORKSTATION.glob("*.sh")), ids=lambda path: path.name)
def test_the_scripts_are_plain_shell(script):
    assert script.read_text().startswith("#!/bin/sh\n")
    subprocess.run([shell(), "-n", str(script)], check=True)
    if shutil.which("shellcheck"):
        subprocess.run(["shellcheck", str(script)], check=True)


def test_ci_calls_exactly_what_a_person_does():
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    commands = [line for line in lines if line and not line.startswith("#")]
    assert commands == [
        "set -euo pipefail",
        'cd "$(dirname "${BASH_SOURCE[0]}")/.."',
        "exec sh resources/workstation/bedside.sh test",
    ]
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111
