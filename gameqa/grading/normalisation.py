r"""Plain text of what models write: LaTeX, markdown, HTML, full-width and typographic characters.

`plain` only takes away dress. What it does not know stays, so that the readers refuse it:
``3^2``, ``\sqrt{7}`` or ``½`` never turn into some other number.
"""

from __future__ import annotations

import re

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_CHARACTERS = str.maketrans(
    {
        **{chr(code): chr(to) for code, to in _FULL_WIDTH.items()},
        **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009", " "),
        **dict.fromkeys("\u200a\u202f\u205f\u3000\t\r", " "),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f", ""),
        **dict.fromkeys("−–‒‑﹣", "-"),
        **dict.fromkeys("—―", " - "),
        **dict.fromkeys("→⟶➔➜➝➡⇒⟹↦", "->"),
        **dict.fromkeys("×✕✖⨯", "x"),
        **dict.fromkeys("“”„«»「」『』", '"'),
        **dict.fromkeys("‘’‚′", "'"),
        **dict.fromkeys("【〔［", "["),
        **dict.fromkeys("】〕］", "]"),
        **dict.fromkeys("⟨〈《", "("),
        **dict.fromkeys("⟩〉》", ")"),
        **dict.fromkeys("、﹐", ","),
        **dict.fromkeys("。｡", "."),
        "∶": ":",
        "…": "...",
        "°": " degrees ",
        **dict.fromkeys("✅✔✓☑🎯", " "),
        "♠": " spades ",
        "♥": " hearts ",
        "♦": " diamonds ",
        "♣": " clubs ",
        "♡": " hearts ",
        "♢": " diamonds ",
    }
)
_ARROWS = str.maketrans(
    {
        **dict.fromkeys("↑⬆⇧", " up "),
        **dict.fromkeys("↓⬇⇩", " down "),
        **dict.fromkeys("←⬅⇦", " left "),
        **dict.fromkeys("→➡⇨", " right "),
    }
)
_IS_DRESSED = re.compile(r"[^A-Za-z0-9 (),.\[\]:-]")

_FRACTION = re.compile(
    r"\\[dtc]?frac ?\{ ?(-?[0-9.]{1,20}) ?\} ?\{ ?([0-9.]{1,20}) ?\}|\\[dtc]?frac([0-9])([0-9])"
)
_BEGIN = re.compile(
    r"\\begin ?\{[A-Za-z]{1,12}\*?\}(?:\{[clr|]{1,12}\})?|\\end ?\{[A-Za-z]{1,12}\*?\}"
)
_COMMAND = re.compile(r"\\([A-Za-z]{1,24})|\\(.)", re.DOTALL)
_DROPPED = frozenset(
    "text textbf textit textrm texttt textsf textnormal mathrm mathbf mathit mathsf mathtt mathbb "
    "mathcal mathopen mathclose operatorname mbox hbox boxed fbox emph underline left right big "
    "Big bigl bigr Bigl Bigr displaystyle textstyle bf rm it tt mathord large Large LARGE huge "
    "boldsymbol bm ensuremath".split()
)
_COMMANDS = {
    **dict.fromkeys("to rightarrow longrightarrow Rightarrow Longrightarrow implies".split(), "->"),
    **dict.fromkeys("quad qquad space enspace thinspace".split(), " "),
    **dict.fromkeys(("times",), " x "),
    **dict.fromkeys(("circ", "degree", "textdegree"), " degrees "),
    **dict.fromkeys(("lt",), " < "),
    **dict.fromkeys(("gt",), " > "),
    **dict.fromkeys(("approx", "simeq"), " ≈ "),
    **dict.fromkeys(("lbrace", "lbrack", "langle", "lparen"), "("),
    **dict.fromkeys(("rbrace", "rbrack", "rangle", "rparen"), ")"),
    "uparrow": " up ",
    "downarrow": " down ",
    "leftarrow": " left ",
    "spadesuit": " spades ",
    "heartsuit": " hearts ",
    "diamondsuit": " diamonds ",
    "clubsuit": " clubs ",
    "cdot": " * ",
    "colon": ":",
}
_SPACES = frozenset(",;:! ")
_FENCE = re.compile(r"```[A-Za-z]{0,12}")
_EMPHASIS = re.compile(r"(?<![A-Za-z0-9)\]])[*_]{1,3}|[*_]{1,3}(?![A-Za-z0-9(\[])")
_HEADING = re.compile(r"(?m)^ {0,3}#{1,6} ")
_HTML = re.compile(r"</?(?:b|i|u|p|em|strong|br|span|code|center) ?/?>|&nbsp;", re.IGNORECASE)
_DEGREES = re.compile(r"\^ ?degrees")
_BLANKS = re.compile(r"[ \f\v]+")


def plain(text: str) -> str:
    """Return a text without its dress, line breaks kept, blanks collapsed."""
    text = text.strip()
    if _IS_DRESSED.search(text) is None:
        return _BLANKS.sub(" ", text)
    if not any(character.isalnum() for character in text):
        text = text.translate(_ARROWS)
    text = text.translate(_CHARACTERS)
    if "<" in text or "&" in text:
        text = _HTML.sub(" ", text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    if "\\" in text or "$" in text:
        text = _without_latex(text)
    elif "{" in text or "}" in text:
        text = text.replace("{", " ( ").replace("}", " ) ")
    if "`" in text:
        text = _FENCE.sub("\n", text).replace("`", " ")
    if "*" in text or "_" in text:
        text = _EMPHASIS.sub(" ", text)
    if "#" in text:
        text = _HEADING.sub("", text)
    return _BLANKS.sub(" ", text).strip()


def _without_latex(text: str) -> str:
    text = _FRACTION.sub(lambda f: f" {f[1] or f[3]}/{f[2] or f[4]} ", text)
    if "\\begin" in text:
        text = _BEGIN.sub(" ", text.replace("\\\\", "\n")).replace("&", ",").replace("\\hline", " ")
    text = _COMMAND.sub(_command, text.replace("$", " ").replace("{,}", ","))
    text = text.replace("{", "").replace("}", "").replace("\x00", "(").replace("\x01", ")")
    return _DEGREES.sub(" degrees ", text).replace("~", " ")


def _command(found: re.Match[str]) -> str:
    name, sign = found[1], found[2]
    if sign is not None:
        if sign in _SPACES or sign in "()[]":
            return " "
        # Braces that are printed, as those of a set, become parentheses.
        return {"{": "\x00", "}": "\x01", "\\": "\n"}.get(sign, sign)
    if name in _DROPPED:
        return ""
    return _COMMANDS.get(name, found[0])
