"""Top floor: the stories, the front page, and everything that quotes the records."""
