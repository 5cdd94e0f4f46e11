"""The twin at full width: whole days of work as columns, straight into the log, with the truth kept beside."""
