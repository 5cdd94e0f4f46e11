"""Files of items: served in whole or in ranges, as what they are and nothing else."""

from __future__ import annotations

import re
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from evenkeel.ground.errors import NotFound
from evenkeel.ground.objects import ObjectTrouble, signed_address
from evenkeel.ground.pages import PageRequest, page

from ..media.kinds import FILE_KINDS, Unusable
from ..media.serving import may_be_signed, source_of
from ..queries.media import media_for

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


@require_safe
@page(gettext_lazy("File"))
def media(request: PageRequest, media_id: UUID) -> HttpResponseBase:
    """A stored file. `proof` comes with the item that shows it."""
    found = media_for(request.actor, media_id, proof=request.GET.get("proof", ""))
    # Nobody took the metadata out of a picture in somebody else's bucket: it always comes through here.
    if may_be_signed(found):
        answer: HttpResponseBase = HttpResponseRedirect(signed_address(found.address))
        answer["Cache-Control"] = "no-store"
        return answer
    try:
        size, read = source_of(found)
    except (ObjectTrouble, Unusable) as trouble:
        raise NotFound(_("The file is not there any more.")) from trouble
    first, last = 0, size - 1
    status = 200
    said = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if said and (said[1] or said[2]):
        first = int(said[1]) if said[1] else max(0, size - int(said[2]))
        last = min(last, int(said[2])) if said[1] and said[2] else last
        status = 206
    if first > last:
        answer = HttpResponse(status=416)
        answer["Content-Range"] = f"bytes */{size}"
    elif request.method == "HEAD":
        answer = HttpResponse(status=status)
    else:
        answer = StreamingHttpResponse(read(first, last - first + 1), status=status)
    if status == 206 and first <= last:
        answer["Content-Range"] = f"bytes {first}-{last}/{size}"
    if first <= last:
        answer["Content-Length"] = str(last - first + 1)
    answer["Accept-Ranges"] = "bytes"
    kind = FILE_KINDS[found.content_type]
    answer["Content-Type"] = kind.content_type
    answer["Content-Disposition"] = f'inline; filename="{found.pk}.{kind.suffix}"'
    # Opened by itself it can do nothing, whatever a browser takes it for.
    answer["Content-Security-Policy"] = (
        "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'none'; sandbox"
    )
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
