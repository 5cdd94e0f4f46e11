"""Settings of object storage: an S3-compatible service that holds media, uploads and the log."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")


@dataclass(frozen=True, kw_only=True)
class ObjectStorage:
    """Where objects lie and how they are reached. `buckets`: those from which items may name media."""

    endpoint: str
    region: str
    key_id: str
    secret: str
    buckets: tuple[str, ...]
    # Where uploads go: a bucket and a folder in it; empty: the data folder.
    uploads_bucket: str
    uploads_folder: str
    is_signed: bool
    signed_s: int

    @property
    def origins(self) -> tuple[str, ...]:
        """Where a browser is sent by a signed address, for the content security policy; empty when it never is."""
        if not self.is_signed:
            return ()
        if not self.endpoint:
            names = {*self.buckets, self.uploads_bucket} - {""}
            return tuple(
                sorted({f"https://s3.{self.region}.amazonaws.com", *(_virtual(each, self.region) for each in names)})
            )
        parts = urlsplit(self.endpoint)
        return (f"{parts.scheme}://{parts.netloc}",)


def read_objects(
    wrong: Callable[[str, str, str], Exception],
    *,
    endpoint: str,
    region: str,
    key_id: str,
    secret: str,
    buckets: tuple[str, ...],
    uploads: str,
    serve: str,
    signed_s: int,
    is_needed: bool = False,
) -> ObjectStorage | None:
    """Object storage as the environment says; None when nothing is kept in it: no media, no uploads, no log (`is_needed`)."""
    uploads_bucket, _slash, uploads_folder = uploads.removeprefix("s3://").strip("/").partition("/")
    for name, said in [("S3_BUCKETS", each) for each in buckets] + [("S3_UPLOADS", uploads_bucket)]:
        if said and not _BUCKET.fullmatch(said):
            raise wrong(name, said, "a bucket's name, small letters and digits; for uploads bucket or bucket/folder")
    if serve not in ("proxy", "signed"):
        raise wrong("S3_SERVE", serve, "proxy or signed")
    if not buckets and not uploads_bucket and not is_needed:
        return None
    if bool(key_id) != bool(secret):
        raise wrong("S3_SECRET", "(hidden)", "set together with EVENKEEL_S3_KEY_ID, or neither")
    if importlib.util.find_spec("obstore") is None:
        raise wrong(
            "S3_BUCKETS",
            ",".join(buckets),
            "unset like S3_UPLOADS and LOG_URL, or the extra installed: pip install 'evenkeel[s3]'",
        )
    return ObjectStorage(
        endpoint=endpoint,
        region=region,
        key_id=key_id,
        secret=secret,
        buckets=buckets,
        uploads_bucket=uploads_bucket,
        uploads_folder=uploads_folder,
        is_signed=serve == "signed",
        signed_s=signed_s,
    )


def _virtual(bucket: str, region: str) -> str:
    return f"https://{bucket}.s3.{region}.amazonaws.com"
