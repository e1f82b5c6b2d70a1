#!/usr/bin/env bash
# Says which libraries of the operating system are missing, and installs them as root on Debian and Ubuntu.
# usage: system.sh PYTHON qt|tests|bundle
set -u
python=$1
wanted=$2

qt_packages=(libegl1 libgl1 libxkbcommon0 libxkbcommon-x11-0 libdbus-1-3 libfontconfig1 libglib2.0-0
  libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxcb-shape0 libxcb-xkb1
  fonts-inter fonts-noto-core)

qt_works() {
  QT_QPA_PLATFORM=offscreen "$python" -c '
from PySide6.QtWidgets import QApplication
app = QApplication([])
' >/dev/null 2>&1 || return 1
  # The window itself needs what the xcb platform plug-in loads.
  local plugin
  plugin=$("$python" -c 'import PySide6, pathlib; print(pathlib.Path(PySide6.__file__).parent / "Qt/plugins/platforms/libqxcb.so")')
  [ ! -e "$plugin" ] || ! ldd "$plugin" 2>/dev/null | grep -q 'not found' || return 1
  ! command -v fc-list >/dev/null || [ -n "$(fc-list | head -n 1)" ]
}

install() {
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    return 1
  fi
  echo "Installing $*"
  apt-get -qq update >/dev/null 2>&1
  DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@" >/dev/null
}

wish() {
  install "$1" || echo "$1 is not installed; left out: tests of $2. To run them too: sudo apt-get install $1"
}

wish_for_bundle() {
  install "$1" || echo "$1 is not installed; left out: $2. To have it too: sudo apt-get install $1"
}

case $wanted in
qt)
  [ "$(uname -s)" = Linux ] || exit 0
  qt_works && exit 0
  # Ubuntu 24.04 renamed some packages; take each name the machine knows.
  apt-get -qq update >/dev/null 2>&1
  known=()
  for name in "${qt_packages[@]}"; do
    for candidate in "$name" "${name}t64"; do
      apt-cache show "$candidate" >/dev/null 2>&1 && known+=("$candidate") && break
    done
  done
  [ ${#known[@]} -gt 0 ] || known=("${qt_packages[@]}")
  install "${known[@]}" && qt_works && exit 0
  echo "Qt needs libraries that are not on this machine. Install them, then run make again:"
  echo "  sudo apt-get install ${known[*]}"
  exit 1
  ;;
tests)
  # The wheel's PostgreSQL lacks TLS, passwords and lz4; the website is tried in a real browser; LibreOffice saves
  # what other office programs would.
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || wish postgresql "TLS, passwords and lz4 on Debian's server"
  command -v chromium >/dev/null || wish chromium "the website in a real browser"
  command -v java >/dev/null || wish default-jre-headless "the website's HTML by the Nu Html Checker"
  command -v npm >/dev/null || wish npm "the website's HTML by the Nu Html Checker"
  command -v soffice >/dev/null || wish libreoffice-writer-nogui "files that another office program saved"
  ls /usr/lib/libreoffice/program/libscfiltlo.so >/dev/null 2>&1 || wish libreoffice-calc-nogui "tables that a spreadsheet opens"
  exit 0
  ;;
bundle)
  [ "$(uname -s)" = Linux ] || exit 0
  # PyInstaller reads libraries with objdump and needs Python's own as a library, which Debian packs by itself.
  needed=()
  command -v strip >/dev/null && command -v objdump >/dev/null || needed+=(binutils)
  library=$("$python" -c 'import PyInstaller.depend.bindepend as b; print("there" if b.get_python_library_path() else "")' 2>/dev/null)
  [ -n "$library" ] || needed+=("libpython$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')")
  [ ${#needed[@]} = 0 ] || install "${needed[@]}" || {
    echo "The bundle needs these. Install them, then run make again:"
    echo "  sudo apt-get install ${needed[*]}"
    exit 1
  }
  command -v appstreamcli >/dev/null || wish_for_bundle appstream "the check of what software centres show"
  command -v desktop-file-validate >/dev/null || wish_for_bundle desktop-file-utils "the check of the menu entry"
  exit 0
  ;;
esac
