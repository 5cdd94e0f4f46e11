"""Identifiers: UUIDv7, so that rows sort by the moment they were made and indexes stay compact."""

from uuid import UUID

import uuid_utils.compat


def uuid7() -> UUID:
    """A new UUIDv7 (RFC 9562) as a standard `uuid.UUID`."""
    made: UUID = uuid_utils.compat.uuid7()
    return made
