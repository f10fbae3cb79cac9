"""Pictures of lessons. The pages that show courses belong to the learning room."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from bilik.catalog import queries

_FOR_EVER = "public, max-age=31536000, immutable"


@require_GET
def picture(request: HttpRequest, digest: str, name: str) -> HttpResponse:
    """A picture by its content's digest: it can never change, so a device keeps it. An SVG may not run anything."""
    found = queries.picture(digest, name)
    if found is None:
        raise Http404
    content, media_type = found
    response = HttpResponse(content, content_type=media_type)
    response["Cache-Control"] = _FOR_EVER
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
