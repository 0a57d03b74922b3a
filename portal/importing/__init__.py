"""From an uploaded table to rows: upload, preview of what would change, confirmation; all or nothing.

Knows the two steps, what is kept between them, and that what is applied is what was shown. What a table
means is its `Importer`'s; each floor above has its own.
"""

from portal.importing.importers import Importer, Upload, carry_out
from portal.importing.plans import Plan, RowChange
from portal.importing.views import import_addresses

__all__ = ["Importer", "Plan", "RowChange", "Upload", "carry_out", "import_addresses"]
