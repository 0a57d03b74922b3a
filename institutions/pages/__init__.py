"""What the public pages of the register show, a module for each thing that is shown; the views stay thin."""
