"""Take in a document up to the size that is kept, in memory: more never reaches a disk, and no scanner came by yet."""

from __future__ import annotations

from django.core.files.uploadhandler import MemoryFileUploadHandler, StopUpload

from compliance.documents.kind import LARGEST


class BoundedUpload(MemoryFileUploadHandler):
    """Keep files in memory while they arrive; when they become too large together, the last one is dropped."""

    activated = True
    taken = 0

    def handle_raw_input(self, *_args: object, **_options: object) -> None:
        """Take files whatever the length of the request: they are bounded as they arrive."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Add a piece; stop where it becomes too much, and let the rest go by."""
        self.taken += len(raw_data)
        if self.taken > LARGEST:
            raise StopUpload(connection_reset=False)
        super().receive_data_chunk(raw_data, start)
