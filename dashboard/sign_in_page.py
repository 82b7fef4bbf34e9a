"""The page one signs in from: plain, in both languages, with no script and nothing of what lies behind it."""

from __future__ import annotations

from html import escape

from inquiries.words import LOCALES, Words, words
from responses import TITLE

_STYLE = """
body { font: 1.1rem/1.5 system-ui, sans-serif; color: #0b0f14; background: #fff; margin: 12vh auto; max-width: 34rem; padding: 0 1.5rem }
h1 { font-size: 1.5rem } section + section { border-top: 1px solid #76828c; margin-top: 2.5rem; padding-top: 1rem }
a { display: inline-block; background: #0a3f57; color: #fff; padding: .6rem 1.4rem; border-radius: 6px }
"""


def sign_in_page(why: str, leads_to: str, contact: str) -> str:
    """The page for one who is not let in: why, in words, and the one thing to do."""
    sections = "".join(_section(words(language), why, leads_to, contact) for language in LOCALES)
    return (
        '<!doctype html><html lang="da"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{TITLE}</title><link rel="icon" href="/icon.svg"><style>{_STYLE}</style></head>'
        f"<body><main>{sections}</main></body></html>"
    )


def _section(spoken: Words, why: str, leads_to: str, contact: str) -> str:
    has_no_access = why == "no_access"
    told = [spoken(f"sign_in.why_{why}")]
    if has_no_access:
        told.append(spoken("sign_in.turn_to", contact=contact))
    label = spoken("who.sign_out") if has_no_access else spoken("sign_in.begin")
    paragraphs = "".join(f"<p>{escape(sentence)}</p>" for sentence in told)
    link = f'<a href="{escape(leads_to)}">{escape(label)}</a>'
    title = escape(spoken("sign_in.title"))
    return f'<section lang="{spoken.language}"><h1>{title}</h1>{paragraphs}{link}</section>'
