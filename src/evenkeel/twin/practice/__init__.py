"""What a programme keeps beside deciding and auditing: prices, targets, golden items, second audits, sessions, deliveries."""
