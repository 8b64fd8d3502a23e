"""Invite an administrator from the server itself: the first one has nobody else to invite them."""

from typing import Any
from zoneinfo import available_timezones

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from commitments.appointments.actions import Post, invite_to_post
from commitments.history.actions import Refused
from commitments.roles.actor import Actor
from commitments.roles.enums import Role


class Command(BaseCommand):
    """The same invitation that an administrator sends from the workspace: a link by mail that sets a password."""

    help = "Invite a person by e-mail as an administrator, from today on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", required=True, help="as the person wishes to be greeted")
        parser.add_argument("--language", choices=("en", "es", "pt", "fr"), default="en")
        parser.add_argument("--time-zone", default="UTC", help="for example America/Panama")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the account, appoint, owe the invitation; refused with one sentence."""
        if options["time_zone"] not in available_timezones():
            raise CommandError(f"{options['time_zone']} is not a time zone; for example America/Panama.")
        now = timezone.now()
        try:
            invite_to_post(
                email=options["email"],
                name=options["name"],
                language=options["language"],
                time_zone=options["time_zone"],
                post=Post(role=Role.ADMINISTRATOR, valid_from=now.date()),
                by=Actor.process("invite-administrator"),
                at=now,
                why="invited from the server",
            )
        except Refused as refusal:
            raise CommandError(str(refusal.sentence)) from None
        self.stdout.write(f"The invitation to {options['email']} goes out with the worker's next look.")
