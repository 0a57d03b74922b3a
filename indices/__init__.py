"""Index scores: series and their editions, what reports publish of places, and what was known when."""
