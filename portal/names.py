"""How names are compared and read aloud: one key for spellings that differ only in typesetting.

Hides the Unicode normalisation and the pinyin dictionaries.
"""

import re
import unicodedata
from functools import cache

from django.utils.text import slugify

_SPACES = re.compile(r"[\s\u200b-\u200d\u2060\ufeff]+")


def fold(name: str) -> str:
    """Return the key under which a printed name is compared.

    Width of letters, digits and brackets, case, and inner spaces make no difference; brackets
    themselves stay, because they are often part of the name (河南（郑州）中汇心血管病医院).
    """
    return _SPACES.sub("", unicodedata.normalize("NFKC", name)).casefold()


@cache
def _pinyin():
    """Load the dictionaries once, and only in a process that needs them (they take 0.3 s)."""
    import pypinyin
    from pypinyin_dict.phrase_pinyin_data import cc_cedict, large_pinyin

    large_pinyin.load()
    cc_cedict.load()
    return pypinyin


def syllables(text: str, *, is_name: bool = True) -> list[str]:
    """Return the pinyin of `text`, tones left out: 重庆 → ['chong', 'qing'].

    Polyphones are read by phrase, those of names too unless `is_name` is False. Runs of other characters
    come back as they stand.
    """
    import pypinyin

    reader = _pinyin() if is_name else pypinyin
    return reader.lazy_pinyin(unicodedata.normalize("NFKC", text))


def pinyin_slug(text: str, max_length: int = 50, *, is_name: bool = True) -> str:
    """Return a short address part for `text`: whole syllables, `[a-z0-9-]+`, or '' for no sound.

    `is_name`: the polyphones of names are looked up, in dictionaries of 300 MB; common words can do without.
    Syllables of one run of Han characters are joined (郑州日报 → zhengzhou-ribao would need a
    dictionary of words, so: zhengzhouribao); what is not Han separates.
    """
    joined = ""
    for syllable in syllables(text, is_name=is_name):
        candidate = slugify(joined + syllable)
        if len(candidate) > max_length:
            break
        joined += syllable
    return re.sub("[-_]+", "-", slugify(joined)[:max_length]).strip("-")
