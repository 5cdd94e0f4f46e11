"""What quality has kinds of: layers of sampling plans. One file a kind."""
