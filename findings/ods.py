"""An OpenDocument spreadsheet (ODF 1.3) of one cell for the findings."""

import zipfile

def write(path, cell):
    names = {"office": "office", "table": "table", "text": "text"}
    space = " ".join(f'xmlns:{k}="urn:oasis:names:tc:opendocument:xmlns:{v}:1.0"' for k, v in names.items())
    content = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document-content {space} office:version="1.3"><office:body><office:spreadsheet><table:table table:name="A"><table:table-row><table:table-cell office:value-type="string">{cell}</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", kind)
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", manifest)
