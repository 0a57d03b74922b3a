"""First floor: index scores. Imports portal only."""
