"""Words as the search compares them: it finds the words that begin with what was typed, and stems nothing.

A stemmer in its pipeline would stem the index alone, and words typed in full would not be found. So each document of
the index has the other forms of its words in a field, `forms`, that is searched and never shown.
"""

import re

# Words of questions. The search would take each for the beginning of others, as "is" of "issue".
STOP_WORDS = (
    "a about all an and any are as at be been but by can could did do does for from had has have he her his how i if "
    "in into is it its may no not of on or our she should so than that the their them there these they this those to "
    "was we were what when where which who whom whose why will with would you your"
)


def separator(built: str) -> str:
    """Return the pattern of what stands between two words: that of the theme's index, and stop words.

    Behind a stop word stands no `/`, as behind the first letter of `A/RES/69/188`.
    """
    words = "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in STOP_WORDS.split())
    return rf"{built}|\b(?:{words})\b(?!/)"


def forms(text: str) -> list[str]:
    """Return the other regular forms of a text's English words: of `executions` also `executed` and `executing`.

    Names, which begin with a capital, have none; a form that begins a word of the text is found without.
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
