"""Site, API, command line, client and admin: puts the rooms' pages and routes together; holds no rule."""
