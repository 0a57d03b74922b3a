"""The newspaper for machines: stories, and the sections, people and topics under which they stand."""

from news.api import articles, listings
from portal.api import register


def register_all():
    """Give this floor's resources their addresses; called once when the app is ready."""
    register(articles.ARTICLES)
    for resource in listings.RESOURCES:
        register(resource)
