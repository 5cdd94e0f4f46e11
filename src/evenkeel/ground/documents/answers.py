"""A document as the answer to a request."""

from __future__ import annotations

from django.http import HttpResponse

from .blocks import Document
from .pdf import to_pdf
from .slides import to_pptx

_TYPES = {
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


def as_file(document: Document, *, name: str, file_format: str | None) -> HttpResponse:
    """The document to be kept: slides where the format is "pptx", otherwise a PDF. `name` goes without its ending."""
    kind = "pptx" if file_format == "pptx" else "pdf"
    content = (to_pptx if kind == "pptx" else to_pdf)(document)
    answer = HttpResponse(content, content_type=_TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
