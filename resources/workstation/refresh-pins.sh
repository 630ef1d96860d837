#!/bin/sh
# Writes requirements.txt, requirements-test.txt and requirements-frozen.txt anew from the ranges in pyproject.toml.
#
#   sh resources/workstation/refresh-pins.sh             keeps every pin that still fits
#   sh resources/workstation/refresh-pins.sh --upgrade   takes the newest release within each range
#
# For the person who looks after the program, not for the ward: it needs the package index that
# pip is set up for. The files name each file's hash, for every platform that the package is made
# for, and no index: where the files come from is each site's own affair. After a change, run
# `sh resources/workstation/bedside.sh test` and read what changed before keeping it.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$here/../.." && pwd)
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
trap 'exit 130' INT TERM

"${BEDSIDE_PYTHON:-python3}" -m venv "$room/venv"
"$room/venv/bin/python" -m pip install --quiet 'pip-tools>=7.4'

# Only what names the project is taken along, so that no path of this machine gets into the files.
mkdir -p "$room/project/bedside" "$room/project/migrations" "$room/project/resources"
cp "$root/pyproject.toml" "$root/LICENSE" "$room/project/"
cp "$root/bedside/__init__.py" "$room/project/bedside/"
echo Bedside >"$room/project/README.md"
for pins in requirements.txt requirements-test.txt requirements-frozen.txt; do
    [ ! -f "$here/$pins" ] || cp "$here/$pins" "$room/project/"
done

cd "$room/project"
compile() {
    CUSTOM_COMPILE_COMMAND="sh resources/workstation/refresh-pins.sh" \
        "$room/venv/bin/pip-compile" --quiet --generate-hashes --no-emit-index-url \
        --no-emit-find-links --no-emit-trusted-host --strip-extras --allow-unsafe "$@" pyproject.toml
}
compile --build-deps-for=editable --output-file=requirements.txt "$@"
compile --build-deps-for=editable --extra=test --constraint=requirements.txt \
    --output-file=requirements-test.txt "$@"
compile --extra=frozen --constraint=requirements.txt --output-file=requirements-frozen.txt "$@"
cp requirements.txt requirements-test.txt requirements-frozen.txt "$here/"
