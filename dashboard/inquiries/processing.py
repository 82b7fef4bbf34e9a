"""The owner's papers on the processing: the record of it (GDPR, article 30) and the basis for its impact assessment (article 35)."""

from __future__ import annotations

from inquiries.exports.paper import Paper, Part
from inquiries.installation import Filed, Installation
from inquiries.vocabulary import COUNTED
from inquiries.words import Words

# What stands against each risk, as the sentences have them.
RISKS = ("recognised", "personal", "inside", "disk", "lost", "seen")


def record(found: Installation, words: Words) -> Paper:
    """The record of processing, filled in as far as the installation knows it."""
    said = _Said(found, words)
    return Paper(
        words("paper.record_title"),
        words("paper.record_lead", day=words.date(found.day)),
        (
            Part(words("paper.controller"), (), words("paper.left_controller")),
            _part(words("paper.purpose"), words("paper.says_purpose")),
            Part(words("paper.basis"), (), words("paper.left_basis")),
            _part(words("paper.subjects"), words("paper.says_subjects")),
            _part(
                words("paper.data"),
                *said.columns(),
                words("paper.says_data"),
                words("paper.says_staff"),
            ),
            _part(words("paper.sources"), *said.sources()),
            Part(
                words("paper.recipients"),
                (words("paper.says_recipients"), words("paper.says_transfers")),
                words("paper.left_recipients"),
            ),
            Part(words("paper.kept"), tuple(said.kept()), words("paper.left_kept")),
            _part(words("paper.measures"), *said.measures()),
        ),
    )


def impact(found: Installation, words: Words) -> Paper:
    """What an impact assessment is made from: what is done and why, the risks, what stands against each, what is left."""
    said = _Said(found, words)
    risks = tuple(
        f"{words(f'paper.risk_{risk}')} {words(f'paper.against_{risk}')}" for risk in RISKS
    )
    return Paper(
        words("paper.impact_title"),
        words("paper.impact_lead", day=words.date(found.day)),
        (
            _part(words("paper.processed"), *said.columns(), *said.sources()),
            _part(words("paper.why"), words("paper.says_purpose"), words("paper.says_why")),
            _part(words("paper.needed"), words("paper.says_needed"), words("paper.says_data")),
            Part(words("paper.risks"), risks),
            _part(words("paper.measures"), *said.measures()),
            _part(words("paper.rest"), words("paper.says_rest")),
            Part(words("paper.remains"), (), words("paper.left_remains")),
        ),
    )


def _part(heading: str, *lines: str) -> Part:
    return Part(heading, lines)


class _Said:
    """The facts of an installation in words."""

    def __init__(self, found: Installation, words: Words) -> None:
        self._found, self._words = found, words

    def columns(self) -> list[str]:
        """What is counted, by which of the dimensions any source registers; nothing without a source."""
        words, filed = self._words, self._found.filed
        registered = {column for own in filed for column in own.source.columns}
        named = [words(f"dimension.{name}").lower() for name in COUNTED if name in registered]
        by = [words("paper.says_columns", columns=words.listed(named))] if named else []
        return [words("paper.says_months"), *by] if filed else []

    def sources(self) -> list[str]:
        return [self._source(own) for own in self._found.filed] or [self._words("paper.no_source")]

    def _source(self, own: Filed) -> str:
        words, source = self._words, own.source
        span = words("paper.nothing_filed")
        if own.first is not None and own.last is not None:
            span = words.months(own.first, own.last)
        said = words(
            "paper.source",
            name=source.name(words.language),
            unit=words(f"unit.{source.unit}"),
            reporters=words.number(len(source.reporters)),
            months=span,
        )
        return f"{said} {words('paper.sample')}" if source.synthetic else said

    def kept(self) -> list[str]:
        words, keeping = self._words, self._found.keeping
        names = {own.source.source: own.source.name(words.language) for own in self._found.filed}
        limited = [
            words("paper.kept_limited", name=names.get(source, source), months=months)
            for source, months in keeping.source_months.items()
        ]
        return [
            words("paper.kept_rows"),
            *limited,
            words("paper.kept_files" if keeping.original_files else "paper.kept_no_files"),
            words("paper.kept_audit", months=keeping.audit_months),
        ]

    def measures(self) -> list[str]:
        words, found = self._words, self._found
        policy = found.policy
        signed = "paper.policy_signed" if policy.is_signed else "paper.policy_unsigned"
        return [
            words("paper.encrypted" if found.is_encrypted else "paper.not_encrypted"),
            words(f"paper.way_{found.way}", people=words.number(found.people))
            + (f" {words('paper.strong')}" if found.is_strong else ""),
            words(signed, policy=policy.policy, on=policy.signed_on, least=policy.smallest_shown),
            words("paper.recorded", backups=words.number(found.backups)),
        ]
