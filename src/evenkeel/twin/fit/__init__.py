"""From what an installation's log holds to a scenario of its own: every number with its interval and what it rests on."""
