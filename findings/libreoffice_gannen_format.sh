#!/usr/bin/env bash
# LibreOffice shows a date under the format that Excel uses for 元年 ([$-ja-JP-x-gannen]) as the bare number of the day.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PYTHONPATH="$here" PYTHONDONTWRITEBYTECODE=1
command -v soffice >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends libreoffice-calc; }
python3 -c '
import xlsx
xlsx.of_number("era.xlsx", 43586, "[$-411]ggge\"年\"m\"月\"d\"日\"", "[$-ja-JP-x-gannen]ggge\"年\"m\"月\"d\"日\"")'
soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1' era.xlsx >/dev/null
mapfile -t shown < <(tr -d '"' < era.csv)
echo "version: $(soffice --version) (seen with 7.4.7 of Debian 12)"
echo "behaviour: with the locale alone: ${shown[0]}; with gannen: ${shown[1]}"
echo "seen: 2026-12-01. 2019-05-01 is 令和元年5月1日 in Excel. Such a sheet printed through LibreOffice has 43586 for its date."
[[ ${shown[0]} == 令和1年5月1日 || ${shown[0]} == 令和元年5月1日 ]]
[[ ${shown[1]} == 43586 ]]
