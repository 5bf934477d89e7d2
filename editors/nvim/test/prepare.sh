# What both scripts need: an editor, a server, and a folder of their own that goes when they end.

repository=$(cd "$here/../../.." && pwd)
nvim=${NVIM:-nvim}

# Makes sure of a program: need PROGRAM [PACKAGE]
need() {
  if ! command -v "$1" >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    # What comes of it is seen below.
    { apt-get update -qq && apt-get install -qq -y --no-install-recommends "${2:-$1}"; } || true
  fi
  if ! command -v "$1" >/dev/null; then
    echo "$1 is needed and not on the PATH" >&2
    exit 2
  fi
}

need "$nvim" neovim

if [ -z "${SERVER:-}" ]; then
  (cd "$repository" && cargo build --quiet --locked --package contextcore-lsp)
  SERVER=${CARGO_TARGET_DIR:-$repository/target}/debug/contextcore-lsp
fi
SERVER=$(realpath "$SERVER")

# Scripts that call each other share what was found.
export NVIM=$nvim SERVER

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Nothing of the person who runs this is read, and nothing of theirs is written.
export XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data
export XDG_STATE_HOME=$work/state XDG_CACHE_HOME=$work/cache
export CONTEXTCORE_PLUGIN=$work/plugin
mkdir -p "$XDG_CONFIG_HOME" "$XDG_DATA_HOME" "$XDG_STATE_HOME" "$XDG_CACHE_HOME"
cp -r "$here/.." "$CONTEXTCORE_PLUGIN"
