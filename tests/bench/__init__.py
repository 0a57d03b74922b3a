"""What the house costs: pages, imports and the page reader in seconds, queries and memory; `make bench`.

It asserts nothing and pytest collects nothing here. `__main__` runs each stage of `stages` in a process
of its own, on SQLite and on PostgreSQL, and prints both side by side; `material` writes what is measured.
"""
