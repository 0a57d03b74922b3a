"""The desk's way of a release: from a draft to what readers see, and back by one correction."""
