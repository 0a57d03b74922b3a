"""Bulk import of a roster (名册): thousands of institutions with their designations, as one source document.

`RosterImporter` is the door. The columns are those of `institutions.tables`, so what was exported imports
again without a difference.
"""

from institutions.roster.importer import RosterImporter

__all__ = ["RosterImporter"]
