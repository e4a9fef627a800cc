#!/usr/bin/env bash
# Makes the pictures of the README from the real window, with the weights that come with the
# program. Needs what ./run built (or PROGRAM=build/ci/bin/inceptoscope) and Debian's xvfb.
set -euo pipefail
cd "$(dirname "$0")/../.."
program=${PROGRAM:-build/release/bin/inceptoscope}
settings=$(mktemp --suffix=.ini)
trap 'rm -f "$settings"' EXIT

shoot() { # NAME PICTURE ARGUMENT...
    local name=$1 picture=$2
    shift 2
    # Else the window would go on where it was, and offer the lessons.
    printf '[offers]\nlessons=false\n' >"$settings"
    xvfb-run -a -s "-screen 0 3840x2160x24" "$program" "resources/pictures/$picture.png" \
        --settings "$settings" --screenshot "resources/screenshots/$name.png" "$@"
    echo "resources/screenshots/$name.png"
}

shoot module-dark city-skyline --module inception3a --theme dark --size 1280x800
shoot module-light clock-face --module inception3b --theme light --size 1280x800
shoot channel chelsea --module conv1 --channel 10 --theme dark --size 1280x800
shoot family chelsea --network inception_resnet_v2 --module repeat_1.0 --theme dark --size 1280x800
shoot live city-skyline --module inception3b --live pan --theme dark --size 1280x800
shoot versions city-skyline --view versions --tab 0 --theme dark --size 1280x800
shoot modules city-skyline --view versions --tab 2 --theme light --size 1280x800
shoot costs chelsea --view costs --tab 0 --theme dark --size 1280x800
shoot roofline chelsea --view costs --tab 2 --theme light --size 1280x800
shoot why city-skyline --why grad-cam --module inception4e --theme light --size 1280x800
shoot growth city-skyline --module inception4c --channel 38 --grow --theme dark --size 1280x800
shoot dream chelsea --module inception3b --dream --theme dark --size 1280x800
shoot lesson city-skyline --lesson 11-many-sizes --page 2 --theme dark --size 1280x800
shoot laboratory city-skyline --view laboratory --theme light --size 1280x800
