"""Files that the tests of readers make for themselves: PDFs and web archives, sound and hostile."""

import io

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

WARC_DATE = "2019-02-03T10:00:00Z"


def page_of(words: str, head: str = "") -> bytes:
    return f"<html><head><title>{words.split('.')[0]}</title>{head}</head><body><p>{words}</p></body></html>".encode()


def warc_record(
    url: str,
    body: bytes,
    kind: str = "text/html; charset=utf-8",
    *,
    headers: str = "",
    record: str = "response",
    status: str = "200 OK",
    length: int | None = None,
) -> bytes:
    payload, content_type = body, kind
    if record == "response":
        payload = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{headers}\r\n".encode() + body
        content_type = "application/http; msgtype=response"
    head = (
        f"WARC/1.1\r\nWARC-Type: {record}\r\nWARC-Record-ID: <urn:uuid:{abs(hash(url)):032x}>\r\n"
        f"WARC-Date: {WARC_DATE}\r\nWARC-Target-URI: {url}\r\nContent-Type: {content_type}\r\n"
        f"Content-Length: {len(payload) if length is None else length}\r\n\r\n"
    )
    return head.encode() + payload + b"\r\n\r\n"


def _font() -> DictionaryObject:
    names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    return DictionaryObject({NameObject(key): NameObject(value) for key, value in names.items()})


def written(writer: PdfWriter) -> bytes:
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def pdf_with_content(
    *contents: bytes, metadata: dict[str, str] | None = None, password: str | None = None
) -> bytes:
    writer = PdfWriter()
    for content in contents:
        page = writer.add_blank_page(595, 842)
        stream = StreamObject()
        stream.set_data(content)
        page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
        fonts = DictionaryObject({NameObject("/F1"): _font()})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    if metadata:
        writer.add_metadata(metadata)
    if password is not None:
        writer.encrypt(password, "owner")
    return written(writer)


def pdf_of(*pages: list[str], **options) -> bytes:
    """Each page as its lines; an empty line leaves room."""
    contents = []
    for lines in pages:
        shown = [
            f"BT /F1 11 Tf 1 0 0 1 60 {800 - 14 * index} Tm ({words}) Tj ET"
            for index, words in enumerate(lines)
            if words
        ]
        contents.append("\n".join(shown).encode("latin-1"))
    return pdf_with_content(*contents, **options)


def pdf_with_looping_pages() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(9, 9)
    tree = writer._root_object.raw_get("/Pages")
    writer._root_object["/Pages"][NameObject("/Kids")] = ArrayObject([tree] * 3)
    return written(writer)


def pdf_with_doubling_pages(depth: int = 25) -> bytes:
    """A page tree in which every node names its child twice: 2**depth pages in two kilobytes."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    for number in range(2, 2 + depth):
        objects.append(b"<< /Type /Pages /Count 99 /Kids [%d 0 R %d 0 R] >>" % (number + 1, number + 1))
    objects.append(b"<< /Type /Page /MediaBox [0 0 9 9] >>")
    content, places = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n" % number + item + b"\nendobj\n"
    table = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % place for place in places)
    return content + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, table)
