"""What a section may hold: a small set of HTML without attributes that could do harm, whatever was pasted.

The parser behind nh3 is the one of a browser, so what it lets through is read by browsers the same way. Everything
else is dropped with its tags; the text of scripts, styles and office data goes altogether.
"""

import hashlib
import re
from typing import Final

import nh3
from markupsafe import escape

LONGEST: Final = 60_000  # characters of one section, cleaned

_ROUNDS: Final = 12  # taking something out may leave something empty around it
_TEXT = ("p", "br", "h3", "h4", "strong", "u", "s", "ul", "ol", "li", "blockquote")
_TABLE = ("table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption")
_TAGS: Final = frozenset({*_TEXT, *_TABLE})
_ATTRIBUTES: Final = {"th": {"colspan", "rowspan"}, "td": {"colspan", "rowspan"}}
_GONE: Final = frozenset(
    ("script", "style", "title", "xml", "head", "object", "embed", "iframe", "svg", "math", "template", "noscript")
)
# What office programs and mail write for our few tags.
_SAME_AS: Final = {"b": "strong", "div": "p", "h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4", "strike": "s", "del": "s"}
_RENAMED: Final = re.compile(rf"<(/?)({'|'.join(_SAME_AS)})(?=[\s/>])", re.IGNORECASE)
_TAG: Final = re.compile(r"<[/!]?[a-zA-Z?\[-]")
_EMPTY: Final = re.compile(r"<(p|h3|h4|li|ul|ol|strong|u|s|blockquote)>(?:\s|&nbsp;|<br>)*</\1>")
_BLANKS: Final = re.compile(r"(?:&nbsp;|\u00a0|[ \t\r\n])+")
_BLOCK: Final = re.compile(r"<(?:p|h3|h4|ul|ol|table|blockquote)\b")
# A paragraph about a table that somebody wrote as text between blocks.
_LOOSE: Final = re.compile(r"(^|</(?:p|h3|h4|ul|ol|table|blockquote)>)\s*([^<\s][^<]*)")
_SPANS: Final = re.compile(r' (colspan|rowspan)="(?!(?:[2-9]|1[0-9]|20)")[^"]*"')


def cleaned(typed: str) -> str:
    """Return the HTML that is kept of what an editor, a clipboard or a plain textarea sent."""
    html = typed if _TAG.search(typed) else paragraphs(typed)
    for _round in range(_ROUNDS):
        before, html = html, _once(html)
        if before == html:
            break
    return html


def _once(typed: str) -> str:
    html = _RENAMED.sub(lambda found: f"<{found[1]}{_SAME_AS[found[2].lower()]}", typed)
    html = nh3.clean(
        html,
        tags=set(_TAGS),
        clean_content_tags=set(_GONE),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        link_rel=None,
        strip_comments=True,
    )
    html = _SPANS.sub("", _BLANKS.sub(" ", html))
    if not _BLOCK.search(html) and html.strip():
        html = f"<p>{html.strip()}</p>"
    html = _LOOSE.sub(lambda found: f"{found[1]}<p>{found[2].strip()}</p>", html)
    html = _EMPTY.sub("", html)
    return html.replace("> <", "><").strip()


def paragraphs(typed: str) -> str:
    """Return plain text as HTML: a blank line begins a paragraph, lines that begin with a dash are a list."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", typed.replace("\r", "")) if block.strip()]
    return "".join(_block(block) for block in blocks)


def _block(text: str) -> str:
    lines = [line.strip() for line in text.splitlines()]
    items = [line[1:].strip() for line in lines if line[:1] in {"-", "•", "·"}]
    if len(items) == len(lines):
        return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>"
    return "<p>" + "<br>".join(str(escape(line)) for line in lines) + "</p>"


def digest(heading: str, body: str) -> str:
    """Return a mark of what a section said when somebody opened it."""
    return hashlib.sha256(f"{heading}\n{body}".encode()).hexdigest()[:32]
