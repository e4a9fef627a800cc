# shellcheck shell=bash
# Sourced by ./run and ./test: the packages they need from Debian 12 or 13, and how they get installed.

# To build the program and to run it.
# shellcheck disable=SC2034  # used by who sources this
run_packages=(
    # compiler and build
    g++ cmake ninja-build glslc
    # Vulkan, and a device on machines without a GPU
    libvulkan-dev mesa-vulkan-drivers
    # Qt; the last three are loaded at run time
    qt6-base-dev qt6-declarative-dev qt6-svg-dev qt6-multimedia-dev
    libqt6svg6 qt6-image-formats-plugins qt6-wayland
    # what ui/ imports, and what these in turn import
    qml6-module-qtqml qml6-module-qtqml-models qml6-module-qtqml-workerscript
    qml6-module-qtquick qml6-module-qtquick-window qml6-module-qtquick-controls
    qml6-module-qtquick-templates qml6-module-qtquick-layouts
    qml6-module-qtquick-shapes
    # the library that Qt reads TIFF with, to silence it
    libtiff-dev
    # header libraries
    libcli11-dev nlohmann-json3-dev libeigen3-dev
    # lessons: YAML and Markdown
    libyaml-cpp-dev libcmark-dev pkg-config
    # weights in ONNX files: its schema, and what makes a parser of it
    libonnx-dev libprotobuf-dev protobuf-compiler
    # to fetch weights by https: whom to trust (Qt brings OpenSSL itself)
    ca-certificates
    # the window's typeface
    fonts-inter
)

# In addition, to test.
# shellcheck disable=SC2034
test_packages=(
    vulkan-validationlayers xvfb xauth clang-format clang-tidy
    # SwiftShader, a strict driver, and a newer validation layer
    chromium-common
)

# In addition, to test everything; the second one holds libFuzzer and the sanitizers.
# shellcheck disable=SC2034
full_test_packages=(clang libclang-rt-dev)

# What a script of ours does goes to stderr: stdout belongs to the program.
say() { printf '%s\n' "$*" >&2; }

die() {
    say "$(basename "$0"): $*"
    exit 1
}

# missing_packages NAME... -> the names that aren't installed, one a line
missing_packages() {
    local name state
    local -A installed=()
    while read -r name state; do
        [[ $state == installed ]] && installed[$name]=1
    done < <(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null)
    for name in "$@"; do
        [[ -n ${installed[$name]:-} ]] || printf '%s\n' "$name"
    done
}

# What draws SVG came with libqt6svg6 until Debian 12 and is a package of its own since.
svg_plugin_package() {
    [[ $(missing_packages libqt6svg6) ]] || compgen -G '/usr/lib/*/qt6/plugins/imageformats/libqsvg.so' >/dev/null ||
        echo qt6-svg-plugins
}

# apt_get LOG ARGUMENT... with the rights it needs, never asking anything
apt_get() {
    local log=$1
    shift
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -q -o DPkg::Lock::Timeout=300 \
        -o Dpkg::Options::=--force-confold -o APT::Install-Recommends=false "$@" \
        </dev/null >>"$log" 2>&1
}

# install_packages ROOT NAME... installs what is missing; sets packages_changed to 1 if it did.
install_packages() {
    local root=$1 log=$1/build/apt.log
    local -a missing as_root
    shift
    packages_changed=0
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        say "This isn't Debian: if the build stops, install what corresponds to $*"
        return
    fi
    mapfile -t missing < <(missing_packages "$@" && svg_plugin_package)
    ((${#missing[@]})) || return 0

    if ((EUID == 0)); then
        as_root=()
    elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || { [[ -t 2 ]] && sudo -v; }; }; then
        as_root=(sudo)
    else
        die "packages are missing, and installing them takes root or sudo. As root, run:" \
            "apt-get install --no-install-recommends ${missing[*]}"
    fi

    mkdir -p "$root/build"
    : >"$log"
    say "Updating the package lists"
    apt_get "$log" update || say "Some lists could not be updated (see build/apt.log); going on"
    say "Downloading ${#missing[@]} missing packages and what they need: ${missing[*]}"
    apt_get "$log" install --download-only "${missing[@]}" || apt_failed "$log"
    say "Installing them"
    apt_get "$log" install "${missing[@]}" || apt_failed "$log"
    mapfile -t missing < <(svg_plugin_package)
    ((${#missing[@]} == 0)) || apt_get "$log" install "${missing[@]}" || apt_failed "$log"
    # shellcheck disable=SC2034
    packages_changed=1
}

apt_failed() {
    tail -n 20 "$1" >&2
    die "apt-get failed; its last lines are above, all of them in $1"
}

# configure ROOT PRESET [OPTION...] makes build/PRESET ready for ninja, which configures again by itself when
# a CMakeLists.txt changes: here is only what it can't notice.
configure() {
    local root=$1 preset=$2
    local build=$root/build/$preset
    local -a fresh=()
    if [[ -f $build/CMakeCache.txt ]] &&
        ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$build/CMakeCache.txt"; then
        say "build/$preset was made for another folder; starting it anew"
        rm -rf "$build"
    fi
    if ((packages_changed)); then
        fresh=(--fresh)
    elif [[ -f $build/build.ninja && ! $root/CMakePresets.json -nt $build/build.ninja ]]; then
        return
    fi
    say "Configuring build/$preset"
    mkdir -p "$build"
    (cd "$root" && cmake "${fresh[@]}" --preset "$preset" "${@:3}") >"$build/configure.log" 2>&1 || {
        tail -n 40 "$build/configure.log" >&2
        die "CMake could not configure; its last lines are above, all of them in $build/configure.log"
    }
}

# build ROOT PRESET TARGET...
build() {
    local folder=build/$2
    cmake --build "$1/$folder" --target "${@:3}" >&2 || die "$folder could not be built (see above)"
}
