# Sourced by the scripts, which set `root`: puts a Python that is new enough in $python and lets it find `supervisor`.
unset PYTHONHOME # of another Python; with it none of these would start
python=
for candidate in "$root/.venv/bin/python" python3.11 python3 python3.12 python3.13 python3.14; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        : "${python:=$candidate}"
        # Debian keeps ensurepip in a package of its own: prefer a Python that has it
        if "$candidate" -c 'import ensurepip, venv' 2>/dev/null; then
            python=$candidate
            break
        fi
    fi
done
if [ -z "$python" ]; then
    echo "This needs Python 3.11 or newer; on Debian 12 or later: apt-get install python3 python3-venv." >&2
    exit 1
fi
PYTHONPATH=$root
export PYTHONPATH
unset PYTHONDONTWRITEBYTECODE # ten processes read what the first one compiled; without it each start takes twice as long
