# Builds, tries and packs Casebook on Windows. Written with care and never run: no Windows machine was at hand.
#
#   powershell -ExecutionPolicy Bypass -File build_spec\windows\build.ps1
#
# Needs Python 3.11 or later and Inno Setup 6. To sign, say the thumbprint of your certificate in
# $env:CASEBOOK_CERTIFICATE and the address of your time server in $env:CASEBOOK_TIME_SERVER.
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..\..")

function Invoke-Checked {
    & $args[0] $args[1..($args.Count - 1)]
    if ($LASTEXITCODE -ne 0) { throw "$($args[0]) ended with $LASTEXITCODE" }
}

function Set-Signature([string[]] $Files) {
    if (-not $env:CASEBOOK_CERTIFICATE) { Write-Warning "Not signed: CASEBOOK_CERTIFICATE is empty."; return }
    Invoke-Checked signtool sign /sha1 $env:CASEBOOK_CERTIFICATE /fd SHA256 /tr $env:CASEBOOK_TIME_SERVER /td SHA256 @Files
}

if (-not (Test-Path .venv-bundle)) { Invoke-Checked py -3 -m venv .venv-bundle }
$python = ".venv-bundle\Scripts\python.exe"
Invoke-Checked $python -m pip install --quiet --require-hashes -r requirements\bundle.lock

Invoke-Checked $python build_spec\icon\make_icon.py build\bundle\icons
Invoke-Checked $python build_spec\windows\make_version.py build\bundle\version.txt
Invoke-Checked $python -m PyInstaller --noconfirm --log-level ERROR --distpath build\bundle\dist `
    --workpath build\bundle\work build_spec\casebook.spec
Set-Signature build\bundle\dist\casebook\casebook.exe, build\bundle\dist\casebook\casebookw.exe
Invoke-Checked $python build_spec\try_bundle.py build\bundle\dist\casebook\casebook.exe build\bundle\tried

$version = & $python -c "import sys; sys.path.insert(0, 'build_spec'); import contents; print(contents.version())"
Invoke-Checked iscc /Q "/DVersion=$version" build_spec\windows\casebook.iss
Set-Signature "build\bundle\packages\casebook-$version-setup.exe"
