#!/bin/sh
# Sets Bedside up on this machine and opens it. Run it from wherever you like:
#
#   sh resources/workstation/bedside.sh          sets up what is missing, opens the demonstration ward
#   sh resources/workstation/bedside.sh setup    sets up what is missing, opens nothing
#   sh resources/workstation/bedside.sh test     the same, plus the test tools; runs every gate
#   sh resources/workstation/bedside.sh long     the long runs (hours): the same tests, bigger numbers
#   sh resources/workstation/bedside.sh frozen   builds one folder that needs no Python, and tests that very build
#   sh resources/workstation/bedside.sh bench    how fast it is, as ratios measured in one run
#
# Everything but Debian's packages goes into .venv beside the program. Nothing is asked. A second
# start sets nothing up: the stamp in .venv, written last, says that this very set-up is complete.
#   BEDSIDE_PYTHON=/path/to/python3   the Python to use (3.11 or newer, with venv)
#   BEDSIDE_PACKAGES=skip             leave Debian's packages alone (not Debian, or not your machine)
set -u

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P) || exit 1
root=$(CDPATH='' cd -- "$here/../.." && pwd -P) || exit 1
venv="$root/.venv"
python="$venv/bin/python"
begun="$venv/bedside-setup-begun"
# Another program's Python settings must not reach ours.
unset PYTHONHOME PYTHONPATH

# What Qt needs off screen and on X11, and the fonts of screen and paper.
screen_packages="libglib2.0-0 libegl1 libgl1 libdbus-1-3 libxkbcommon0 libfontconfig1
libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0
fonts-inter fonts-dejavu-core"
# What only the tests need: power cuts and failing disks are made from a program's system calls; a
# ward that several workstations share lies on PostgreSQL, which the tests start by themselves.
test_packages="strace postgresql"

say() { printf 'Bedside: %s\n' "$*"; }
stop() {
    printf 'Bedside: %s\n' "$*" >&2
    exit 1
}

# ---- Debian's packages ----------------------------------------------------------------------
installed() {
    # Since Debian 13 some names carry "t64".
    dpkg-query -W -f='${db:Status-Status}\n' "$1" "$1t64" 2>/dev/null | grep -qx installed
}

missing_packages() {
    wanted=$screen_packages
    [ "$1" = run ] || wanted="$wanted $test_packages"
    for package in $wanted; do
        installed "$package" || printf '%s ' "$package"
    done
    [ -n "${BEDSIDE_PYTHON:-}" ] || find_python >/dev/null || printf '%s ' python3 python3-venv
}

apt() {
    # A list of packages that is missing or old is fetched only when the install needs it.
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 "$@" </dev/null
}

install_packages() {
    [ "${BEDSIDE_PACKAGES:-}" != skip ] || return 0
    if ! command -v dpkg-query >/dev/null 2>&1; then
        say "this is not Debian: Debian's packages are left alone. \"bedside doctor\" says what Qt lacks."
        return 0
    fi
    missing=$(missing_packages "$1")
    missing=${missing% }
    [ -n "$missing" ] || return 0
    as_root=''
    if [ "$(id -u)" -ne 0 ]; then
        as_root=sudo
        # With nobody at the keyboard, a sudo that would ask for a password is no use.
        if ! command -v sudo >/dev/null 2>&1 || { [ ! -t 0 ] && ! sudo -n true 2>/dev/null; }; then
            stop "these Debian packages are missing and need root. Run this line as root, then start again:
  apt-get update && apt-get install -y --no-install-recommends $missing"
        fi
    fi
    say "installing Debian packages: $missing"
    # shellcheck disable=SC2086  # a list of names, meant to be split
    apt -qq install -y --no-install-recommends $missing >/dev/null 2>&1 && return 0
    apt -qq update || say "apt-get update did not succeed: trying with the lists that are here"
    # shellcheck disable=SC2086
    apt -qq install -y --no-install-recommends $missing >/dev/null || stop \
        "apt-get could not install: $missing. What it said stands above."
}

# ---- Python and .venv -----------------------------------------------------------------------
find_python() {
    # A Python that was named is the only one tried.
    for candidate in ${BEDSIDE_PYTHON:+"$BEDSIDE_PYTHON"} python3 python3.13 python3.12 python3.11 \
        /usr/bin/python3; do
        if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' \
            2>/dev/null; then
            printf '%s\n' "$candidate"
            return 0
        fi
        [ -z "${BEDSIDE_PYTHON:-}" ] || return 1
    done
    return 1
}

make_venv() {
    # A set-up that was cut off may have left half a package: begin anew. Pip keeps its downloads.
    if [ ! -e "$begun" ] && "$python" -m pip --version >/dev/null 2>&1; then
        return 0
    fi
    base=$(find_python) || stop "no Python 3.11 or newer with venv was found. On Debian 12 install
  apt-get install -y python3 python3-venv
or name one: BEDSIDE_PYTHON=/path/to/python3 sh resources/workstation/bedside.sh"
    say "making .venv with $("$base" --version)"
    "$base" -m venv --clear "$venv" || stop "could not make $venv. Is there space, and may you write there?"
}

install_libraries() {
    pins="$here/requirements.txt"
    [ "$1" = run ] || pins="$here/requirements-test.txt"
    say "installing the pinned libraries (some 120 MB to fetch the first time)"
    quiet=--quiet
    [ ! -t 1 ] || quiet=--no-color
    "$python" -m pip install $quiet --disable-pip-version-check --require-hashes -r "$pins" || return 1
    # Editable: a checkout runs as it stands. The build backend is one of the pinned libraries.
    "$python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation \
        --no-index -e "$root" || return 1
    # A first start without compiled bytecode takes seconds.
    "$python" -m compileall -q "$root/bedside" "$root/migrations" "$venv/lib" >/dev/null 2>&1 || true
}

# ---- the stamp ------------------------------------------------------------------------------
stamp() {
    # What this set-up was made of: the place, the Python, the project and the pins.
    pins="$here/requirements.txt"
    [ "$1" = run ] || pins="$here/requirements-test.txt"
    {
        printf '%s\n' "$root"
        [ "$1" = run ] || printf '%s\n' "$test_packages"
        "$python" -c 'import sys; print(sys.version)' || return 1
        cat "$root/pyproject.toml" "$pins"
    } 2>/dev/null | cksum
}

is_set_up() {
    [ -f "$venv/bedside-$1.stamp" ] && [ ! -e "$begun" ] &&
        [ "$(cat "$venv/bedside-$1.stamp")" = "$(stamp "$1")" ]
}

set_up_now() {
    install_packages "$1"
    make_venv
    rm -f "$venv"/bedside-*.stamp
    : >"$begun" || stop "cannot write in $venv. Is it yours, and is there space?"
    if ! install_libraries "$1"; then
        rm -f "$begun" # pip ended by itself: what it did install is whole
        stop "the set-up is not complete; what pip said stands above. Start again to go on from here."
    fi
    [ "$1" = run ] || stamp run >"$venv/bedside-run.stamp"
    stamp "$1" >"$venv/bedside-$1.stamp"
    rm -f "$begun"
    say "set up."
}

set_up() {
    if is_set_up "$1"; then return 0; fi
    (
        # Two impatient starts must not install into the same place at once.
        if command -v flock >/dev/null 2>&1 && ! flock -n 9; then
            say "another start is setting up: waiting for it"
            flock 9
        fi
        is_set_up "$1" || set_up_now "$1" 9<&-
    ) 9<"$here/bedside.sh" || exit
}

# ---- the gates ------------------------------------------------------------------------------
failed=''
gate() {
    name=$1
    shift
    printf '\n== %s\n' "$name"
    "$@" || failed="$failed
  $name"
}

check_shell() {
    for script in "$here"/*.sh; do
        sh -n "$script" || return 1
        ! command -v dash >/dev/null 2>&1 || dash -n "$script" || return 1
        ! command -v shellcheck >/dev/null 2>&1 || shellcheck "$script" || return 1
    done
    bash -n "$root/.ci/run"
}

types_told() { told "$types" types; }
server_told() { told "$server" server; }

told() {
    # What ran beside the others has said, and how it ended.
    wait "$1"
    found=$?
    cat "$venv/bedside-$2.txt"
    return "$found"
}

faults_told() {
    # P2 to P5: power cuts, failing calls, full and read-only disks. Where this machine can make
    # them, a test of them that is skipped fails (tests/faults/conftest.py).
    cannot=''
    strace -e trace=none true >/dev/null 2>&1 || cannot='strace'
    if [ "$(id -u)" -ne 0 ] || ! unshare -m true 2>/dev/null; then
        cannot="${cannot:+$cannot, }root with mounts of its own"
    fi
    if [ -z "$cannot" ]; then
        export BEDSIDE_FAULTS=must
    else
        say "NOT every fault can be made here (missing: $cannot): some tests of them are skipped"
    fi
}

run_gates() {
    cd "$root" || exit 1
    faults_told
    rm -f .coverage .coverage.*
    gate 'shell scripts' check_shell
    gate 'style: ruff check' "$python" -m ruff check .
    gate 'layout: ruff format' "$python" -m ruff format --check .
    # One core looks at the types for a while; what follows has the other, and then both.
    "$python" -m mypy >"$venv/bedside-types.txt" 2>&1 &
    types=$!
    gate 'layers: import-linter' "$venv/bin/lint-imports"
    # Watching every line costs time: only the tests of the rooms whose coverage is asked for are
    # watched, and these tests reach all of it by themselves.
    gate 'tests: numbers, clinical rules and protocols, each line and branch of them' \
        "$python" -m pytest -n 2 --dist worksteal tests/units tests/clinical tests/protocol \
        --cov=bedside.units --cov=bedside.clinical --cov=bedside.protocol --cov-report= "$@"
    gate 'types: mypy' types_told
    gate 'coverage: every line and branch of units, clinical and protocol' \
        "$python" -m coverage report --fail-under=100 --skip-covered
    # On a server it is mostly waited: a server that is gone is noticed after seconds, and twenty
    # stations are disturbed for two minutes. That goes on beside the others.
    "$python" -m pytest tests/server --durations=10 --durations-min=5 "$@" \
        >"$venv/bedside-server.txt" 2>&1 &
    server=$!
    gate 'tests: all others, the wheel among them' "$python" -m pytest -n 2 --dist worksteal \
        --ignore=tests/units --ignore=tests/clinical --ignore=tests/protocol --ignore=tests/server \
        --durations=10 --durations-min=5 "$@"
    gate 'tests: a ward on a server, 20 stations for two minutes among them' server_told
    # All that hold on both engines run in the long run; here a few of each kind.
    gate 'tests on a server: a few of the same ones' "$python" -m pytest -n 2 --engine server \
        tests/store/test_changed.py tests/ward/test_two_people.py tests/ward/test_weighing.py
    conclude
}

conclude() {
    if [ -n "$failed" ]; then
        printf '\nBedside: these gates failed:%s\n' "$failed" >&2
        exit 1
    fi
    printf '\nBedside: every gate passed.\n'
}

run_long() {
    # The same tests with bigger numbers: some hours on two cores.
    cd "$root" || exit 1
    # Watching every line of the whole house makes the tests half as long again.
    rm -f .coverage .coverage.*
    gate 'tests, all of the house measured' "$python" -m pytest -n 2 --dist worksteal \
        --cov=bedside --cov-report=
    gate 'coverage: 85 % of the whole' "$python" -m coverage report --format=total --fail-under=85
    gate 'properties: 20 000 examples each' env BEDSIDE_EXAMPLES=long "$python" -m pytest -n 2 \
        --dist worksteal --timeout=0 tests/units tests/clinical tests/protocol tests/store
    gate 'the same tests on a server' env BEDSIDE_EXAMPLES=long "$python" -m pytest -n 2 \
        --dist worksteal --timeout=0 --engine server tests/store tests/ward
    gate 'the server, all of its tests' env BEDSIDE_EXAMPLES=long "$python" -m pytest tests/server
    gate 'the store killed 10 000 times' "$python" -m tests.faults.kill --cycles 10000
    gate 'copies and restores killed 2 000 times' "$python" -m tests.faults.copies kill --cycles 2000
    gate 'copies of a large ward killed 2 000 times' \
        "$python" -m tests.faults.copies kill --cycles 2000 --large
    gate '10 000 bits flipped in a copy of a large ward' \
        "$python" -m tests.faults.copies flips --flips 10000 --large
    gate '10 000 bits flipped in a copy' "$python" -m tests.faults.copies flips --flips 10000
    gate '10 000 bits flipped in the file' "$python" -m tests.faults.flips --flips 10000
    gate '10 000 tamperings, plain' "$python" -m tests.faults.tamper --tamperings 10000
    gate '10 000 tamperings, keyed' "$python" -m tests.faults.tamper --tamperings 10000 --keyed
    gate '10 000 bits flipped in the log' "$python" -m tests.faults.flips --flips 10000 --where wal
    gate '10 000 random events at the window' "$python" -m tests.faults.monkey --events 10000
    gate 'a shift of 3 000 saves' "$python" -m tests.faults.shift --saves 3000
    gate '100 000 power cuts' "$python" -m tests.faults.power --cuts 100000
    gate 'the 1st to the last call fails, 60 of each' "$python" -m tests.faults.injections --each 60
    gate '2 000 random walks of 50 acts' env BEDSIDE_WALK=2000x50 "$python" -m pytest --timeout=0 \
        tests/faults/test_walk.py
    conclude
}

run_frozen() {
    # P20: what is handed out is what was tested. It is built from the pinned libraries alone, in a
    # room of its own: nothing that only the tests need can get into it.
    cd "$root" || exit 1
    room="$root/build/frozen"
    rm -rf "$room"
    say "building in $room (some minutes, 1 GB while it is built)"
    "$python" -m venv "$room/venv" || stop "could not make $room/venv."
    "$room/venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
        -r "$here/requirements-frozen.txt" || stop "what pip said stands above."
    gate 'the frozen build' "$room/venv/bin/python" -m PyInstaller -y --log-level ERROR \
        --distpath "$room" --workpath "$room/work" "$here/frozen/bedside.spec"
    gate 'the tests of the wheel on the frozen build' env BEDSIDE_FROZEN="$room/bedside" \
        "$python" -m pytest -n 0 -p no:randomly tests/workstation/test_frozen.py
    rm -f "$room/bedside/bedside-test" # the tests' own door into it is not handed out
    [ -n "$failed" ] || say "tested: $room/bedside (start it by $room/bedside/bedside)"
    conclude
}

# ---- what was asked -------------------------------------------------------------------------
open_demonstration() {
    if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
        exec "$python" -P -m bedside demo
    fi
    say "this session has no display: drawing the demonstration ward into ./bedside-demo instead"
    QT_QPA_PLATFORM=offscreen exec "$python" -P -m bedside demo --shots ./bedside-demo
}

verb=${1:-open}
[ $# -eq 0 ] || shift
case $verb in
    open) set_up run && open_demonstration ;;
    setup) set_up run ;;
    test) set_up test && run_gates "$@" ;;
    long) set_up test && run_long ;;
    frozen) set_up test && run_frozen ;;
    bench) set_up test && cd "$root" && exec "$python" -m tests.bench "$@" ;;
    *)
        sed -n '2,/^set -u/s/^# \{0,1\}//p' "$here/bedside.sh" >&2
        stop "\"$verb\" is none of its words: open (or nothing), setup, test, long, frozen, bench."
        ;;
esac
