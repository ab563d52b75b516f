#!/usr/bin/env bash
# pdfminer.six writes kanji of names as (cid:…) into the text: those beyond the basic plane, and 﨑 of CP932.
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

pdf.japanese("rksj.pdf", "山﨑".encode("cp932"), "90ms-RKSJ-H")
pdf.japanese("utf16.pdf", "𠮟る".encode("utf-16-be"), "UniJIS-UTF16-H")
found = {f"{name}, {path}": text for path in ["rksj.pdf", "utf16.pdf"] for name, text in texts(path).items()}
print("version: pypdf 7.1.1, pdfminer.six 20260107, PyMuPDF 2.0, pypdfium2 5.15.2")
for name, text in found.items():
    print(f"behaviour: {name}: {text!r}")
print("seen: 2026-12-01. The code itself says the character, so no table of glyphs is needed. pdfplumber and other tools take their text from pdfminer.six. The project decodes by the code.")
assert found["pdfminer, rksj.pdf"] == "山(cid:8443)" and found["pdfminer, utf16.pdf"] == "(cid:13803)る"
for name in ["pypdf", "MuPDF", "PDFium"]:
    assert found[f"{name}, rksj.pdf"] == "山﨑" and found[f"{name}, utf16.pdf"] == "𠮟る", name
PY
