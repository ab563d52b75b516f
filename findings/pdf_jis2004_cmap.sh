#!/usr/bin/env bash
# MuPDF as packaged for Python lacks the predefined map UniJIS2004-UTF16-H (ISO 32000-2, table 116) and gives bytes as letters.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PYTHONPATH="$here" PYTHONDONTWRITEBYTECODE=1
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check pypdf==7.1.1 pdfminer.six==20260107 pypdfium2==5.15.2 pymupdf==2.0
python/bin/python - <<'PY'
import pdf
from pdf_readers import texts

pdf.japanese("a.pdf", "辻目標".encode("utf-16-be"), "UniJIS2004-UTF16-H")
found = texts("a.pdf")
print("version: pypdf 7.1.1, pdfminer.six 20260107, PyMuPDF 2.0, pypdfium2 5.15.2")
for name, text in found.items():
    print(f"behaviour: {name}: {text!r}")
print("seen: 2026-12-01. The codes of this map are UTF-16 and need no table to be read. The project decodes every Uni* map so.")
assert found["pypdf"] == found["PDFium"] == "辻目標"
assert "辻" not in found["MuPDF"] and "目" not in found["MuPDF"] and found["MuPDF"]
PY
