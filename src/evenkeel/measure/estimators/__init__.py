"""How a figure comes from what the roll-ups hold: one small base class a way of estimating."""
