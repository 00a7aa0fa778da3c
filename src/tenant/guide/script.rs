//! The one PowerShell script that makes every file.

use super::EXPORT_STEPS;

/// The line that signs in: the module is `Microsoft.Graph.Authentication`, and the token ends with the session.
pub const CONNECT: &str = "Connect-MgGraph -NoWelcome -ContextScope Process -Scopes LicenseAssignment.Read.All,User.Read.All,\
RoleManagement.Read.Directory,RoleEligibilitySchedule.Read.Directory,RoleAssignmentSchedule.Read.Directory,\
GroupMember.Read.All,RoleManagementPolicy.Read.Directory";

/// The line that makes the folder of the files and goes there.
const FOLDER: &str = "New-Item -ItemType Directory -Force licit-exports | Set-Location";

/// The function that gives the pages of a list as they come.
///
/// The address has no host, so that it asks the cloud that was connected to. The next page is cut out of the text, as
/// `ConvertFrom-Json` of Windows PowerShell refuses more than 2,097,152 characters, which 999 accounts with their plans
/// are (the default of `JavaScriptSerializer.MaxJsonLength`).
pub const READ_PAGES: &[&str] = &[
    "function Read-Pages($Request) {",
    "  $next = \"v1.0/$Request\"",
    "  while ($next) {",
    "    $json = Invoke-MgGraphRequest -Uri $next -OutputType Json -ErrorAction Stop; $json",
    "    $next = if ($json -match '\"@odata\\.nextLink\":\\s*\"([^\"]+)\"') { [regex]::Unescape($Matches[1]) }",
    "  }",
    "}",
];

/// The function that writes a list page by page: a tenant of any size needs no more memory than one page.
///
/// A list that is refused, as those of a tenant without the license are, is warned of, and the next one is asked for.
pub const SAVE_PAGES: &[&str] = &[
    "function Save-Pages($Name, $Request) {",
    "  $page = 1",
    "  try { Read-Pages $Request | ForEach-Object { $_ | Out-File -Encoding utf8 (\"$Name-{0:d4}.json\" -f $page++) } }",
    "  catch { Write-Warning \"${Name}: $_\" }",
    "}",
];

/// The whole script, line by line.
///
/// ```
/// let script = licit::tenant::script();
/// assert!(script.iter().any(|line| line.starts_with("Save-Pages users ")));
/// ```
pub fn script() -> Vec<String> {
    let first = [CONNECT, FOLDER].into_iter();
    let functions = READ_PAGES.iter().chain(SAVE_PAGES).copied();
    let steps = EXPORT_STEPS.iter().flat_map(|step| {
        let lines = step.powershell.iter().map(|line| (*line).to_owned());
        std::iter::once(format!("# {}", step.title)).chain(lines)
    });
    first
        .chain(functions)
        .map(str::to_owned)
        .chain(steps)
        .collect()
}
