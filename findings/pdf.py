"""Small valid PDFs (ISO 32000-1) for the findings: one page, one font that is not embedded."""


def stream(data):
    return b"<</Length %d>>\nstream\n%s\nendstream" % (len(data), data)


def write(path, content, *font):
    """A page with this content; the objects of its font are numbered from 5."""
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", page, stream(content), *font]
    data, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, value in enumerate(objects, 1):
        places.append(len(data))
        value = value if isinstance(value, bytes) else value.encode()
        data += b"%d 0 obj\n%s\nendobj\n" % (number, value)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    with open(path, "wb") as file:
        file.write(data)


def japanese(path, codes, encoding):
    """A line of these codes in a Japanese font under a predefined map (ISO 32000-1, 9.7.5.2)."""
    content = b"BT /F 12 Tf 20 100 Td <%s> Tj ET" % codes.hex().encode()
    write(
        path, content,
        f"<</Type/Font/Subtype/Type0/BaseFont/Ryumin-Light/Encoding/{encoding}/DescendantFonts[6 0 R]>>",
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/Ryumin-Light/FontDescriptor 7 0 R"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 6>>>>",
        "<</Type/FontDescriptor/FontName/Ryumin-Light/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0"
        "/Ascent 800/Descent -200/CapHeight 700/StemV 80>>",
    )


def latin(path, content):
    """A page in Helvetica."""
    write(path, content, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
