"""Check digits: what is right passes; each single slip and each exchange of neighbours does not."""

import pytest

from allograph.text import check_digits

RIGHT = {
    check_digits.is_cas: ["50-18-0", "7732-18-5", "635715-01-4"],
    check_digits.is_ror: ["04twxam07", "03yrm5c26"],
    check_digits.is_unii: ["P93RUU11P7", "059QF0KO0R", "229809935B"],
    check_digits.is_orcid: ["0000-0003-2801-7421", "0000-0002-1694-233X"],
    check_digits.is_issn: ["1726-1708", "0028-4793"],
    check_digits.is_isbn: ["978-0-306-40615-7", "0-306-40615-2"],
    check_digits.is_lei: ["969500KSV493XWY0PS33"],
    check_digits.is_sctid: ["736495009", "716122004"],
}
CASES = [(fits, text) for fits, texts in RIGHT.items() for text in texts]
SUMS = (check_digits.is_unii, check_digits.is_isbn)
"""A sum is the same whatever the order; a weight of 1 and 3 misses digits that differ by 5."""


def slips(text):
    for place, character in enumerate(text):
        if character.isdigit():
            yield text[:place] + str((int(character) + 1) % 10) + text[place + 1 :]


def exchanges(text):
    for place in range(len(text) - 1):
        one, other = text[place : place + 2]
        if one != other and one.isdigit() and other.isdigit():
            yield text[:place] + other + one + text[place + 2 :]


@pytest.mark.parametrize(("fits", "text"), CASES)
def test_a_right_identifier_has_its_check_digit(fits, text):
    assert fits(text)


@pytest.mark.parametrize(("fits", "text"), CASES)
def test_one_wrong_digit_shows(fits, text):
    assert [slip for slip in slips(text) if fits(slip)] == []


@pytest.mark.parametrize(("fits", "text"), [case for case in CASES if case[0] not in SUMS])
def test_two_digits_exchanged_show(fits, text):
    assert [exchange for exchange in exchanges(text) if fits(exchange)] == []


@pytest.mark.parametrize("fits", RIGHT)
@pytest.mark.parametrize("text", ["", "-", "x", "0", "\u0662", "12345", "-" * 40, "A" * 20, "é"])
def test_what_is_of_another_form_has_no_right_check_digit(fits, text):
    assert not fits(text)
