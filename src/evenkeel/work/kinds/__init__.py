"""What can be decided about (`items/`) and how one may answer (`answers/`): one file a kind."""
