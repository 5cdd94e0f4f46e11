"""Reading files that came from outside, as streams: whatever is wrong with one is said with its row, its byte and the fix."""
