"""A made-up app of the tests: the smallest concrete models on the kernel's abstract ones."""
