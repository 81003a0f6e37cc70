# Installs asbdesk into .venv beside this folder, then starts it. Windows 10 and 11, PowerShell 5 or newer.
#   powershell -ExecutionPolicy Bypass -File installer\run.ps1
# Nothing is asked of the network but the package indexes this computer is set up to use. Quick the second time.
$ErrorActionPreference = 'Stop'
$root = Split-Path -Parent $PSScriptRoot
$venv = Join-Path $root '.venv'
$inside = Join-Path $venv 'Scripts\python.exe'
$lock = Join-Path $PSScriptRoot 'requirements.lock'
$stamp = Join-Path $venv 'asbdesk.stamp'

function Say($words) { Write-Host "asbdesk: $words" }
function Stop-Here($words) { [Console]::Error.WriteLine("asbdesk: $words"); exit 1 }

# A Python that is new enough: the py launcher's, the one on the path, or (after asking) one from winget.
function Find-Python {
    $test = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))'
    foreach ($candidate in @(@('py', '-3'), @('python'), @('python3'))) {
        $command = $candidate[0]
        $rest = @($candidate | Select-Object -Skip 1)
        if (Get-Command $command -ErrorAction SilentlyContinue) {
            $ErrorActionPreference = 'SilentlyContinue'
            & $command @rest -c $test 2>$null | Out-Null
            $right = $LASTEXITCODE -eq 0
            $ErrorActionPreference = 'Stop'
            if ($right) { return $candidate }
        }
    }
    return @()
}

function Get-Stamp {
    $text = (Get-FileHash $lock).Hash + (Get-FileHash $PSCommandPath).Hash +
        (Get-FileHash (Join-Path $root 'pyproject.toml')).Hash + $root
    return $text
}

if (-not ((Test-Path $stamp) -and (Test-Path $inside) -and ((Get-Content $stamp -Raw).Trim() -eq (Get-Stamp)))) {
    $python = @(Find-Python)
    if ($python.Count -eq 0) {
        if (-not (Get-Command winget -ErrorAction SilentlyContinue)) {
            Stop-Here 'needs Python 3.11 or newer. Install it, then start this again.'
        }
        $answer = Read-Host 'asbdesk needs Python 3.11 or newer. Install Python 3.13 for you with winget? [y/n]'
        if ($answer -ne 'y') { Stop-Here 'stopped: without Python asbdesk cannot run.' }
        & winget install --id Python.Python.3.13 --exact --scope user --silent
        $env:Path = [Environment]::GetEnvironmentVariable('Path', 'User') + ';' + $env:Path
        $python = @(Find-Python)
        if ($python.Count -eq 0) { Stop-Here 'Python was installed but is not found yet: open a new window and start this again.' }
    }
    if (-not (Test-Path $inside)) {
        Say "making an environment in $venv"
        $command = $python[0]
        $rest = @($python | Select-Object -Skip 1)
        & $command @rest -m venv $venv
        if ($LASTEXITCODE -ne 0) { Stop-Here "the environment could not be made in $venv." }
    }
    Say 'installing the dependencies named in installer\requirements.lock, each checked against its hash'
    & $inside -m pip install -qq --disable-pip-version-check --no-input --require-hashes --only-binary :all: -r $lock
    if ($LASTEXITCODE -ne 0) { Stop-Here 'the dependencies could not be installed. Is there a connection? Then start this again.' }
    & $inside -m pip install -qq --disable-pip-version-check --no-input --no-deps --no-index --no-build-isolation --editable $root
    if ($LASTEXITCODE -ne 0) { Stop-Here 'asbdesk itself could not be installed.' }
    Set-Content -Path $stamp -Value (Get-Stamp)
}

& $inside -m asbdesk @args
exit $LASTEXITCODE
