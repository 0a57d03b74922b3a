"""Ground floor: settings, addresses, and what every app stands on; knows no story and no record."""
