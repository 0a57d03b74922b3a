"""Short texts of few different characters, so that made-up questions are often in them."""

from hypothesis import strategies as st

ALPHABET = "郑州数字治理鄭１1a５G， 。·-𠮷é"

stories = st.text(ALPHABET, max_size=30)
questions = st.text(ALPHABET, min_size=1, max_size=4)
