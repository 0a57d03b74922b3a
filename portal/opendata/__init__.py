"""Whole datasets for everyone: the catalogue, its pages and files, and versions that are the same bytes for ever.

`datasets` is what floors register, `dumps` how a version is made and its checksum kept.
"""
