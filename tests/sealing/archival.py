"""What PDF/A-3u (ISO 19005-3) asks for and can be seen without drawing a page.

No checker of the whole standard is on the package index, so this one looks at what breaks an archive in practice:
faces, colours, metadata, scripts, locks.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

_FORBIDDEN_ACTIONS = {"/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/JavaScript", "/Trans"}
_FORBIDDEN_NOTES = {"/3D", "/Sound", "/Screen", "/Movie"}
_CMYK = re.compile(rb"(?<![\w./])(?:-?[\d.]+\s+){4}[kK](?![\w])")
_HIDDEN, _PRINTED = 0b100011, 0b100  # invisible, hidden, out of view


def faults(content: bytes) -> list[str]:
    """Return what keeps a file from being the archive it should be; nothing when all is well."""
    found = list(_of_the_file(content))
    with pikepdf.open(BytesIO(content)) as document:
        found += [*_of_the_catalog(document), *_of_the_metadata(document)]
        for each in document.objects:
            if isinstance(each, Stream):
                found += _of_a_stream(each)
            if isinstance(each, Dictionary | Stream):
                found += [*_of_a_face(each), *_of_an_action(each), *_of_a_note(each)]
    return sorted(set(found))


def _of_the_file(content: bytes) -> Iterator[str]:
    first, second = content.split(b"\n", 2)[:2]
    if not re.fullmatch(rb"%PDF-1\.[4-7]\r?", first):
        yield "version"
    if second[:1] != b"%" or len([byte for byte in second[1:5] if byte > 127]) < 4:
        yield "binary mark"


def _of_the_catalog(document: pikepdf.Pdf) -> Iterator[str]:
    root = document.Root
    if document.is_encrypted:
        yield "encrypted"
    if len(document.trailer.get("/ID", ())) != 2:
        yield "identifier"
    intents = [each for each in root.get("/OutputIntents", ()) if each.get("/S") == "/GTS_PDFA1"]
    profiles = [each.get("/DestOutputProfile") for each in intents]
    if len(profiles) != 1 or not isinstance(profiles[0], Stream) or int(profiles[0].N) != 3:
        yield "output intent"
    elif profiles[0].read_bytes()[36:40] != b"acsp":
        yield "colour profile"
    if "/AA" in root or any("/AA" in page for page in document.pages):
        yield "additional actions"
    if "/JavaScript" in root.get("/Names", {}):
        yield "script"
    form: Any = root.get("/AcroForm", {})
    if "/XFA" in form or bool(form.get("/NeedAppearances", False)):
        yield "form"
    for file in root.get("/AF", ()):
        if "/AFRelationship" not in file:
            yield "attachment without a relationship"


def _of_the_metadata(document: pikepdf.Pdf) -> Iterator[str]:
    if "/Metadata" not in document.Root:
        yield "no metadata"
        return
    with document.open_metadata(set_pikepdf_as_editor=False) as metadata:
        if (metadata.get("pdfaid:part"), metadata.get("pdfaid:conformance")) != ("3", "U"):
            yield "not declared"
        title = document.docinfo.get("/Title")
        if title is not None and str(title) != metadata.get("dc:title"):
            yield "two titles"


def _of_a_stream(stream: Stream) -> Iterator[str]:
    if "/F" in stream and stream.get("/Type") != "/EmbeddedFile":
        yield "content outside of the file"
    filters = stream.get("/Filter", ())
    if "/LZWDecode" in ([filters] if isinstance(filters, Name) else list(filters)):
        yield "LZW"
    if stream.get("/Subtype") == "/PS" or "/OPI" in stream or "/Alternates" in stream:
        yield "PostScript or alternates"
    if stream.get("/Subtype") == "/Image" and bool(stream.get("/Interpolate", False)):
        yield "interpolated picture"
    if stream.get("/ColorSpace") == "/DeviceCMYK":
        yield "CMYK"
    is_drawn = stream.get("/Subtype") == "/Form" or not {"/Type", "/Subtype", "/Length1", "/N"} & set(stream.keys())
    if is_drawn and _CMYK.search(stream.read_bytes()):
        yield "CMYK"


def _of_a_face(item: Any) -> Iterator[str]:
    if item.get("/Type") == "/FontDescriptor" and not {"/FontFile", "/FontFile2", "/FontFile3"} & set(item.keys()):
        yield "face not embedded"
    if item.get("/Type") != "/Font":
        return
    if item.get("/Subtype") in ("/CIDFontType0", "/CIDFontType2"):
        if "/FontDescriptor" not in item or "/CIDSystemInfo" not in item:
            yield "face not described"
        if item.Subtype == "/CIDFontType2" and "/CIDToGIDMap" not in item:
            yield "face without a map of glyphs"
        return
    if "/ToUnicode" not in item and item.get("/Encoding") not in ("/WinAnsiEncoding", "/MacRomanEncoding"):
        yield "text without characters"
    if item.get("/Subtype") != "/Type0" and item.get("/Subtype") != "/Type3" and "/FontDescriptor" not in item:
        yield "face not embedded"


def _of_an_action(item: Any) -> Iterator[str]:
    action = item.get("/A")
    if isinstance(action, Dictionary) and str(action.get("/S", "")) in _FORBIDDEN_ACTIONS:
        yield f"action {action.S}"
    if "/JS" in item:
        yield "script"


def _of_a_note(item: Any) -> Iterator[str]:
    if "/Rect" not in item or not isinstance(item.get("/Rect"), Array) or "/Subtype" not in item:
        return
    kind, flags = str(item.Subtype), int(item.get("/F", 0))
    if kind in _FORBIDDEN_NOTES:
        yield f"note {kind}"
    if kind == "/Popup":
        return
    if not flags & _PRINTED or flags & _HIDDEN:
        yield "note not printed"
    is_empty = [float(item.Rect[n]) for n in (0, 1)] == [float(item.Rect[n]) for n in (2, 3)]
    if kind != "/Link" and not is_empty and "/N" not in item.get("/AP", {}):
        yield "note without a picture"
