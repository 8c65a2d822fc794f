"""What the pages of exports have in common: how far one is, and the file."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponseBase, JsonResponse
from django.utils import timezone

from ..models import DataExport
from .files import export_path
from .orders import note_fetched


def export_state_response(export: DataExport | None) -> JsonResponse:
    """Return how far an archive is. Raises Http404 where none was asked for."""
    if export is None:
        raise Http404
    return JsonResponse(
        {"state": export.state, "done": export.done, "total": export.total}
    )


def export_file_response(export: DataExport | None) -> HttpResponseBase:
    """Return the archive to who may have it. Raises Http404 where it is not there."""
    if export is None or export.state != DataExport.State.READY:
        raise Http404
    path = export_path(export.uuid)
    if not path.is_file():
        raise Http404
    now = timezone.now()
    note_fetched(export, now=now)
    day = (export.finished_at or now).date().isoformat()
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=f"tutor-data-{day}.zip",
        content_type="application/zip",
    )
