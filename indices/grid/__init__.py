"""An edition's values as a table at the desk: places in rows, dimensions in columns, saved into a draft release."""
