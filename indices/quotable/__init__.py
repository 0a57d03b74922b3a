"""What stories and places' pages quote of the indices: statements, rankings, cards and comparisons by reference."""
