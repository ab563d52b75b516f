#!/usr/bin/env bash
# pypdf takes the codes of the predefined maps H and EUC-H for UTF-16: other characters, and only a line in the log.
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

# ISO 32000-1, table 118: H takes JIS X 0208 codes, EUC-H takes EUC-JP.
codes = "目標".encode("euc_jp")
pdf.japanese("h.pdf", bytes(byte & 0x7F for byte in codes), "H")
pdf.japanese("euc.pdf", codes, "EUC-H")
found = {f"{name}, {path}": text for path in ["h.pdf", "euc.pdf"] for name, text in texts(path).items()}
print("version: pypdf 7.1.1, pdfminer.six 20260107, PyMuPDF 2.0, pypdfium2 5.15.2")
for name, text in found.items():
    print(f"behaviour: {name}: {text!r}")
print("seen: 2026-12-01. Kanji for kanji: nothing in the text shows that it is wrong. The project has the maps, and compares characters with an independent reader in its tests.")
assert found["pypdf, h.pdf"] == "䱜䤸" and found["pypdf, euc.pdf"] not in ("目標", "")
for name in ["pdfminer", "MuPDF", "PDFium"]:
    assert found[f"{name}, h.pdf"] == found[f"{name}, euc.pdf"] == "目標", name
PY
