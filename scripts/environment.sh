# Read by the scripts beside it, once they are in the project's folder: Python does the same for everybody, whatever a
# user's own variables tell it. Those that change neither what it does nor what it finds stay.
for name in $(env | sed -n 's/^\(PYTHON[A-Z0-9_][A-Z0-9_]*\)=.*/\1/p'); do
    case $name in
    PYTHONDONTWRITEBYTECODE | PYTHONHASHSEED | PYTHONUNBUFFERED) ;;
    *) unset "$name" ;;
    esac
done
unset __PYVENV_LAUNCHER__
export NO_MKDOCS_2_WARNING=1

# Print what the comment at a script's head says.
usage() {
    sed -n '2,/^set/s/^# \{0,1\}//p' "$1"
}
