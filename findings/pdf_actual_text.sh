#!/usr/bin/env bash
# ActualText (ISO 32000-1, 14.9.4) says what glyphs stand for; not every reader of text asks.
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

# The two glyphs "ab" stand for 目標; " cd" stands for itself.
pdf.latin("a.pdf", b"BT /F 12 Tf 20 100 Td /Span <</ActualText <FEFF76EE6A19>>> BDC (ab) Tj EMC ( cd) Tj ET")
found = texts("a.pdf")
print("version: pypdf 7.1.1, pdfminer.six 20260107, PyMuPDF 2.0, pypdfium2 5.15.2")
for name, text in found.items():
    print(f"behaviour: {name}: {text!r}")
print("seen: 2026-12-01. Browsers write ActualText where glyphs alone do not tell the characters; the same page has two texts, by reader. The project reads it, and says so where it cannot be placed.")
assert found["MuPDF"] == found["PDFium"] == "目標 cd"
assert found["pypdf"] == found["pdfminer"] == "ab cd"
PY
