"""Files of items: what they are, without metadata, where they lie, how they are fetched. Knows no tables."""
