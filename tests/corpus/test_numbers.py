"""Every number of the specification's e-mail page (1–67) has a test: a row of the table, or a test of its own."""

from __future__ import annotations

import importlib

from tests.channels_app.corpus import CASES

ELSEWHERE = {
    2: "contacts.test_mail_once:test_the_same_message_twice_in_one_mailbox_is_one_contact",
    3: "contacts.test_mail_once:test_a_message_to_two_mailboxes_is_one_contact_that_says_so",
    5: "contacts.test_mail_once:test_an_id_that_is_used_for_another_text_keeps_both_and_says_so",
    6: "channels_app.test_imap:test_a_fetcher_killed_at_any_point_loses_and_doubles_nothing",
    7: "channels_app.test_imap:test_a_fetcher_killed_at_any_point_loses_and_doubles_nothing",
    8: "channels_app.test_imap:test_a_message_that_vanishes_between_search_and_fetch_stops_nothing",
    9: "channels_app.test_imap:test_new_numbering_brings_nothing_twice",
    10: "channels_app.test_imap:test_a_connection_that_breaks_in_the_middle_is_taken_up_again",
    17: "contacts.test_mail_once:test_two_systems_that_acknowledge_each_other_stop_at_the_ceiling",
    24: "contacts.test_mail_once:test_a_notice_to_a_colleague_that_comes_back_is_never_sent_again",
}
"""What needs a mail server, two messages or a killed process."""


def test_each_of_the_67_cases_is_tried() -> None:
    assert {case.number for case in CASES} - {0} | set(ELSEWHERE) == set(range(1, 68))
    for place in ELSEWHERE.values():
        module, name = place.split(":")
        assert hasattr(importlib.import_module(f"tests.{module}"), name), place
