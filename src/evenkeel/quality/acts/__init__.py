"""What people do about quality: plans, audits, experts' answers, imports."""
