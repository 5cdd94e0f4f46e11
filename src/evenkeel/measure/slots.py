"""What this room hangs into the pages of rooms below."""
