# SPDX-License-Identifier: MIT
"""Reads C only as far as its shape goes: comments, functions, parameters, prototypes.

Main idea: blank out comments, strings and preprocessor lines without moving a
character, then count braces. What is left at depth 0 before a `{` is a function's head,
before a `;` a declaration. Macros that open braces would fool it; there are none.
"""
import re
from collections import namedtuple

Function = namedtuple("Function", "name line length parameters static")
Prototype = namedtuple("Prototype", "name line words")

_SKIP = re.compile(r"""
    (?P<comment> /\*.*?\*/ | //[^\n]* ) |
    (?P<string>  "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' ) |
    (?P<macro>   ^[ \t]*\#(?:\\\n|/\*.*?\*/|[^\n])* )
""", re.S | re.M | re.X)
_ATTRIBUTE = re.compile(r"__attribute__\s*\(\((?:[^()]|\([^()]*\))*\)\)|\bEBB_MUST_CHECK\b")
_HEAD = re.compile(r"(\w+)\s*\((.*)\)\s*$", re.S)


def blank(text):
    """Spaces for everything that is not code; newlines and places stay."""
    return re.sub(r"[^\n]", " ", text)


def code_of(source):
    """The source without comments, strings and preprocessor lines, same length."""
    bare = _SKIP.sub(lambda m: blank(m.group()), source)
    return _ATTRIBUTE.sub(lambda m: blank(m.group()), bare)


def comments_of(source):
    """(first line, last line, text) of every comment, lines from 1."""
    for m in _SKIP.finditer(source):
        if m.group("comment"):
            first = source.count("\n", 0, m.start()) + 1
            yield first, first + m.group().count("\n"), m.group()


def pieces(code):
    """What stands at depth 0: (text, offset, end character, offset of the end)."""
    depth = start = 0
    for at, char in enumerate(code):
        if depth == 0 and char in "{;":
            yield code[start:at], start, char, at
            start = at + 1
        if char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
            start = at + 1


def count_parameters(inside):
    """Parameters in the text between a head's brackets."""
    if inside.strip() in ("", "void"):
        return 0
    depth = 0
    count = 1
    for char in inside:
        depth += (char == "(") - (char == ")")
        count += char == "," and depth == 0
    return count


def closing(code, opening):
    """Offset of the brace that closes the one at `opening`."""
    depth = 0
    for at in range(opening, len(code)):
        depth += (code[at] == "{") - (code[at] == "}")
        if depth == 0:
            return at
    return len(code)


def functions(source):
    """The functions a file defines; length in lines from brace to brace."""
    code = code_of(source)
    for text, _, char, at in pieces(code):
        head = _HEAD.search(text.strip())
        if char != "{" or not head or "=" in text:
            continue
        length = code.count("\n", at, closing(code, at)) + 1
        line = code.count("\n", 0, at) + 1
        name = re.search(r"(\w+)\s*\(", text).group(1)
        inside = text[text.index("(") + 1:text.rindex(")")]
        yield Function(name, line, length, count_parameters(inside),
                       re.search(r"\bstatic\b", text) is not None)


def prototypes(source):
    """The functions a header declares, with the words of the comment right above."""
    code = code_of(source)
    ends = {last: text for _, last, text in comments_of(source)}
    for text, start, char, _ in pieces(code):
        if char != ";" or "typedef" in text or not _HEAD.search(text.strip()):
            continue
        if re.match(r"\s*static\b", text):
            continue
        begin = start + len(text) - len(text.lstrip())
        line = code.count("\n", 0, begin) + 1
        # an attribute may stand in front, blanked out
        while line > 1 and not ends.get(line - 1) and \
                source.split("\n")[line - 2].strip().startswith("__attribute__"):
            line -= 1
        words = re.findall(r"\w+", ends.get(line - 1, ""))
        yield Prototype(re.search(r"(\w+)\s*\(", text).group(1), line, len(words))
