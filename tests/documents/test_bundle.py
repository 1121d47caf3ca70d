"""Many papers as one zip."""

import io
import zipfile

from canbo.documents.bundle import to_zip


def names(content: bytes) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(content)).namelist()


def test_two_of_one_name_are_both_kept():
    content = to_zip([("An.docx", b"1"), ("an.docx", b"2"), ("An.docx", b"3")])
    assert names(content) == ["An.docx", "an (2).docx", "An (3).docx"]
    assert zipfile.ZipFile(io.BytesIO(content)).read("An (3).docx") == b"3"


def test_names_hold_no_path():
    assert names(to_zip([("../../etc/Bình:1.docx", b"")])) == ["-..-etc-Bình-1.docx"]


def test_same_files_give_the_same_bytes():
    assert to_zip([("An.docx", b"1")]) == to_zip([("An.docx", b"1")])
