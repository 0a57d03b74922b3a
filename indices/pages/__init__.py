"""What the public pages of the indices show: one module for each page, or for what several of them share."""
