"""What who presents writes on the first slide: short, plain, and looked through for personal data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from inquiries.faults import Fault
from inquiries.intake import traces
from inquiries.slides.slide import Slide

Field = Literal["own_line", "name"]
# The most characters of each field.
LONGEST: dict[Field, int] = {"own_line": 140, "name": 80}
# A day is no date of birth here: a meeting has one.
_ALLOWED = {"own_line": {"personal_born"}, "name": {"personal_born", "personal_name"}}


def own_text(field: Field, typed: str) -> str:
    """What was typed as one plain line; `Fault` when it is too long or seems to tell of a person.

    Who presents may give a name of their own in `name`, and in no other field. The fault repeats
    nothing of what was typed.
    """
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in typed).split())
    if len(text) > LONGEST[field]:
        raise Fault("own_text_long", most=LONGEST[field])
    plain = traces.plain_signs(text)
    found = {trace.code for trace in traces.ANYWHERE + traces.IN_LABELS if trace.is_in(plain)}
    found |= {"personal_name"} if traces.names_in(plain)[1] else set()
    found |= {"personal_story"} if traces.is_story(plain) else set()
    if found - _ALLOWED[field]:
        raise Fault("own_text_personal")
    return text


def with_own_text(slides: Sequence[Slide], *texts: str) -> tuple[Slide, ...]:
    """The slides with these texts, as `own_text` let them through, above all else on the first slide."""
    own = tuple(text for text in texts if text)
    return tuple(
        replace(slide, points=own + slide.points) if slide.name == "question" else slide
        for slide in slides
    )
