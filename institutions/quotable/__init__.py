"""What stories quote of the register by reference: lists with both counts, cards, answers; many in one set of queries."""
