"""Files as offices send them, built here so that one sees what is in them; that of Excel 97 lies beside."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

EXCEL_97 = Path(__file__).with_name("excel97.xls")
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
HEADINGS = (
    "公司名称",
    "联系人",
    "手机",
    "邮箱",
    "省份",
    "城市",
    "嘉宾类型",
    "签约意向",
    "带头签约",
    "业务员",
    "随行人数",
    "备注",
)
GUESTS = (
    (
        "杭州永发商贸有限公司",
        "单小雨",
        "13812345678",
        "yufa@example.com",
        "浙江",
        "杭州",
        "经销商",
        "已谈妥",
        "是",
        "王磊",
        "2",
        "",
    ),
    (
        "宁波海丰贸易有限公司",
        "曾国强",
        "+86 139-0000-1111",
        "",
        "浙江",
        "宁波",
        "经销商",
        "意向明确",
        "",
        "王磊",
        "",
        "要两间房",
    ),
    (
        "钱江晚报",
        "区少芳",
        "１３６００００２２２２",
        "news@example.com",
        "浙江",
        "杭州",
        "媒体",
        "",
        "",
        "",
        "",
        "",
    ),
)


def workbook(rows: Sequence[Sequence[object]], *, name: str = "客户名单", above: Sequence[str] = ()) -> bytes:
    """An .xlsx with these rows on its first sheet, `above` standing as title rows over them."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet(name)
    for number, title in enumerate(above):
        sheet.merge_range(number, 0, number, 5, title)
    for number, row in enumerate(rows, len(above)):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    book.close()
    return target.getvalue()


def guest_list(*, above: Sequence[str] = ()) -> bytes:
    return workbook([HEADINGS, *GUESTS], above=above)


def guest_csv(encoding: str = "gb18030", delimiter: str = ",") -> bytes:
    return "\r\n".join(delimiter.join(row) for row in (HEADINGS, *GUESTS)).encode(encoding)


def merged() -> bytes:
    """One company over two contacts, its cell merged."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["公司", "联系人"])
    sheet.merge_range(1, 0, 2, 0, "永发商贸")
    sheet.write(1, 1, "张三")
    sheet.write(2, 1, "李四")
    sheet.write_row(3, 0, ["海丰贸易", "王五"])
    book.close()
    return target.getvalue()


def several_sheets() -> bytes:
    """An empty first sheet, the list on the second, something else on the third, and a hidden one."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.add_worksheet("说明")
    book.add_worksheet("名单").write(0, 0, "公司")
    book.add_worksheet("其他").write(0, 0, "x")
    hidden = book.add_worksheet("密")
    hidden.write(0, 0, "secret")
    hidden.hide()
    book.close()
    return target.getvalue()


def sparse_bomb() -> bytes:
    """Two cells at opposite corners: five kilobytes that a parser would lay out as a grid of 17 billion."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write(0, 0, "a")
    sheet.write(1_048_575, 16_383, "b")
    book.close()
    return target.getvalue()


def with_parts(data: bytes, **parts: bytes) -> bytes:
    """The zip file with further parts; the names are written with "__" for a slash and "_" for a dot."""
    target = io.BytesIO(data)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return target.getvalue()


def macro_workbook() -> bytes:
    return with_parts(guest_list(), xl__vbaProject_bin=b"\0" * 64)


def zip_bomb() -> bytes:
    return with_parts(guest_list(), xl__worksheets__more_xml=b" " * (201 * 1024 * 1024))


def encrypted_workbook() -> bytes:
    """As much of an encrypted .xlsx as tells it apart: an OLE file with a stream of that name."""
    return OLE + b"\0" * 1016 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 480


def web_page() -> bytes:
    return "<html><body><table><tr><td>公司</td></tr></table></body></html>".encode()


def open_document() -> bytes:
    """An .ods as LibreOffice writes it, cut down to what matters."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for row in (HEADINGS, *GUESTS)
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{office}:office:1.0" '
        f'xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="客户">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{office}:manifest:1.0"/>',
        )
    return target.getvalue()
