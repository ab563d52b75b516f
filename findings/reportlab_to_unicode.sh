#!/usr/bin/env bash
# reportlab writes values of five hexadecimal digits into ToUnicode maps: beyond the basic plane readers take another character.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PYTHONPATH="$here" PYTHONDONTWRITEBYTECODE=1
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check reportlab==5.1.0 pypdf==7.1.1 pdfminer.six==20260107 pypdfium2==5.15.2 pymupdf==2.0
python/bin/pip install --quiet --disable-pip-version-check --no-deps --target font japanize-matplotlib==1.1.3 # for IPAexGothic
python/bin/python - <<'PY'
import re
import pypdf
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas
from pdf_readers import texts

pdfmetrics.registerFont(TTFont("J", "font/japanize_matplotlib/fonts/ipaexg.ttf"))
page = canvas.Canvas("a.pdf")
page.setFont("J", 12)
page.drawString(50, 700, "𠮟る")
page.save()
font = list(pypdf.PdfReader("a.pdf").pages[0]["/Resources"]["/Font"].values())
maps = [one.get_object()["/ToUnicode"].get_data().decode() for one in font if "/ToUnicode" in one.get_object()]
values = re.findall(r"<([0-9A-F]{5,})>", maps[0])
found = texts("a.pdf")
print("version: reportlab 5.1.0; read by pypdf 7.1.1, pdfminer.six 20260107, PyMuPDF 2.0, pypdfium2 5.15.2")
print(f"behaviour: the map holds {values}; UTF-16BE (ISO 32000-1, 9.10.3) is D842DF9F")
for name, text in found.items():
    print(f"behaviour: {name}: {text!r}")
print("seen: 2026-12-01. ₹ for 𠮟 in readers that pad or cut; five digits are the code point itself..")
assert values == ["20B9F"]
assert not any("𠮟" in text for text in found.values()), found
PY
