#!/usr/bin/env bash
# Checks what the packages say of themselves, and runs the program from each, unpacked into a folder of its own.
# usage: try_packages.sh PYTHON PACKAGES
set -euo pipefail
python=$1
packages=$2
here=$(dirname "$0")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

share=$packages/root/usr/share
if command -v desktop-file-validate >/dev/null; then
  desktop-file-validate "$share"/applications/*.desktop
  echo "ok  the menu entries"
fi
if command -v appstreamcli >/dev/null; then
  appstreamcli validate --no-net "$share"/metainfo/*.xml >"$scratch/appstream" || { cat "$scratch/appstream"; exit 1; }
  echo "ok  what software centres show"
fi

run() { env -i PATH=/nowhere HOME="$scratch" XDG_RUNTIME_DIR="$scratch" LANG=C.UTF-8 QT_QPA_PLATFORM=offscreen "$@"; }

version=$(PYTHONPATH=$here/.. "$python" -c 'import contents; print(contents.version())')
dpkg-deb --extract "$packages"/*.deb "$scratch/deb"
mkdir "$scratch/tar"
tar --extract --file "$packages"/*.tar.gz --directory "$scratch/tar"
for program in "$scratch/deb/usr/bin/casebook" "$scratch/tar/casebook/casebook"; do
  [ "$(run "$program" --version)" = "casebook $version" ]
  rm -rf "$scratch/desk"
  run "$program" --workspace "$scratch/desk" --until-shown "$scratch/window.png" \
    "$scratch/tar/casebook/lib/resources/samples/sample-durham-carers-passport.docx" \
    >"$scratch/told" 2>"$scratch/errors" || { cat "$scratch/told" "$scratch/errors"; exit 1; }
  echo "ok  ${program#"$scratch"/}: $(cat "$scratch/told")"
done
