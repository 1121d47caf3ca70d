"""Bytes as a download that no cache keeps."""

from urllib.parse import quote

from django.http import HttpResponse

from canbo.dossier.files import MEDIA


def download(content: bytes, *, filename: str, media_type: str = MEDIA["docx"]) -> HttpResponse:
    """An attachment; names beyond ASCII go the way RFC 5987 says."""
    plain = filename.encode("ascii", "replace").decode().replace("?", "_").replace('"', "")
    shown = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(filename)}"
    return HttpResponse(
        content, content_type=media_type, headers={"Content-Disposition": shown, "Cache-Control": "no-store"}
    )
