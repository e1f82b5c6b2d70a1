; The installer for Windows, made with Inno Setup 6. Written with care and never run: no Windows machine was at hand.
;
;   iscc /DVersion=0.1.0 build_spec\windows\casebook.iss
;
; build.ps1 gives the version. It installs for the person who runs it, or for everyone when run as administrator.

#ifndef Version
  #error Say the version: iscc /DVersion=... casebook.iss
#endif

#define Bundle "..\..\build\bundle\dist\casebook"
#define Icons "..\..\build\bundle\icons"

[Setup]
; Never to change: by it a newer version finds the older one.
AppId={{6E0C5B0E-2C0B-4B8C-9C57-0A4E3B6D6E51}
AppName=Casebook
AppVersion={#Version}
AppVerName=Casebook {#Version}
AppPublisher=The Casebook authors
VersionInfoVersion={#Version}
DefaultDirName={autopf}\Casebook
DefaultGroupName=Casebook
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile=..\..\LICENSE
OutputDir=..\..\build\bundle\packages
OutputBaseFilename=casebook-{#Version}-setup
SetupIconFile={#Icons}\casebook.ico
UninstallDisplayIcon={app}\casebookw.exe
UninstallDisplayName=Casebook
Compression=lzma2
SolidCompression=yes
WizardStyle=modern
ChangesAssociations=yes
ChangesEnvironment=yes
CloseApplications=yes
RestartApplications=no

[Tasks]
Name: desktopicon; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked
Name: path; Description: "Let the command ""casebook"" be found in terminals"; Flags: unchecked

[InstallDelete]
; What an older version left in the folder of libraries must not be found by a newer one.
Type: filesandordirs; Name: "{app}\lib"

[Files]
Source: "{#Bundle}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{group}\Casebook"; Filename: "{app}\casebookw.exe"; AppUserModelID: "Casebook"
Name: "{autodesktop}\Casebook"; Filename: "{app}\casebookw.exe"; Tasks: desktopicon; AppUserModelID: "Casebook"

[Registry]
; Casebook stands under "Open with" for Word files. What opens them by default is not touched.
Root: HKA; Subkey: "Software\Classes\Applications\casebookw.exe"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "Casebook"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\casebookw.exe\SupportedTypes"; ValueType: string; ValueName: ".docx"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\casebookw.exe\shell\open\command"; ValueType: string; ValueData: """{app}\casebookw.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\Casebook.WordFile"; ValueType: string; ValueData: "Word file for Casebook"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Casebook.WordFile\DefaultIcon"; ValueType: string; ValueData: "{app}\casebookw.exe,0"
Root: HKA; Subkey: "Software\Classes\Casebook.WordFile\shell\open\command"; ValueType: string; ValueData: """{app}\casebookw.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\.docx\OpenWithProgids"; ValueType: none; ValueName: "Casebook.WordFile"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Microsoft\Windows\CurrentVersion\App Paths\casebook.exe"; ValueType: string; ValueData: "{app}\casebook.exe"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Environment"; ValueType: expandsz; ValueName: "Path"; ValueData: "{olddata};{app}"; Tasks: path; Check: IsMissingFromPath

[Run]
Filename: "{app}\casebookw.exe"; Description: "{cm:LaunchProgram,Casebook}"; Flags: nowait postinstall skipifsilent

[Code]
function IsMissingFromPath: Boolean;
var
  Paths: string;
begin
  if not RegQueryStringValue(HKCU, 'Environment', 'Path', Paths) then
    Paths := '';
  Result := Pos(';' + Uppercase(ExpandConstant('{app}')) + ';', ';' + Uppercase(Paths) + ';') = 0;
end;

procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
var
  Paths: string;
  At: Integer;
begin
  if CurUninstallStep <> usPostUninstall then
    exit;
  if not RegQueryStringValue(HKCU, 'Environment', 'Path', Paths) then
    exit;
  At := Pos(';' + Uppercase(ExpandConstant('{app}')), Uppercase(Paths));
  if At = 0 then
    exit;
  Delete(Paths, At, Length(';' + ExpandConstant('{app}')));
  RegWriteExpandStringValue(HKCU, 'Environment', 'Path', Paths);
end;
