"""The demonstration's indices: a real report as far as it is known, and an invented series that is complete.

The first has ranks of eleven cities out of a hundred, an interval, a tier, no score. The second is marked as
demonstration data throughout; it has six editions with scores, ties, a break, a newcomer and a correction.
"""
