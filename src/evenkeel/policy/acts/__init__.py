"""What people do to policies and certifications."""
