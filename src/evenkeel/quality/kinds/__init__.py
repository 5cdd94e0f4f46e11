"""Catalogues of this room, one file a kind."""
