"""Prints difficulties of placement items as answers suggest them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tutor.placement.bank_file import has_bank

from ...placement_refining import refined_items


class Command(BaseCommand):
    """Print ``placement.tsv`` anew; on the error stream, items that somebody should read."""

    help = (
        "Print the difficulties of a language's placement items, moved by the answers of "
        "finished placements. Put them into placement.tsv and raise the bank's version."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("language")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line an item."""
        language = options["language"]
        if not has_bank(language):
            raise CommandError(f"There are no placement items for {language!r}.")
        for key, item in refined_items(language).items():
            self.stdout.write(f"{key}\t{item.difficulty:.2f}")
            if item.suspect:
                self.stderr.write(f"{key}: far from its level after {item.answers}")
