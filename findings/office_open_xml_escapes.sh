#!/usr/bin/env bash
# A carriage return in a shared string stands as _x000D_ (ECMA-376-1 §22.9.2.19); only some readers turn it back.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PYTHONPATH="$here" PYTHONDONTWRITEBYTECODE=1
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1 xlsx2csv==0.8.6
npm install --silent --no-audit --no-fund --prefix . xlsx@0.18.5 >/dev/null
cat > sheetjs.js <<'JS'
console.log(JSON.stringify(require("xlsx").readFile("a.xlsx").Sheets.A.A1.v));
JS
python/bin/python - <<'PY'
import json, subprocess, xlsx
import openpyxl, python_calamine

xlsx.of_strings("a.xlsx", '<si><t xml:space="preserve">予約制を試す。_x000D_\n案内板を直す。</t></si>')
run = lambda *words: subprocess.run(words, check=True, capture_output=True, text=True).stdout
found = {
    "openpyxl": openpyxl.load_workbook("a.xlsx").active["A1"].value,
    "calamine": python_calamine.CalamineWorkbook.from_path("a.xlsx").get_sheet_by_index(0).to_python()[0][0],
    "SheetJS": json.loads(run("node", "sheetjs.js")),
    "xlsx2csv": run("python/bin/xlsx2csv", "a.xlsx"),
}
print("version: openpyxl 3.1.5, python-calamine 0.9.1, SheetJS 0.18.5, xlsx2csv 0.8.6")
for name, text in found.items():
    print(f"behaviour: {name}: {text!r}")
print("seen: 2026-12-01. The letters _x000D_ end lines in one tool's tables, a carriage return in another's, nothing in a"
      " third's. The project turns both into a line break.")
assert found["openpyxl"] == "予約制を試す。_x000D_\n案内板を直す。"
assert found["calamine"] == found["SheetJS"] == "予約制を試す。\r\n案内板を直す。"
assert "_x000D_" not in found["xlsx2csv"] and "\n案内板" in found["xlsx2csv"]
PY
