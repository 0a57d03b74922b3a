"""First floor: designated institutions. Imports portal only."""
