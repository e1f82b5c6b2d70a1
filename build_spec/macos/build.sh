#!/usr/bin/env bash
# Builds, tries, signs, notarises and packs Casebook on macOS. Written with care and never run: no Mac was at hand.
#
#   CASEBOOK_SIGNING_IDENTITY="Developer ID Application: …" CASEBOOK_NOTARY_PROFILE=casebook bash build_spec/macos/build.sh
#
# Needs Python 3.11 or later and Xcode's command line tools. The profile is one that `xcrun notarytool
# store-credentials` put into the keychain. Without an identity the app is built and tried, but not signed.
set -euo pipefail
cd "$(dirname "$0")/../.."

identity=${CASEBOOK_SIGNING_IDENTITY:-}
profile=${CASEBOOK_NOTARY_PROFILE:-}
bundle=build/bundle
app=$bundle/dist/Casebook.app
python=.venv-bundle/bin/python

[ -x "$python" ] || python3 -m venv .venv-bundle
"$python" -m pip install --quiet --require-hashes -r requirements/bundle.lock

"$python" build_spec/icon/make_icon.py "$bundle/icons"
"$python" -m PyInstaller --noconfirm --log-level ERROR --distpath "$bundle/dist" --workpath "$bundle/work" \
  build_spec/casebook.spec
"$python" build_spec/try_bundle.py "$bundle/dist/casebook/casebook" "$bundle/tried"

version=$("$python" -c 'import sys; sys.path.insert(0, "build_spec"); import contents; print(contents.version())')
image=$bundle/packages/casebook-$version.dmg
mkdir -p "$bundle/packages"

if [ -z "$identity" ]; then
  echo "Not signed: CASEBOOK_SIGNING_IDENTITY is empty. macOS will not open the app elsewhere without asking."
else
  # From the inside out: a signature covers what is within.
  find "$app/Contents" -type f \( -name '*.dylib' -o -name '*.so' \) -print0 |
    xargs -0 codesign --force --timestamp --options runtime --sign "$identity"
  find "$app/Contents" -type d -name '*.framework' -print0 |
    xargs -0 codesign --force --timestamp --options runtime --sign "$identity"
  codesign --force --timestamp --options runtime --entitlements build_spec/macos/entitlements.plist \
    --sign "$identity" "$app"
  codesign --verify --deep --strict "$app"
fi

rm -f "$image"
hdiutil create -quiet -volname Casebook -srcfolder "$app" -format UDZO "$image"
if [ -n "$identity" ] && [ -n "$profile" ]; then
  codesign --timestamp --sign "$identity" "$image"
  xcrun notarytool submit "$image" --keychain-profile "$profile" --wait
  xcrun stapler staple "$image"
  spctl --assess --type open --context context:primary-signature "$image"
else
  echo "Not notarised: say CASEBOOK_SIGNING_IDENTITY and CASEBOOK_NOTARY_PROFILE."
fi
echo "$image"
