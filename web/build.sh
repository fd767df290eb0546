#!/usr/bin/env bash
# Builds the page into target/classes/web, tests it, or only installs what it needs for that. Quiet when all is well, nothing when nothing changed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

need_node() {
  local version
  version=$(node --version 2>/dev/null) && command -v npm >/dev/null || {
    echo "The web page needs Node.js 18 or later and npm to build. Install both: sudo apt-get install nodejs npm" >&2
    exit 1
  }
  [ "$(cut -d. -f1 <<<"${version#v}")" -ge 18 ] || { echo "The web page needs Node.js 18 or later; this is $version." >&2; exit 1; }
}

quietly() {
  local log
  log=$(mktemp)
  "$@" >"$log" 2>&1 || { cat "$log" >&2; rm -f "$log"; exit 1; }
  rm -f "$log"
}

# The stamp holds what was installed, so that a changed lock file installs anew.
install() {
  cmp -s package-lock.json node_modules/.installed && return
  need_node
  quietly npm ci --ignore-scripts --no-audit --no-fund
  cp package-lock.json node_modules/.installed
}

page() {
  local made=target/classes/web/index.html
  [ -f "$made" ] && [ -z "$(find src public index.html package-lock.json vite.config.ts svelte.config.js -newer "$made" -print -quit)" ] && return
  need_node
  install
  quietly npm run --silent build
}

check() {
  need_node
  install
  quietly npm run --silent check
  quietly npm run --silent test
}

case ${1:-page} in
  page) page ;;
  test) check ;;
  tools) install ;;
  *) echo "build.sh page | test | tools" >&2; exit 2 ;;
esac
