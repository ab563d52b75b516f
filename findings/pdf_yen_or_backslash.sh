#!/usr/bin/env bash
# The byte 5C under the predefined map 90ms-RKSJ-H is ¥ to some readers and a backslash to others.
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

pdf.japanese("a.pdf", b"\\1000", "90ms-RKSJ-H")
found = texts("a.pdf")
print("version: pypdf 7.1.1, pdfminer.six 20260107, PyMuPDF 2.0, pypdfium2 5.15.2")
for name, text in found.items():
    print(f"behaviour: {name}: {text!r}")
print("seen: 2026-12-01. The glyph (Adobe-Japan1 CID 291) is a yen sign, the code in CP932 a backslash: by the glyph it is an amount, by the code a path. Two readings of one file differ in each amount.")
assert found["MuPDF"].replace(" ", "") == found["PDFium"] == "¥1000"
assert found["pypdf"] == found["pdfminer"] == "\\1000"
PY
