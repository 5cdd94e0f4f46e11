"""What people do: about signals, definitions and targets."""
