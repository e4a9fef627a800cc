#!/usr/bin/env bash
# Makes the pictures of the README from the real window:
#   resources/screenshots/make.sh [WEIGHTS.safetensors [PICTURE]]
# Without weights they are the random ones, and the window says so. Needs what ./run built (or
# PROGRAM=build/ci/bin/inceptoscope) and Debian's xvfb.
set -euo pipefail
cd "$(dirname "$0")/../.."
weights=${1:-synthetic}
picture=${2:-resources/pictures/chelsea.png}
program=${PROGRAM:-build/release/bin/inceptoscope}
settings=$(mktemp --suffix=.ini)
trap 'rm -f "$settings"' EXIT

shoot() { # NAME ARGUMENT...
    local name=$1
    shift
    xvfb-run -a -s "-screen 0 3840x2160x24" "$program" "$picture" \
        --weights "$weights" --settings "$settings" --screenshot "resources/screenshots/$name.png" "$@"
    echo "resources/screenshots/$name.png"
}

shoot module-dark --module inception_3a --theme dark --size 1280x800
shoot module-light --module inception_4e --theme light --size 1280x800
shoot channel --module conv1 --channel 8 --theme dark --size 1280x800
