"""Whom readers write to: a mail address, an issue tracker, or both."""

from urllib.parse import parse_qs, urlsplit

import pytest

from allograph.errors import SettingError
from allograph.settings import settings_from
from allograph.text.contacts import contacts_in

MAIL = "curators+all@data.example"
GITHUB = "https://github.com/example/allograph/issues"
GITLAB = "https://git.example/group/allograph/-/issues/"
TITLE, TEXT = 'Error in "80.7 %" & more', "Printed: 80.7 %\nRelease: 1?x=1#y"


def only(text):
    (contact,) = contacts_in(text)
    return contact


def test_a_mail_address_a_tracker_and_both_are_contacts():
    assert contacts_in("") == ()
    assert only(MAIL).is_mail
    assert not only(GITHUB).is_mail
    assert [contact.label for contact in contacts_in(f"{MAIL}  {GITLAB}")] == [
        MAIL,
        "git.example/group/allograph/-/issues",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "ftp://git.example/issues",
        "curators",
        "a@b",
        "a@b.example?cc=c@d.example",
        "https://git.example/issues?x=1",
        "https://name:word@git.example/issues",
        "curators@data.example, more@data.example",
        "curators@data.exa\u200bmple",
    ],
)
def test_a_contact_that_is_no_address_is_refused_with_the_form(text):
    with pytest.raises(SettingError, match="ALLOGRAPH_CONTACT is a mail address, the https"):
        settings_from({"ALLOGRAPH_CONTACT": text})


def test_the_setting_takes_both_and_is_empty_by_default():
    assert settings_from({}).contact == ""
    both = f"{MAIL} {GITHUB}"
    assert settings_from({"ALLOGRAPH_CONTACT": both}).contact == both


def test_a_mail_is_prepared_with_subject_and_lines_as_rfc_6068_says():
    prepared = only(MAIL).prepared(TITLE, TEXT)
    assert "%0D%0A" in prepared
    assert "+" not in prepared
    parts = urlsplit(prepared)
    assert (parts.scheme, parts.path) == ("mailto", "curators%2Ball@data.example")
    fields = parse_qs(parts.query)
    assert fields == {"subject": [TITLE], "body": [TEXT.replace("\n", "\r\n")]}


@pytest.mark.parametrize(
    ("tracker", "title", "text"),
    [(GITHUB, "title", "body"), (GITLAB, "issue[title]", "issue[description]")],
)
def test_an_issue_is_prepared_where_the_tracker_takes_it_from_the_address(tracker, title, text):
    parts = urlsplit(only(tracker).prepared(TITLE, TEXT))
    assert parts.path == f"{urlsplit(tracker).path.rstrip('/')}/new"
    assert parse_qs(parts.query) == {title: [TITLE], text: [TEXT]}


def test_any_other_tracker_is_linked_as_it_is():
    assert only("https://bugs.example/allograph").prepared(TITLE, TEXT) == (
        "https://bugs.example/allograph"
    )


def test_without_a_title_the_address_stands_alone():
    assert only(MAIL).prepared() == "mailto:curators%2Ball@data.example"
    assert only(GITHUB).prepared() == GITHUB
