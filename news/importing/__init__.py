"""From a page's text to drafts: the verb (`drafting`) and its screens at the desk."""
