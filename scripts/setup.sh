# Read by the scripts beside it: finds a Python, makes a virtual environment, installs this checkout into it.
# POSIX sh and what every Unix has, for a machine with Python and nothing else installed by hand.

say() { printf 'voicecoach: %s\n' "$*" >&2; }

fail() {
    say "$*"
    exit 1
}

# Run a command quietly; where it fails, keep its words in the file $log and let the caller say what that means.
quietly() {
    log=$(mktemp "${TMPDIR:-/tmp}/voicecoach-setup.XXXXXX")
    if "$@" >"$log" 2>&1 </dev/null; then
        rm -f "$log"
    else
        return 1
    fi
}

last_error() { grep -E '^(E|ERROR|[A-Za-z]*Error): ' "$log" | tail -n 1 | grep . || tail -n 1 "$log"; }

# Set $python and $version to the first Python that is new enough; $PYTHON, where set, is the only candidate.
find_python() {
    if [ -n "${PYTHON:-}" ]; then
        set -- "$PYTHON"
    else
        set -- python3 python3.14 python3.13 python3.12 python3.11 python
    fi
    too_old=
    for python in "$@"; do
        # Run, not looked up: version managers put commands on the path that only say what is not installed.
        found=$("$python" -c 'import sys; print("%d.%d %d" % (sys.version_info[:2] + (sys.version_info >= (3, 11),)))' \
            2>/dev/null) || continue
        version=${found% *}
        [ "${found#* }" = 1 ] && return
        too_old=${too_old:-$version}
    done
    if [ -n "$too_old" ]; then
        fail "Python $too_old was found, and 3.11 or newer is needed; install one, or name it: PYTHON=/path/to/python3.12 $0"
    elif [ -n "${PYTHON:-}" ]; then
        fail "$PYTHON is not a Python that runs; leave PYTHON unset to have one found"
    fi
    fail "no Python was found; install Python 3.11 or newer (on Debian and Ubuntu: apt-get install python3 python3-venv)"
}

apt_line() { printf 'apt-get update && apt-get install -y %s' "$*"; }

# Install system packages where this is root on a machine with apt-get; returns 1 where it is not, or where it fails.
install_packages() {
    command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" -eq 0 ] || return 1
    say "installing $* by apt-get"
    quietly apt-get -q update || say "apt-get update failed ($(last_error)); trying with the lists there are"
    quietly env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 \
        --no-install-recommends install "$@" && return
    say "apt-get could not install them ($(last_error)); its words are in $log"
    return 1
}

can_make_venv() { "$python" -c 'import ensurepip, venv' 2>/dev/null; }

make_venv() {
    # Debian and Ubuntu ship Python without the module that puts pip into an environment.
    packages="python3-venv python$version-venv"
    # shellcheck disable=SC2086  # two packages
    can_make_venv || { install_packages $packages && can_make_venv; } ||
        fail "Python $version here cannot make virtual environments; run this as root, then $0 again: $(apt_line "$packages")"
    say "making ${venv##*/} with Python $version"
    quietly "$python" -m venv --clear "$venv" ||
        fail "no virtual environment could be made in $venv ($(tail -n 1 "$log")); its words are in $log"
}

stamp() {
    cksum <"$root/pyproject.toml"
    printf '%s\n' "$root" "$extra"
    "$venv/bin/python" -V
}

is_ready() {
    [ -x "$venv/bin/voicecoach" ] && "$venv/bin/python" -P -c 'import voicecoach' 2>/dev/null &&
        [ "$(cat "$venv/voicecoach.stamp" 2>/dev/null)" = "$(stamp)" ]
}

# An environment does not survive a move, nor the removal of its Python; its pip names the place it was made for.
is_usable() {
    grep -qF "$venv/bin/python" "$venv/bin/pip" 2>/dev/null &&
        "$venv/bin/python" -P -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

# Make sure that the environment .NAME holds this checkout with the extra EXTRA ("" for none), and set $venv to it.
# The install is editable: the sources may change without another one.
prepare() {
    venv=$root/$1 extra=$2
    is_ready && return
    find_python
    is_usable || make_venv
    rm -f "$venv/voicecoach.stamp"
    say "installing voicecoach and its libraries into $1 (once; a minute or so)"
    quietly "$venv/bin/python" -m pip install --disable-pip-version-check --no-input --retries 2 \
        --editable "$root${extra:+[$extra]}" ||
        fail "pip could not install the libraries ($(last_error)); check the network and run $0 again; its words are in $log"
    stamp >"$venv/voicecoach.stamp"
}
