"""Word forms for the search, which finds words that start with what was typed, and stems nothing.

A stemmer in its pipeline would stem only the index, and words typed in full would not be found. So each document of
the index has the other forms of its words in a field, `forms`, that is searched but never shown.
"""

import re

# Words of questions. The search would take each for the start of other words, such as "is" for "issue".
STOP_WORDS = (
    "a about all an and any are as at be been but by can could did do does for from had has have he her his how i if "
    "in into is it its may no not of on or our she should so than that the their them there these they this those to "
    "was we were what when where which who whom whose why will with would you your"
)


def separator(built: str) -> str:
    """Return the pattern of what separates words: that of the theme's index, and stop words.

    No `/` may follow a stop word, as it follows the first letter of `A/RES/69/188`.
    """
    words = "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in STOP_WORDS.split())
    return rf"{built}|\b(?:{words})\b(?!/)"


def forms(text: str) -> list[str]:
    """Return other regular forms of a text's English words: for `executions`, `executed` and `executing`.

    Capitalised words are taken for names and have none; forms that start a word of the text are found anyway.
    """
    words = [word for word in re.findall(r"(?<![\w/’'])[a-z]{3,}(?![\w/])", text) if word not in STOP_WORDS.split()]
    found = []
    for word in words:
        verb = re.sub(r"tentions?$", "tain", word)  # abstention, detention
        stem = re.sub(r"(?:ed|ing|es|e|(?<=[^su])s)$", "", verb)
        if noun := re.fullmatch(r"(\w+[st])ions?", verb):
            found += [noun[1] + ending for ending in ("ed", "es", "ing", "ions", "ioned", "ioning")]
        elif verb.endswith(("y", "ies")):
            found += [re.sub(r"(?:y|ies)$", ending, verb) for ending in ("y", "ied", "ies")]
        elif re.search(r"(?:al|ic|ous|ment|ance|ence|or|er)$", stem):
            found.append(stem + "s")
        else:
            found += [stem + ending for ending in ("s", "ed", "es", "ing", *(["ions"] if stem[-1:] in "st" else []))]
    return [form for form in found if not any(word.startswith(form) for word in words)]
