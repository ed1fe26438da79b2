"""Sweeps of the desk: they take no work from the broker, only the wish to look now; the rows say what is due."""

from datetime import timedelta

from celery import shared_task

from channels_app.actions.arrive import forget_arrivals
from channels_app.actions.end_silent_calls import end_silent_calls as end_all
from channels_app.actions.read_queue_log import read_queue_log as read_new_lines
from contacts.actions.acknowledge_by_sms import acknowledge_by_sms as acknowledge_all_by_sms
from contacts.actions.chat_at_closing import close_at_closing
from contacts.actions.chat_close import close_left, forget_chats
from contacts.actions.claim_key import KEY_DAYS
from contacts.actions.forget_replies import forget_replies
from contacts.actions.hand_back import hand_back
from contacts.actions.keep_draft import DRAFT_DAYS, forget_finished_drafts
from contacts.actions.keep_level import keep_earlier_levels
from contacts.actions.keep_page_levels import keep_page_levels
from contacts.actions.notify import send_notices as notify_all
from contacts.actions.notify_news import notify_news, settle_read_news
from contacts.actions.register_mail import register_mail as register_all
from contacts.actions.register_messages import register_messages as register_all_messages
from contacts.actions.remind_articles import remind_articles as remind_all
from contacts.actions.remind_articles import settle_looked_at
from contacts.actions.remind_letters import remind_letters
from contacts.actions.send_planned import send_planned as send_planned_replies
from contacts.actions.settle import settle_due
from contacts.actions.simulate import simulate as simulate_all
from contacts.invariants.nightly import check_nightly
from contacts.models import Draft, IdempotencyKey, QuestionViewer
from contacts.numbering import make_sequence
from contacts.rulebook import pickup_seconds_on
from organisation.clock import now


@shared_task(name="contacts.tasks.register_mail")
def register_mail() -> None:
    """Brings mail that was read to its question."""
    register_all(at=now())


@shared_task(name="contacts.tasks.send_planned")
def send_planned() -> None:
    """Lets replies leave whose moment is there."""
    send_planned_replies(at=now())


@shared_task(name="contacts.tasks.read_queue_log")
def read_queue_log() -> None:
    """Takes in what Asterisk wrote into its file of queues."""
    read_new_lines(at=now(), pickup_seconds=pickup_seconds_on)


@shared_task(name="contacts.tasks.simulate")
def simulate() -> None:
    """Makes the calls, mails and forms of “Simuleer drukte”; nothing outside the demo."""
    simulate_all(at=now())


@shared_task(name="contacts.tasks.settle")
def settle() -> None:
    """Marks missed clocks and tells people."""
    at = now()
    settle_due(at=at)
    remind_letters(at=at)


@shared_task(name="contacts.tasks.sweep")
def sweep() -> None:
    """Gives back what who left still held, removes what is only kept for a while, and prepares the numbers of the next year."""
    at = now()
    hand_back(at=at)
    Draft.objects.filter(updated_at__lt=at - timedelta(days=DRAFT_DAYS)).delete()
    forget_finished_drafts(at=at)
    IdempotencyKey.objects.filter(created_at__lt=at - timedelta(days=KEY_DAYS)).delete()
    forget_replies(at=at)
    forget_arrivals(at=at)
    QuestionViewer.objects.filter(seen_at__lt=at - timedelta(minutes=10)).delete()
    if at.month == 12:
        make_sequence(at.year + 1)


@shared_task(name="contacts.tasks.send_notices")
def send_notices() -> None:
    """Mails employees what waits for them, in working hours; first who did not read a message gets a notice of it."""
    at = now()
    notify_news(at=at)
    settle_read_news(at=at)
    notify_all(at=at)


@shared_task(name="contacts.tasks.acknowledge_by_sms")
def acknowledge_by_sms() -> None:
    """Tells by text message that a question arrived, where an account may do that."""
    acknowledge_all_by_sms(at=now())


@shared_task(name="contacts.tasks.remind_articles")
def remind_articles() -> None:
    """Tells owners which answers of the knowledge base must be looked at again, and nobody any more of what was looked at."""
    at = now()
    remind_all(at=at)
    settle_looked_at(at=at)


@shared_task(name="contacts.tasks.end_silent_calls")
def end_silent_calls() -> None:
    """Closes calls of which the exchange never told the end."""
    end_all(at=now(), pickup_seconds=pickup_seconds_on)


@shared_task(name="contacts.tasks.close_left_chats")
def close_left_chats() -> None:
    """Ends chats whose visitor is gone, and those that nobody took before closing time; what is older than a month goes, its question keeps what was said."""
    at = now()
    close_left(at=at)
    close_at_closing(at=at)
    forget_chats(at=at)


@shared_task(name="contacts.tasks.keep_levels")
def keep_levels() -> None:
    """How hard texts are that left before levels were kept, and those that came to stand on pages; short when all was looked at."""
    keep_earlier_levels()
    keep_page_levels(at=now())


@shared_task(name="contacts.tasks.check", time_limit=3600, soft_time_limit=3540)
def check() -> None:
    """Once a night: whether the promises to the database still hold."""
    check_nightly(at=now())


@shared_task(name="contacts.tasks.register_messages")
def register_messages() -> None:
    """Brings what services told to its question."""
    register_all_messages(at=now())
