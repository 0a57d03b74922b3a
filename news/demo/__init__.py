"""The demonstration: a site that a newcomer can read and edit, in words and pictures of the portal's own."""
