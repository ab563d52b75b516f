#!/usr/bin/env bash
# A line break within a paragraph of an OpenDocument cell (ODF 1.3 part 3, 6.1.5) is left out by calamine.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PYTHONPATH="$here" PYTHONDONTWRITEBYTECODE=1
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check python-calamine==0.9.1 pandas==3.1.1 odfpy==1.4.1
python/bin/python - <<'PY'
import ods, pandas, python_calamine

ods.write("a.ods", "<text:p>待ち時間10<text:line-break/>5分以内</text:p>")
calamine = python_calamine.CalamineWorkbook.from_path("a.ods").get_sheet_by_index(0).to_python()[0][0]
odfpy = pandas.read_excel("a.ods", engine="odf", header=None).iat[0, 0]
print("version: python-calamine 0.9.1, pandas 3.1.1 with odfpy 1.4.1")
print(f"behaviour: calamine {calamine!r}, pandas {odfpy!r}")
print("seen: 2026-12-01. Two lines become one, and two numbers one number: 105. Paragraphs of a cell are kept apart."
      " The project reads the elements itself.")
assert calamine == "待ち時間105分以内"
assert odfpy == "待ち時間10\n5分以内"
PY
