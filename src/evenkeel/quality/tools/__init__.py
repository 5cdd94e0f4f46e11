"""Reading what other tools decided, reviewed and timed: mapping rows to facts, checking them, writing them once."""
