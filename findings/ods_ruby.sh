#!/usr/bin/env bash
# A word with its reading in an OpenDocument cell (ODF 1.3 part 3, 6.4: text:ruby) is glued to it, or lost.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PYTHONPATH="$here" PYTHONDONTWRITEBYTECODE=1
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check python-calamine==0.9.1 pandas==3.1.1 odfpy==1.4.1 pyexcel-ods3==0.6.1
python/bin/python - <<'PY'
import ods, pandas, pyexcel_ods3, python_calamine

ods.write("a.ods", "<text:p><text:ruby><text:ruby-base>靱</text:ruby-base><text:ruby-text>じん</text:ruby-text></text:ruby>性を高める</text:p>")
found = {
    "calamine": python_calamine.CalamineWorkbook.from_path("a.ods").get_sheet_by_index(0).to_python()[0][0],
    "pandas with odfpy": pandas.read_excel("a.ods", engine="odf", header=None).iat[0, 0],
    "pyexcel-ods3": pyexcel_ods3.get_data("a.ods")["A"][0][0],
}
print("version: python-calamine 0.9.1, pandas 3.1.1, odfpy 1.4.1, pyexcel-ods3 0.6.1")
for name, text in found.items():
    print(f"behaviour: {name}: {text!r}")
print("seen: 2026-12-01. No reader gives 靱性を高める; the word is not found by a search. The project keeps readings apart.")
assert found == {"calamine": "靱じん性を高める", "pandas with odfpy": "靱じん性を高める", "pyexcel-ods3": "性を高める"}
PY
