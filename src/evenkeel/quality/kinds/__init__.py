"""What quality has kinds of: layers of sampling plans, importers. One file a kind."""
