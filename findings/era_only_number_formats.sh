#!/usr/bin/env bash
# A date whose format shows only era and year (ECMA-376-1 §18.8.31: g, e) is read as a bare number.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PYTHONPATH="$here" PYTHONDONTWRITEBYTECODE=1
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1
npm install --silent --no-audit --no-fund --prefix . xlsx@0.18.5 exceljs@4.4.0 >/dev/null
cat > sheetjs.js <<'JS'
const sheet = require("xlsx").readFile("era.xlsx").Sheets.A;
console.log(JSON.stringify([sheet.A1.w, sheet.A2.w]));
JS
cat > exceljs.js <<'JS'
const book = new (require("exceljs").Workbook)();
book.xlsx.readFile("era.xlsx").then(() => {
  const sheet = book.worksheets[0];
  console.log(JSON.stringify([sheet.getCell("A1").value, sheet.getCell("A2").value]));
});
JS
python/bin/python - <<'PY'
import datetime, json, subprocess, xlsx
import openpyxl, python_calamine

# 46113 is 2026-04-01; Excel shows 令和8年 and 令和8年4月1日.
xlsx.of_number("era.xlsx", 46113, '[$-411]ggge"年"', '[$-411]ggge"年"m"月"d"日"')
sheet = openpyxl.load_workbook("era.xlsx").active
found = {
    "openpyxl": [sheet["A1"].value, sheet["A2"].value],
    "calamine": [row[0] for row in python_calamine.CalamineWorkbook.from_path("era.xlsx").get_sheet_by_index(0).to_python()],
}
for name in ["sheetjs", "exceljs"]:
    found[name] = json.loads(subprocess.run(["node", f"{name}.js"], check=True, capture_output=True, text=True).stdout)
print("version: openpyxl 3.1.5, python-calamine 0.9.1, SheetJS 0.18.5, exceljs 4.4.0")
for name, values in found.items():
    print(f"behaviour: {name}: {values}")
print("seen: 2026-12-01. A column of years in eras becomes numbers of days, or western years with letters before them;"
      " with month and day in the format the same readers give dates. The project formats numbers itself.")
assert found["openpyxl"] == [46113, datetime.datetime(2026, 4, 1)]
assert found["calamine"] == [46113, datetime.date(2026, 4, 1)]
assert found["exceljs"] == [46113, "2026-04-01T00:00:00.000Z"]
assert found["sheetjs"] == ["ggg2026年", "ggg2026年4月1日"]
PY
