"""What four PDF readers give as the text of a page."""

import logging
from pdfminer.high_level import extract_text
import pymupdf, pypdf, pypdfium2

logging.disable()

def texts(path):
    return {
        "pypdf": pypdf.PdfReader(path).pages[0].extract_text().strip(),
        "pdfminer": extract_text(path).strip(),
        "MuPDF": pymupdf.open(path)[0].get_text().strip(),
        "PDFium": pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range().strip(),
    }
